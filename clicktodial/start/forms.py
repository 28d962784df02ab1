"""The form of the first administrator."""

from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.contrib.auth.forms import BaseUserCreationForm
from django.utils.translation import gettext_lazy as _

from clicktodial.start import code


class AdministratorForm(BaseUserCreationForm):  # type: ignore[type-arg]
    code = forms.CharField(
        label=_("Code from the log"),
        max_length=40,
        help_text=_(
            "It stands in the log of this site, so that no stranger can take it over. "
            "“python manage.py start_code” shows it, too."
        ),
        error_messages={"required": _("Enter the code from the log.")},
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )

    class Meta:
        model = get_user_model()
        fields = ("username",)

    field_order = ("code", "username", "password1", "password2")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.label_suffix = ""
        self.fields["username"].help_text = _(
            "Your own Unified CM user id is a good one: then this account can dial, too."
        )
        for name in ("username", "password1"):
            self.fields[name].widget.attrs.pop("autofocus", None)

    def clean_code(self) -> str:
        typed: str = self.cleaned_data["code"]
        if not code.fits(typed):
            raise forms.ValidationError(
                _("That is not the code. Look for the newest line with “/start/” in the log.")
            )
        return typed
