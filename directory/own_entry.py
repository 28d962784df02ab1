"""One's own entry: the form with what administrators let people change, and its saving."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from clicktodial.audit import trail
from directory import changes, owned
from directory.forms import PersonForm
from directory.models import KindVisibility, Number, SelfService

_PLAIN = ("preferred_name", "pronunciation", "working_hours", "languages", "about")
_CHOICES = [choice for choice in Number.Visibility.choices if choice[0] != Number.Visibility.GROUP]


class OwnEntryForm(PersonForm):
    """Only the fields that `allowed` names; a select and a tick for each of the numbers."""

    mobile = forms.CharField(
        label=_("Mobile number"),
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"}),
        help_text=_("Such as +41 79 123 45 67. Empty: none is listed."),
    )

    class Meta(PersonForm.Meta):
        fields = _PLAIN
        exclude = None  # type: ignore[assignment]
        widgets = {"about": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args: Any, allowed: SelfService, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._numbers = list(self.instance.numbers.select_related("group", "person__location"))
        mobiles = [row for row in self._numbers if row.kind == Number.Kind.MOBILE]
        self._mobile = mobiles[0] if mobiles else None
        self.fields["mobile"].initial = str(self._mobile or "")
        for name in (*_PLAIN, "mobile"):
            if not getattr(allowed, name):
                del self.fields[name]
        if not allowed.photo:
            del self.fields["upload"], self.fields["remove_photo"]
        elif not self.instance.photo:
            del self.fields["remove_photo"]
        kinds = KindVisibility.objects.select_related("group")
        self._kinds = {each.kind: each.says for each in kinds} if allowed.visibility else {}
        if allowed.visibility:
            for row in self._numbers:
                self._offer_visibility(row)

    def _offer_visibility(self, row: Number) -> None:
        usual = self._kinds.get(row.kind, Number.Visibility.EVERYONE.label)
        says = _("As usual: %(shown)s") % {"shown": usual}
        choices = [("", says), *_CHOICES]
        if row.visibility == Number.Visibility.GROUP:  # which group is for administrators to say
            choices.append(("group", row.group.name if row.group else _("A group")))
        self.fields[f"visibility-{row.pk}"] = forms.ChoiceField(
            label=row.get_kind_display(),
            help_text=str(row),
            choices=choices,
            initial=row.visibility,
            required=False,
        )
        self.fields[f"dialled-{row.pk}"] = forms.BooleanField(
            label=_("May be dialled without being shown"),
            initial=row.may_be_dialled,
            required=False,
        )

    @property
    def numbers(self) -> list[tuple[Number, forms.BoundField, forms.BoundField]]:
        """Each number with its two fields; none where people may not change them."""
        return [
            (row, self[f"visibility-{row.pk}"], self[f"dialled-{row.pk}"])
            for row in self._numbers
            if f"visibility-{row.pk}" in self.fields
        ]

    def clean(self) -> dict[str, Any]:
        """A number that leaves all to its kind cannot say alone that it may be dialled."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for row in self._numbers:
            shown, dialled = f"visibility-{row.pk}", f"dialled-{row.pk}"
            if cleaned.get(dialled) and not cleaned.get(shown):
                self.add_error(shown, _("Choose to whom else it is shown, such as: nobody else."))
        return cleaned

    def clean_mobile(self) -> str:
        text: str = self.cleaned_data["mobile"]
        if not text:
            return text
        # A row of its own: the one that is kept must not be changed before everything is clean.
        row = Number(person=self.instance, kind=Number.Kind.MOBILE, written=text)
        if self._mobile:
            row.pk = self._mobile.pk
        try:
            row.read()
        except ValueError as error:
            raise ValidationError(str(error)) from error
        if not row.e164 and "mobile" in self.changed_data:
            raise ValidationError(_("Write the whole number, such as +41 79 123 45 67."))
        twins = Number.objects.filter(person=self.instance, kind=row.kind, key=row.key)
        if twins.exclude(pk=row.pk).exists():
            raise ValidationError(_("This number is listed twice."))
        return text

    @transaction.atomic
    def save_by(self, user: Any) -> frozenset[str]:
        """Saves what was changed, keeps its history, and from imports; the fields' names."""
        before = changes.state_of(self.instance)
        self.save()
        self._save_numbers()
        changed = changes.note(self.instance, before=before, by=user)
        kept = set(changed)
        if "mobile" in self.changed_data:
            kept.add("mobile")
        owned.keep(self.instance, fields=kept)
        if changed:
            facts = {"fields": ", ".join(sorted(changed))}
            trail.note(trail.Action.CHANGED, by=user, about=self.instance, **facts)
        return changed

    def _save_numbers(self) -> None:
        for row in self._numbers:
            names = (f"visibility-{row.pk}", f"dialled-{row.pk}")
            if not set(names).intersection(self.changed_data):
                continue
            row.visibility, row.may_be_dialled = (self.cleaned_data[name] for name in names)
            row.clean()
            row.save()
        if "mobile" not in self.changed_data:
            return
        written, row = self.cleaned_data["mobile"], self._mobile
        if not written:
            row.delete() if row else None
        elif row:
            row.written = written
            row.save()
        else:
            last = max((each.order for each in self._numbers), default=-1)
            Number.objects.create(
                person=self.instance, kind=Number.Kind.MOBILE, written=written, order=last + 1
            )
