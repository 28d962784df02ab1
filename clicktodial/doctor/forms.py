"""What the doctor is asked."""

from django import forms
from django.utils.translation import gettext_lazy as _


class DoctorForm(forms.Form):
    """Which part (none: all of them), and with which Unified CM user id if any."""

    part = forms.RegexField(regex=r"\A(site|[0-9]{1,18})\Z", required=False)
    user_id = forms.CharField(
        label=_("Unified CM user id"),
        max_length=128,
        required=False,
        help_text=_(
            "Optional: somebody with a phone. Then the application user's rights are tried once a "
            "cluster, and not where it is stopped."
        ),
        widget=forms.TextInput(
            attrs={
                "class": "vTextField",
                "autocomplete": "off",
                "autocapitalize": "none",
                "spellcheck": "false",
            }
        ),
    )
