"""What people may ask of dialling, checked."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from clicktodial.dialing.devices import Choice
from clicktodial.dialing.models import DialProfile, Mode
from clicktodial.dialplan import number as numbers
from clicktodial.dialplan.number import NotANumber, Number


class NumberField(forms.CharField):
    """A text that is read as one number to dial."""

    default_error_messages = {"required": _("Enter a number to call.")}

    def __init__(self, **kwargs: Any) -> None:
        # The dial plan has its own, better sentence for a text that is too long.
        super().__init__(label=_("Number"), strip=True, **kwargs)

    def clean(self, value: Any) -> Number:
        text = super().clean(value)
        try:
            return numbers.read(text, region=settings.DEFAULT_COUNTRY)
        except NotANumber as problem:
            raise ValidationError(str(problem), code="not_a_number") from None


def offer(form: forms.BaseForm, name: str, choices: Sequence[tuple[str, str]]) -> None:
    """Let the field take these choices and no others."""
    cast(forms.ChoiceField, form.fields[name]).choices = list(choices)


class DialForm(forms.Form):
    """A click: a number and the token that makes it one call at most."""

    number = NumberField()
    click = forms.UUIDField(
        error_messages=dict.fromkeys(
            ("required", "invalid"), _("This page is out of date. Open it again, then call.")
        )
    )


class DeviceForm(forms.Form):
    """The choice of a device and line among those that Unified CM lists."""

    phone = forms.ChoiceField(
        label=_("Which phone should dial?"),
        error_messages={
            "required": _("Choose a phone."),
            "invalid_choice": _("That phone is not listed for you. Choose one of these."),
        },
    )

    def __init__(self, *args: Any, choices: Sequence[Choice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.listed = {choice.key: choice for choice in choices}
        offer(self, "phone", [(key, key) for key in self.listed])

    def clean_phone(self) -> Choice:
        return self.listed[self.cleaned_data["phone"]]


class PasswordForm(forms.Form):
    """A person's Unified CM password; kept sealed in the session, never elsewhere."""

    password = forms.CharField(
        label=_("Unified CM password"),
        strip=False,
        max_length=256,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}, render_value=False),
        error_messages={"required": _("Enter your Unified CM password.")},
    )


class TokenForm(forms.Form):
    """What single sign-on brought back in the address's fragment."""

    token = forms.CharField(max_length=8192, widget=forms.HiddenInput)
    state = forms.CharField(max_length=200, required=False, widget=forms.HiddenInput)


class ModeForm(forms.ModelForm):  # type: ignore[type-arg]
    """The way a person dials."""

    class Meta:
        model = DialProfile
        fields = ("mode",)
        widgets = {"mode": forms.RadioSelect}
        labels = {"mode": _("Dial with")}

    def __init__(self, *args: Any, offered: Sequence[Mode], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "mode", [(mode.value, str(mode.label)) for mode in offered])
