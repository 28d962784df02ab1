"""Accounts with a password of their own, and the permissions of all accounts."""

from typing import Any

from django.conf import settings
from django.contrib.auth.backends import ModelBackend
from django.http import HttpRequest
from django.views.decorators.debug import sensitive_variables

from clicktodial.signin.accounts import OpenAccounts
from directory.accounts import is_open


class LocalBackend(OpenAccounts, ModelBackend):
    """Django's own, for open accounts; the only one that answers what anybody may do."""

    @sensitive_variables("password")
    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        **credentials: Any,
    ) -> Any:
        if not settings.ACCOUNTS.local:
            return None
        return super().authenticate(request, username=username, password=password, **credentials)

    def user_can_authenticate(self, user: Any) -> bool:
        return user is not None and is_open(user)
