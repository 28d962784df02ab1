"""Which phones are let in to the directory on their own screens, and how they dial from there."""

import hashlib
import ipaddress
import secrets
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from clicktodial.dialing.models import Cluster
from clicktodial.phones.charsets import Charset

RANDOM_BYTES = 18  # 144 bits; the whole address must stay short of 256 characters
Network = ipaddress.IPv4Network | ipaddress.IPv6Network


def networks_in(text: str) -> list[Network]:
    """The networks of a text with one on each line; ValidationError where one is none."""
    try:
        return [ipaddress.ip_network(line) for line in text.split()]
    except ValueError as error:
        raise ValidationError(
            _("Write networks such as 10.20.0.0/16, one on each line: %(why)s.")
            % {"why": str(error)}
        ) from None


def validate_networks(text: str) -> None:
    networks_in(text)


def digest_of(token: str) -> str:
    """What is kept of a token; it is random enough to need neither salt nor a slow hash."""
    return hashlib.sha256(token.encode(errors="surrogateescape")).hexdigest()


class Service(models.Model):
    """A phone service of Unified CM that leads here; without one, nothing is served to phones."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    enabled = models.BooleanField(_("enabled"), default=False)
    networks = models.TextField(
        _("networks"),
        blank=True,
        validators=[validate_networks],
        help_text=_("Phones with these addresses only, such as 10.20.0.0/16; one on each line."),
    )
    token_digest = models.CharField(max_length=64, blank=True, editable=False)
    device = models.CharField(
        _("device"),
        max_length=128,
        blank=True,
        help_text=_(
            "Only this phone, such as SEP001122334455. With a token of its own it is known who "
            "uses it, and their own department’s numbers are shown, too."
        ),
    )
    knows_devices = models.BooleanField(
        _("personal favourites"),
        default=False,
        help_text=_(
            "Shows the favourites of whoever has chosen that phone. Any phone that is let in can "
            "claim any device name."
        ),
    )
    cluster = models.ForeignKey(
        Cluster,
        models.SET_NULL,
        null=True,
        blank=True,
        verbose_name=_("cluster"),
        help_text=_("Whose dial plan makes the digits, for phones that nobody has chosen."),
    )
    location = models.CharField(
        _("location code"),
        max_length=40,
        blank=True,
        help_text=_("Where those phones stand, as in the directory."),
    )
    charset = models.CharField(_("charset"), max_length=12, choices=Charset, default=Charset.AUTO)

    class Meta:
        verbose_name = _("phone service")
        verbose_name_plural = _("phone services")
        ordering = ("name",)
        constraints = [
            models.CheckConstraint(
                condition=Q(enabled=False) | ~Q(networks="") | ~Q(token_digest=""),
                name="a_phone_service_lets_not_everybody_in",
            ),
            models.UniqueConstraint(
                fields=("token_digest",),
                condition=~Q(token_digest=""),
                name="one_phone_service_per_token",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def has_token(self) -> bool:
        return bool(self.token_digest)

    @property
    def knows_who(self) -> bool:
        """Whether a phone that is let in is certainly the one that it says it is."""
        return self.has_token and bool(self.device)

    def make_token(self) -> str:
        """A new token in place of an old one; its text, which nobody can ask for again."""
        token = secrets.token_urlsafe(RANDOM_BYTES)
        self.token_digest = digest_of(token)
        return token

    def lets_in(self, *, address: str, token: str, device: str) -> bool:
        """Whether this phone has all that is asked of it."""
        if self.has_token and not secrets.compare_digest(digest_of(token), self.token_digest):
            return False
        if self.device and device.casefold() != self.device.casefold():
            return False
        return not self.networks or self._holds(address)

    def _holds(self, address: str) -> bool:
        try:
            where: Any = ipaddress.ip_address(address)
        except ValueError:
            return False
        where = getattr(where, "ipv4_mapped", None) or where
        return any(where in network for network in networks_in(self.networks))
