"""Administrators are told on their front page of accounts that found no entry."""

import pytest
from django.test import Client

from clicktodial.signin import accounts
from tests.signin.people import entry, known

pytestmark = pytest.mark.django_db


def test_only_accounts_that_somebody_must_look_at_are_told(admin_client: Client) -> None:
    accounts.admit(known("nobody"))
    assert "without their directory entry" not in admin_client.get("/admin/").content.decode()

    entry("Ada", email="ada@example.com")
    entry("Augusta", email="ada@example.com")
    user = accounts.admit(known("ada", email="ada@example.com"))
    page = admin_client.get("/admin/").content.decode()
    assert "several entries fit: 1" in page
    assert "?tie__exact=ambiguous" in page

    entry("Really Ada", account=user)
    assert "without their directory entry" not in admin_client.get("/admin/").content.decode()
