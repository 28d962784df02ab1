"""What people and administrators type, checked."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.forms.models import (
    BaseInlineFormSet,
    ModelChoiceIterator,
    ModelChoiceIteratorValue,
)
from django.utils.translation import gettext_lazy as _

from directory import departments, photos
from directory.models import Department, Location, Number, Person, hours

BATCH_BYTES = 100_000
INDENTATION = "\N{NO-BREAK SPACE}" * 4


class _Outline(ModelChoiceIterator):  # type: ignore[type-arg]
    """The departments as their tree, for each stands for all below it, too.

    Indented by spaces that no browser takes away, and that typing a name's first letters skips.
    """

    def __iter__(self) -> Iterator[tuple[Any, str]]:
        yield "", str(self.field.empty_label)
        for line in departments.outline():
            label = INDENTATION * (len(line.path) - 1) + line.called
            yield ModelChoiceIteratorValue(line.pk, line), label  # type: ignore[arg-type]


class _OutlineSelect(forms.Select):
    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """An indentation is not heard: what a department belongs to is said behind its name."""
        option = super().create_option(name, value, *args, **kwargs)
        line = getattr(value, "instance", None)
        if line and len(line.path) > 1:
            option["attrs"]["aria-label"] = ", ".join(reversed(line.path))
        return option


class DepartmentField(forms.ModelChoiceField):  # type: ignore[type-arg]
    iterator = _Outline
    widget = _OutlineSelect


class NarrowingForm(forms.Form):
    """The filters of the search page; each is one field of its address."""

    department = DepartmentField(
        label=_("Department"),
        queryset=Department.objects.order_by("name", "pk"),
        required=False,
        empty_label=_("All departments"),
    )
    location = forms.ModelChoiceField(
        label=_("Location"),
        queryset=Location.objects.order_by("name", "pk"),
        required=False,
        empty_label=_("All locations"),
    )
    kind = forms.TypedChoiceField(
        label=_("Kind"),
        choices=[("", _("All kinds")), *Person.Kind.choices],
        coerce=Person.Kind,
        empty_value=None,
        required=False,
    )

    def narrowed(self) -> dict[str, Any]:
        """The filters that are set and make sense, as arguments of search.find."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class BatchForm(forms.Form):
    """Many numbers to look up: pasted, or in a file; `form` is csv for a file in answer."""

    numbers = forms.CharField(
        label=_("Numbers"),
        required=False,
        max_length=BATCH_BYTES,
        widget=forms.Textarea(attrs={"rows": 8, "autocomplete": "off", "spellcheck": "false"}),
        help_text=_("One on each line, in any format."),
    )
    file = forms.FileField(
        label=_("Or a file"),
        required=False,
        help_text=_("Text or CSV, with a number on each line."),
        widget=forms.FileInput(attrs={"accept": ".txt,.csv,text/plain,text/csv"}),
    )
    form = forms.CharField(required=False, max_length=3, widget=forms.HiddenInput)

    def clean_file(self) -> str:
        upload = self.cleaned_data["file"]
        if upload is None:
            return ""
        content = upload.read(BATCH_BYTES + 1)
        if len(content) > BATCH_BYTES:
            raise ValidationError(_("The file is larger than 100 kB. Please send a smaller one."))
        for encoding in ("utf-8-sig", "cp1252"):
            with suppress(UnicodeDecodeError):
                text: str = content.decode(encoding).replace("\x00", "")
                return text
        raise ValidationError(_("This is not a text or CSV file."))

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and not self.text.strip():
            raise ValidationError(_("Paste numbers, or choose a file."))
        return cleaned

    @property
    def text(self) -> str:
        """What was pasted and what stands in the file; call it on a clean form."""
        parts = (self.cleaned_data.get("numbers"), self.cleaned_data.get("file"))
        return "\n".join(part for part in parts if part)


class PersonForm(forms.ModelForm):  # type: ignore[type-arg]
    upload = forms.FileField(
        label=_("New photo"),
        required=False,
        help_text=_("JPEG, PNG or WebP. Cut to a square; place and camera are not kept."),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )
    remove_photo = forms.BooleanField(label=_("Remove the photo"), required=False)

    class Meta:
        model = Person
        exclude = ("photo", "photo_size")  # noqa: DJ006 — the admin's fieldsets list the fields

    def clean_working_hours(self) -> str:
        """The same hours, written the same way whoever writes them."""
        try:
            return str(hours.read(self.cleaned_data["working_hours"]))
        except hours.NotHours as error:
            raise ValidationError(str(error)) from error

    def clean_upload(self) -> photos.Photo | None:
        upload = self.cleaned_data["upload"]
        if upload is None:
            return None
        try:
            return photos.prepare(upload)
        except photos.NotAPhoto as error:
            raise ValidationError(str(error)) from error

    def save(self, commit: bool = True) -> Person:
        """The person with the new photo, or without the old one."""
        if photo := self.cleaned_data.get("upload"):
            photos.put(self.instance, photo)
        elif self.cleaned_data.get("remove_photo"):
            photos.remove(self.instance)
        is_new = self.instance._state.adding
        person: Person = super().save(commit=commit and is_new)
        if commit and not is_new:
            person.save(update_fields=self.changed_columns)
            self.save_m2m()
        return person

    @property
    def changed_columns(self) -> set[str]:
        """The columns that saving an entry writes: what others changed meanwhile stays."""
        changed = set(self.changed_data)
        columns = changed & {field.name for field in Person._meta.concrete_fields}
        if changed & {"upload", "remove_photo"}:
            columns |= {"photo", "photo_size"}
        return columns


class NumbersFormSet(BaseInlineFormSet):  # type: ignore[type-arg]
    def clean(self) -> None:
        """Refuses the same number twice as the same kind, which the database would refuse."""
        super().clean()
        seen: set[tuple[str, str]] = set()
        for form in self.forms:
            number: Number = form.instance
            if self._should_delete_form(form) or not number.key:  # type: ignore[attr-defined]
                continue
            if (number.kind, number.key) in seen:
                form.add_error("written", _("This number is listed twice."))
            seen.add((number.kind, number.key))


class WrongNumberForm(forms.Form):
    """Which of these numbers is wrong, and why; the only one need not be chosen."""

    entry = forms.ModelChoiceField(
        queryset=Number.objects.none(),
        error_messages=dict.fromkeys(
            ("required", "invalid_choice"), _("Choose whose number is wrong.")
        ),
    )
    note = forms.CharField(
        label=_("What is wrong?"),
        required=False,
        max_length=300,
        help_text=_("Such as: somebody else answers, or the new number."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, rows: Sequence[Number], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        entry = cast(forms.ModelChoiceField, self.fields["entry"])  # type: ignore[type-arg]
        entry.queryset = Number.objects.filter(pk__in=[row.pk for row in rows])
