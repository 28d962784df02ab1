"""Personal tokens: what a program shows instead of a person, known here by their hash alone."""

import hashlib
import secrets
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

PREFIX = "ctd_"  # by it, programs that look for leaked secrets know a token
RANDOM_BYTES = 32
USED_EVERY = timedelta(minutes=1)  # as exact as the last use is kept


class Scope(models.TextChoices):
    """What a token is good for."""

    SEARCH = "search", _("Search people and numbers")
    DIAL = "dial", _("Dial from my phone")


def digest_of(text: str) -> str:
    """What is kept of a token; it is random enough to need neither salt nor a slow hash."""
    return hashlib.sha256(text.encode(errors="surrogateescape")).hexdigest()


class TokenQuerySet(models.QuerySet["Token"]):
    def issue(self, *, user: Any, name: str, scopes: list[str], days: int) -> "tuple[Token, str]":
        """A new token and its text, which nobody can ask for again."""
        text = PREFIX + secrets.token_urlsafe(RANDOM_BYTES)
        token = self.create(
            user=user,
            name=name,
            digest=digest_of(text),
            may_search=Scope.SEARCH in scopes,
            may_dial=Scope.DIAL in scopes,
            expires_at=timezone.now() + timedelta(days=days),
        )
        return token, text

    def of_text(self, text: str) -> "Token | None":
        """The token with this text, whether it still counts or not."""
        if not text.startswith(PREFIX):
            return None
        return self.filter(digest=digest_of(text)).select_related("user__person").first()

    def in_force(self) -> "TokenQuerySet":
        return self.filter(revoked_at=None, expires_at__gt=timezone.now())

    def revoke(self) -> int:
        """Make these tokens worthless; how many counted until now."""
        return self.filter(revoked_at=None).update(revoked_at=timezone.now())


class Token(models.Model):
    """One program's permission to act for one person, until it expires or is revoked."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="api_tokens")
    name = models.CharField(_("what it is for"), max_length=80)
    digest = models.CharField(_("SHA-256"), max_length=64, editable=False)
    may_search = models.BooleanField(_("may search"), default=False)
    may_dial = models.BooleanField(_("may dial"), default=False)
    created_at = models.DateTimeField(_("made at"), auto_now_add=True)
    expires_at = models.DateTimeField(_("expires at"))
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True)
    last_used_at = models.DateTimeField(_("last used at"), null=True, blank=True)

    objects = TokenQuerySet.as_manager()

    class Meta:
        verbose_name = _("API token")
        verbose_name_plural = _("API tokens")
        ordering = ("-pk",)
        constraints = [
            models.UniqueConstraint("digest", name="one_token_per_digest"),
            models.CheckConstraint(
                condition=Q(may_search=True) | Q(may_dial=True),
                name="a_token_is_good_for_something",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.user})"

    @property
    def is_expired(self) -> bool:
        return self.expires_at <= timezone.now()

    @property
    def is_in_force(self) -> bool:
        return not self.revoked_at and not self.is_expired

    @property
    def scopes(self) -> list[Scope]:
        held = {Scope.SEARCH: self.may_search, Scope.DIAL: self.may_dial}
        return [scope for scope, holds in held.items() if holds]

    def use(self) -> None:
        """Remember that it was used now, to the minute, so that most uses write nothing."""
        now = timezone.now()
        if self.last_used_at is None or self.last_used_at < now - USED_EVERY:
            self.last_used_at = now
            Token.objects.filter(pk=self.pk).update(last_used_at=now)
