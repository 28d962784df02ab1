"""What somebody grants when they let another dial from their phone, checked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from clicktodial.dialing.devices import Choice
from clicktodial.dialing.inputs import offer

LONGEST = timedelta(days=366)
USUAL = timedelta(days=90)


@dataclass(frozen=True)
class Colleague:
    """Somebody with an account, as the directory shows them to who is asking."""

    account_id: int
    name: str
    about: str


class DateInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")  # what browsers want, whatever they show


class DelegationForm(forms.Form):
    """Who may dial from one's phones, from which day until which, and from which of them."""

    delegate = forms.TypedChoiceField(
        coerce=int,
        error_messages=dict.fromkeys(
            ("required", "invalid_choice"), _("Search for somebody and choose them.")
        ),
    )
    begins = forms.DateField(
        label=pgettext_lazy("a date", "From"), widget=DateInput, initial=timezone.localdate
    )
    ends = forms.DateField(
        label=_("Until"),
        widget=DateInput,
        initial=lambda: timezone.localdate() + USUAL,
        help_text=_("This day included; at most a year. You can withdraw it at any time."),
    )
    phone = forms.ChoiceField(
        label=_("From which phone"),
        required=False,
        error_messages={"invalid_choice": _("That phone is not listed for you.")},
    )

    def __init__(
        self, *args: Any, found: Sequence[Colleague], choices: Sequence[Choice], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._listed = {choice.key: choice for choice in choices}
        offer(self, "delegate", [(str(each.account_id), each.name) for each in found])
        lines = [
            (key, f"{each.device.name}, {each.line_called}") for key, each in self._listed.items()
        ]
        offer(self, "phone", [("", str(_("Any of my phones"))), *lines])

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        begins, ends, today = cleaned.get("begins"), cleaned.get("ends"), timezone.localdate()
        if begins and begins - today > LONGEST:
            self.add_error("begins", _("At most a year from now."))
        elif begins and ends and ends < begins:
            self.add_error("ends", _("It ends before it begins."))
        elif ends and ends < today:
            self.add_error("ends", _("That day is over already."))
        elif begins and ends and ends - begins > LONGEST:
            self.add_error("ends", _("At most a year. Grant it anew then."))
        return cleaned

    def clean_delegate(self) -> Any:
        people = get_user_model()._default_manager.filter(is_active=True)
        found = people.filter(pk=self.cleaned_data["delegate"]).first()
        if found is None:
            raise ValidationError(_("This account is not in use any more."))
        return found

    @property
    def granted(self) -> dict[str, Any]:
        """What delegations.grant wants to know; call it on a clean form."""
        cleaned = self.cleaned_data
        chosen = self._listed.get(cleaned["phone"])
        return {
            "delegate": cleaned["delegate"],
            "begins_at": max(_midnight(cleaned["begins"]), timezone.now()),
            "ends_at": _midnight(cleaned["ends"] + timedelta(days=1)),
            "phone": chosen.phone if chosen else None,
        }


def _midnight(day: date) -> datetime:
    """The beginning of a day where the site is."""
    return timezone.make_aware(datetime.combine(day, time.min))
