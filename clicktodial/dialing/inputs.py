"""What people type or choose, read: a number, a code, a way, a delegation."""

from collections.abc import Sequence
from typing import Any, Protocol, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from clicktodial.dialing.plans import at
from clicktodial.dialing.whereabouts import Place
from clicktodial.dialplan.codes import Fac, NotACode
from clicktodial.dialplan.number import NotANumber, Number


class Reader(Protocol):
    """Whoever knows how a person's numbers are read; raises NotANumber."""

    def read(self, text: str) -> Number: ...


class NotDialable(ValidationError):
    """A text that is no one number, with the numbers that it may have meant."""

    def __init__(self, problem: NotANumber) -> None:
        super().__init__(str(problem), code="not_a_number")
        self.offers = problem.offers


class NumberField(forms.CharField):
    """A text that is read as one number to dial, by the rules where the person is."""

    default_error_messages = {"required": _("Enter a number to call.")}

    def __init__(self, **kwargs: Any) -> None:
        # The dial plan has its own, better sentence for a text that is too long.
        super().__init__(label=_("Number"), strip=True, **kwargs)
        self.rules: Reader | None = None

    def clean(self, value: Any) -> Number:
        text = super().clean(value)
        try:
            return (self.rules or at(None, Place())).read(text)
        except NotANumber as problem:
            raise NotDialable(problem) from None


def offer(form: forms.BaseForm, name: str, choices: Sequence[tuple[str, str]]) -> None:
    """Let the field take these choices and no others."""
    cast(forms.ChoiceField, form.fields[name]).choices = list(choices)


class FacField(forms.CharField):
    """A forced authorisation code: a value that does not print, and is never sent back."""

    def __init__(self, **kwargs: Any) -> None:
        attributes = {"autocomplete": "off", "inputmode": "numeric"}
        widget = forms.PasswordInput(attrs=attributes, render_value=False)
        super().__init__(
            label=_("Authorisation code (FAC)"), max_length=40, widget=widget, **kwargs
        )

    def clean(self, value: Any) -> Fac | None:
        text = super().clean(value)
        try:
            return Fac(text) if text else None
        except NotACode as problem:
            raise ValidationError(str(problem), code="not_a_code") from None


class BehalfField(forms.Field):
    """The number of a delegation; 0, which nobody has, for whatever cannot be one.

    Never invalid: a page that left it out would dial from another phone than was asked for.
    """

    def to_python(self, value: Any) -> int | None:
        text = str(value or "").strip()
        if not text:
            return None
        return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else 0
