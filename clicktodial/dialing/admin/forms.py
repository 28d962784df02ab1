"""What administrators type in: a password that is never shown again, certificates, a test."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.models import BaseInlineFormSet
from django.utils.translation import gettext_lazy as _

from clicktodial.dialing import authority
from clicktodial.dialing.models import Cluster, Node
from clicktodial.sealed import Sealed
from clicktodial.webdialer import Secret

MOST_CA = 100_000  # characters
_ADDRESS = {"host", "port", "secure"}
_OTHER_CA = _("Enter the password again, since nodes with other certificates would be sent it.")
_OTHER_NODE = _(
    "The application user's password would be sent to another machine: enter it again, under "
    "“Application user”. Without it, empty the application user; then nobody dials by it."
)
_UNSEEN_NODE = _(
    "Somebody has added a node meanwhile, which would be sent the password, too. Look at the nodes "
    "in this page as it is now, and enter the password again."
)
KNOWN_BY = ("offers_proxy", "offers_password", "offers_token")


def _pems(text: str) -> set[str]:
    """The single certificates of a text that was read before."""
    try:
        return {certificate.pem for certificate in authority.read(text)}
    except authority.NotCertificates:
        return set()


class PasswordField(forms.CharField):
    """A password as a Secret, so that nothing that holds the form's data can print it."""

    widget = forms.PasswordInput(
        render_value=False, attrs={"autocomplete": "new-password", "class": "vTextField"}
    )

    def __init__(self, **options: Any) -> None:
        super().__init__(strip=False, max_length=128, **options)

    def clean(self, value: Any) -> Secret:
        secret = Secret(super().clean(value))
        if any(ord(sign) < 32 or ord(sign) == 127 for sign in secret.reveal()):
            raise ValidationError(_("The password holds a line break or another control sign."))
        return secret


class ClusterForm(forms.ModelForm):  # type: ignore[type-arg]
    """A cluster; a new password or another application user closes the circuit breaker."""

    new_password = PasswordField(
        label=_("New password"), required=False, help_text=_("Leave empty to keep the present one.")
    )

    class Meta:
        model = Cluster
        fields = (
            "name",
            "enabled",
            "order",
            "application_user",
            "ca",
            "connect_seconds",
            "answer_seconds",
            "calls_a_second",
            "end_call_seconds",
            "ends_codes_with_hash",
            "offers_desk_phone",
            "offers_popup",
            "popup_address",
            "popup_method",
            "popup_width",
            "popup_height",
            "offers_tel",
            "offers_ciscotel",
            "offers_webextel",
            "offers_callto",
            "offers_proxy_page",
            "offers_proxy",
            "offers_password",
            "offers_token",
            "sso_client_id",
        )
        widgets = {
            "ca": forms.Textarea(
                attrs={"rows": 8, "cols": 70, "class": "pem", "spellcheck": "false"}
            )
        }
        help_texts = {
            "enabled": _("Off: nobody dials through this cluster, and it is not asked for anyone."),
            "order": _("Where several clusters are shown, the lowest comes first."),
            "connect_seconds": _("After this long without a connection the next node is tried."),
            "answer_seconds": _("How long a node may think before a call counts as unconfirmed."),
            "offers_desk_phone": _("One click, and the person's own phone dials."),
            "offers_proxy": _("Nobody has to sign in to Unified CM."),
            "offers_token": _("People sign in where they do for everything else."),
            "popup_method": _(
                "Browsers keep Unified CM's sign-in cookie back from a POST that comes from "
                "another site. Where Unified CM's name ends otherwise than this site's (other "
                "than .example.com in both), people sign in at every click with POST: choose "
                "GET, or give Unified CM a name beside this site's."
            ),
            "offers_popup": _("A window of Unified CM, where people sign in themselves."),
        }

    def clean_ca(self) -> str:
        """The certificates alone, as the client will read them."""
        text: str = self.cleaned_data["ca"].strip()
        if not text:
            return ""
        if len(text) > MOST_CA:
            raise ValidationError(_("This is too long. Paste only the CA that signed the nodes."))
        try:
            return "".join(certificate.pem for certificate in authority.read(text))
        except authority.NotCertificates as refusal:
            raise ValidationError(str(refusal)) from None

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if self._trusts_others() and self.keeps_password:
            self.add_error("new_password", _OTHER_CA)
        if cleaned.get("new_password") and not cleaned.get("application_user"):
            self.add_error("application_user", _("Whose password is it?"))
        if cleaned.get("offers_token") and not cleaned.get("sso_client_id"):
            self.add_error("sso_client_id", _("Single sign-on needs the client id."))
        if cleaned.get("offers_desk_phone") and not any(map(cleaned.get, KNOWN_BY)):
            self.add_error("offers_proxy", _("The desk phone needs one of these three ways."))
        return cleaned

    @property
    def keeps_password(self) -> bool:
        """Whether the password that is kept stays, typed again by nobody."""
        cleaned = self.cleaned_data
        stays = cleaned.get("application_user") and not cleaned.get("new_password")
        return bool(stays and self.instance.proxy_password)

    def _trusts_others(self) -> bool:
        """Whether nodes could show certificates that were not trusted before."""
        before, after = self.initial.get("ca", ""), self.cleaned_data.get("ca")
        if after is None or after == before:  # None: refused already
            return False
        return not (after and _pems(after) <= _pems(before))

    @property
    def changed_columns(self) -> set[str]:
        """The columns that saving an existing cluster writes, and no other."""
        columns = set(self.changed_data)
        if columns & {"new_password", "application_user"}:
            columns |= {"proxy_password", "stopped_at", "stopped_code", "proven_at"}
        return columns - {"new_password"}

    def save(self, commit: bool = True) -> Any:
        """The cluster; without an application user it keeps no password either."""
        if {"new_password", "application_user"} & set(self.changed_data):
            self.instance.stopped_at = self.instance.stopped_code = None
            self.instance.proven_at = None
        if not self.cleaned_data["application_user"]:
            self.instance.proxy_password = ""
        elif self.cleaned_data["new_password"]:
            self.instance.proxy_password = Sealed.around(self.cleaned_data["new_password"])
        return super().save(commit)


class NodeForm(forms.ModelForm):  # type: ignore[type-arg]
    """A node; at a new address nothing is known of it yet."""

    class Meta:
        model = Node
        fields = ("host", "port", "secure", "order", "enabled", "release")

    def save(self, commit: bool = True) -> Any:
        if _ADDRESS & set(self.changed_data):
            node = self.instance
            node.generation, node.probed_at = "", None
            node.failures, node.resting_until, node.trouble = 0, None, ""
        return super().save(commit)


class NodeFormSet(BaseInlineFormSet):  # type: ignore[type-arg]
    """A cluster's nodes; no machine is sent a password by somebody who may not know it.

    Else whoever may change clusters could have it sent to a machine of their own.
    """

    def clean(self) -> None:
        super().clean()
        kept = Cluster.objects.filter(pk=self.instance.pk).exclude(proxy_password="").first()
        password = self.instance.proxy_password
        if kept is not None and password == kept.proxy_password:
            if any(map(self._leads_elsewhere, self.forms)):
                raise ValidationError(_OTHER_NODE)
        elif password and self.instance.pk and self._unseen():
            raise ValidationError(_UNSEEN_NODE)

    def _leads_elsewhere(self, form: Any) -> bool:
        goes = form in self.deleted_forms
        return not goes and bool(_ADDRESS & set(form.changed_data))

    def _unseen(self) -> bool:
        """Whether there are nodes that did not stand on the page that was sent."""
        seen = {form.instance.pk for form in self.initial_forms}
        return bool(set(self.instance.nodes.values_list("pk", flat=True)) - seen)
