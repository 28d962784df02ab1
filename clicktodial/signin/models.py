"""By what a source knows the person behind an account, and who is kept out for guessing."""

from axes.models import AccessAttempt
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Tie(models.TextChoices):
    """How the search for an account's directory entry ended."""

    TIED = "tied", _("tied to an entry")
    NONE = "none", _("no entry fits")
    AMBIGUOUS = "ambiguous", _("several entries fit")
    TAKEN = "taken", _("the entry belongs to another account")


class Identity(models.Model):
    """An account as one source knows it; the account is found by this and not by its name."""

    class Source(models.TextChoices):
        LDAP = "ldap", _("LDAP or Active Directory")
        OPENID = "openid", _("OpenID Connect")
        PROXY = "proxy", _("the reverse proxy")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="identities",
        verbose_name=_("account"),
    )
    source = models.CharField(_("source"), max_length=10, choices=Source)
    subject = models.CharField(_("id at the source"), max_length=255)
    username = models.CharField(_("user name at the source"), max_length=150)
    tie = models.CharField(_("directory entry"), max_length=10, choices=Tie, default=Tie.NONE)
    first_at = models.DateTimeField(_("first sign-in"), auto_now_add=True)
    last_at = models.DateTimeField(_("last sign-in"), auto_now=True)
    closed_at = models.DateTimeField(
        _("closed at the source"),
        null=True,
        blank=True,
        help_text=_("Since then the source has this account disabled, or has it no more."),
    )

    class Meta:
        verbose_name = _("identity")
        verbose_name_plural = _("identities")
        ordering = ("-pk",)
        constraints = [
            models.UniqueConstraint(
                fields=("source", "subject"), name="one_account_per_identity_at_its_source"
            ),
            models.UniqueConstraint(
                fields=("user", "source"), name="one_identity_per_account_and_source"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.username} ({self.get_source_display()})"


class FailedSignIn(AccessAttempt):  # type: ignore[misc]
    """What django-axes counts by name and address, in words of this site."""

    class Meta:
        proxy = True
        verbose_name = _("failed sign-in")
        verbose_name_plural = _("failed sign-ins")
