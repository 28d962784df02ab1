"""What a person says of a new token."""

from django import forms
from django.utils.translation import gettext_lazy as _

from clicktodial.api.models import Scope


class TokenForm(forms.Form):
    """What the token is for, what it is good for and for how long."""

    name = forms.CharField(
        label=_("What it is for"),
        max_length=80,
        help_text=_("Such as: my CRM."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Say what it is for, so that you know it again.")},
    )
    scopes = forms.MultipleChoiceField(
        label=_("It may"),
        choices=Scope.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose what it may do.")},
    )
    days = forms.TypedChoiceField(
        label=_("It expires after"),
        choices=[(30, _("30 days")), (90, _("90 days")), (365, _("one year"))],
        coerce=int,
        initial=90,
    )
