"""LDAP directories that people are imported from."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from clicktodial.ldap_addresses import ldap_addresses
from clicktodial.sealed import SealedField
from directory.models.imports import ImportSource


def check_addresses(text: str) -> None:
    """Refuses what is no list of LDAP servers, in the reader's own words."""
    try:
        found = ldap_addresses(text)
    except ValueError as error:
        raise ValidationError(str(error).capitalize()) from None
    if not found:
        raise ValidationError(_("Name at least one server."))


class LdapTree(models.Model):
    """One forest: its servers, who may read there, and where in it people are."""

    class Kind(models.TextChoices):
        AD = "ad", _("Active Directory")
        OPENLDAP = "openldap", _("OpenLDAP and others")

    source = models.OneToOneField(
        ImportSource, models.CASCADE, related_name="tree", verbose_name=_("source of people")
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.AD)
    servers = models.CharField(
        _("servers"),
        max_length=500,
        validators=[check_addresses],
        help_text=_(
            "Asked in turn, such as ldaps://dc1.example.com,ldaps://dc2.example.com. "
            "ldap:// always uses StartTLS."
        ),
    )
    ca = models.TextField(
        _("CA"),
        blank=True,
        help_text=_("As PEM text. Empty: the CAs that this server's system trusts."),
    )
    bind_dn = models.CharField(_("reading account"), max_length=500, help_text=_("Its DN."))
    bind_password = SealedField(_("its password"), blank=True, default="", editable=False)
    bases = models.TextField(
        _("bases"), help_text=_("Where people are: one distinguished name a line.")
    )
    filter = models.CharField(
        _("filter"),
        max_length=500,
        blank=True,
        help_text=_("An LDAP filter that narrows it further, such as (employeeID=*)."),
    )
    id_attribute = models.CharField(
        _("attribute with the id"),
        max_length=60,
        blank=True,
        help_text=_("Empty: objectGUID, or entryUUID. It must stay the same for ever."),
    )
    units_are_departments = models.BooleanField(
        _("organisational units are departments"),
        default=False,
        help_text=_("Below a base, one within another; else the attribute “department” counts."),
    )
    takes_photos = models.BooleanField(_("photos come from here"), default=False)
    enabled = models.BooleanField(
        _("by the timer"), default=True, help_text=_("Whether import_ldap --all reads it.")
    )
    read_until = models.DateTimeField(_("read until"), null=True, blank=True, editable=False)

    class Meta:
        ordering = ("source__name",)
        verbose_name = _("LDAP directory")
        verbose_name_plural = _("LDAP directories")

    def __str__(self) -> str:
        return self.source.name

    def clean(self) -> None:
        bases = [base.casefold().replace(" ", "") for base in self.base_list]
        if not bases:
            raise ValidationError({"bases": _("Name at least one base.")})
        for base in bases:
            if any(base != other and base.endswith(f",{other}") for other in bases):
                raise ValidationError(
                    {"bases": _("One base lies within another: its people would come twice.")}
                )

    @property
    def base_list(self) -> list[str]:
        return [line.strip() for line in self.bases.splitlines() if line.strip()]

    @property
    def server_list(self) -> list[str]:
        return ldap_addresses(self.servers)
