"""People, departments, locations, and who sees which numbers."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from directory import changes, private
from directory.forms import NumbersFormSet, PersonForm
from directory.models import Department, KindVisibility, Location, Number, OwnField, Person
from directory.visibility import viewer_of


class OwnFieldInline(admin.TabularInline):  # type: ignore[type-arg]
    model = OwnField
    readonly_fields = ("field", "since")
    extra = 0

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class NumberInline(admin.TabularInline):  # type: ignore[type-arg]
    model = Number
    formset = NumbersFormSet
    fields = ("kind", "written", "visibility", "group", "may_be_dialled", "order")
    extra = 1

    def formfield_for_dbfield(self, db_field: Any, request: Any, **options: Any) -> Any:
        """Short enough for a row: no buttons beside a group, few signs, few words."""
        field = super().formfield_for_dbfield(db_field, request, **options)
        if field is None:
            return field
        if db_field.name == "group":
            field.widget = field.widget.widget
        elif db_field.name == "written":
            field.widget.attrs |= {"size": 22, "class": ""}
        elif db_field.name == "order":
            field.widget.attrs |= {"size": 3, "class": ""}
        elif db_field.name == "may_be_dialled":
            field.label = _("Dialled unseen")
        return field


@admin.register(Person)
class PersonAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    form = PersonForm
    inlines = (NumberInline, OwnFieldInline)
    list_display = ("shown_name", "title", "department", "location", "email", "is_active")
    list_display_links = ("shown_name",)
    list_filter = ("is_active", "kind", "location", "source")
    list_select_related = ("department", "location")
    list_per_page = 50
    show_full_result_count = False
    search_fields = ("given_name", "family_name", "preferred_name", "email", "cucm_user_id")
    search_help_text = _("Names, email address or Unified CM user id.")
    autocomplete_fields = ("department", "location", "manager", "account", "assistants", "deputy")
    readonly_fields = ("current_photo", "updated_at")
    save_on_top = True
    fieldsets = (
        (
            None,
            {
                "fields": (
                    "kind",
                    ("given_name", "family_name"),
                    ("preferred_name", "pronunciation"),
                    "title",
                    "is_active",
                )
            },
        ),
        (_("Where"), {"fields": ("department", "manager", "location", "room")}),
        (_("Who helps"), {"fields": ("assistants", "deputy")}),
        (_("Contact"), {"fields": ("email", "cucm_user_id", "account")}),
        (_("Photo"), {"fields": ("current_photo", "upload", "remove_photo")}),
        (_("More"), {"fields": ("working_hours", "languages", "about")}),
        (
            _("Import"),
            {"classes": ("collapse",), "fields": ("source", "external_id", "updated_at")},
        ),
    )

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        if person := self.get_object(request, unquote(object_id)):
            private.note_seen([person.pk], viewer=viewer_of(request.user))
        return super().change_view(request, object_id, form_url, extra_context)

    def save_model(self, request: Any, obj: Person, form: Any, change: bool) -> None:
        request.entry_before = changes.state_of(obj) if change else None
        obj.save(**({"update_fields": form.changed_columns} if change else {}))

    def save_related(self, request: Any, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        if request.entry_before is not None:
            changes.note(form.instance, before=request.entry_before, by=request.user)

    @admin.display(description=_("name"), ordering="sort_key")
    def shown_name(self, person: Person) -> str:
        return person.name

    @admin.display(description=_("photo"))
    def current_photo(self, person: Person) -> str:
        if not person.photo or not person.pk:
            return str(_("None"))
        address = f"{reverse('directory:photo', args=[person.pk])}?v={person.photo_version}"
        return format_html('<img src="{}" alt="" width="96" height="96">', address)


@admin.register(Department)
class DepartmentAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("name", "code", "parent", "head", "people_count")
    list_select_related = ("parent", "head")
    ordering = ("name", "pk")
    search_fields = ("name", "code")
    autocomplete_fields = ("parent", "head")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Department]:
        departments: QuerySet[Department] = super().get_queryset(request)
        return departments.annotate(number_of_people=Count("people"))

    @admin.display(description=_("people"), ordering="number_of_people")
    def people_count(self, department: Any) -> int:
        return int(department.number_of_people)


@admin.register(Location)
class LocationAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("name", "code", "city", "country", "time_zone")
    list_filter = ("country",)
    search_fields = ("name", "code", "city")


@admin.register(KindVisibility)
class KindVisibilityAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("kind", "visibility", "group", "may_be_dialled")
    list_select_related = ("group",)
