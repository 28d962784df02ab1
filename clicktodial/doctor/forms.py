"""What the doctor is asked."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from clicktodial.dialing.models import Cluster


class UserIdForm(forms.Form):
    """With which Unified CM user id, if any."""

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


class DoctorForm(UserIdForm):
    """Which part; none: all of them."""

    part = forms.RegexField(regex=r"\A(site|[0-9]{1,18})\Z", required=False)


class ClusterForm(UserIdForm):
    """Which node of the cluster; none: all that are enabled."""

    def __init__(self, *args: Any, cluster: Cluster) -> None:
        super().__init__(*args)
        self.fields["node"] = forms.ModelChoiceField(cluster.nodes.all(), required=False)
