"""People make, see and revoke their own tokens; administrators see and revoke them all."""

import re
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from clicktodial.api.models import Scope, Token
from tests.api.conftest import Program

pytestmark = pytest.mark.django_db
WISH = {"name": "My CRM", "scopes": ["search"], "days": "30"}


@pytest.fixture
def employee() -> Any:
    return get_user_model().objects.create_user("emil")


@pytest.fixture
def browser(employee: Any) -> Client:
    browser = Client()
    browser.force_login(employee)
    return browser


def test_a_new_token_is_shown_once_and_works(browser: Client) -> None:
    shown = browser.post("/dial/tokens/", WISH)
    assert "no-store" in shown.headers["Cache-Control"]
    text = re.search(r'value="(ctd_[\w-]{43})"', shown.content.decode())
    assert text
    assert Program(text[1]).get("people?q=nora").status_code == 200
    later = browser.get("/dial/tokens/").content.decode()
    assert "ctd_" not in later
    assert "My CRM" in later


@pytest.mark.parametrize(
    "wrong", [{"name": ""}, {"scopes": []}, {"scopes": ["admin"]}, {"days": "36500"}]
)
def test_a_token_wants_a_name_a_right_and_an_end(wrong: dict[str, Any], browser: Client) -> None:
    assert browser.post("/dial/tokens/", WISH | wrong).status_code == 422
    assert not Token.objects.exists()


def test_nobody_makes_tokens_for_somebody_else(browser: Client, employee: Any) -> None:
    other = get_user_model().objects.create_user("other")
    browser.post("/dial/tokens/", WISH | {"user": other.pk, "user_id": other.pk})
    assert Token.objects.get().user == employee


def test_a_form_of_another_site_makes_no_token(employee: Any) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(employee)
    assert browser.post("/dial/tokens/", WISH).status_code == 403
    assert not Token.objects.exists()


def test_nobody_hoards_tokens(browser: Client, employee: Any) -> None:
    for _ in range(20):
        Token.objects.issue(user=employee, name="CRM", scopes=[Scope.DIAL], days=1)
    assert browser.post("/dial/tokens/", WISH).status_code == 422
    Token.objects.filter(pk=Token.objects.first().pk).revoke()
    assert browser.post("/dial/tokens/", WISH).status_code == 200


def test_ones_own_token_is_revoked_at_once(browser: Client, employee: Any) -> None:
    token, text = Token.objects.issue(user=employee, name="CRM", scopes=list(Scope), days=1)
    browser.post(f"/dial/tokens/{token.pk}/revoke/")
    assert Program(text).get("people?q=nora").json()["detail"] == "This token was revoked."
    assert "revoked" in browser.get("/dial/tokens/").content.decode()


def test_anothers_token_is_neither_seen_nor_revoked(browser: Client) -> None:
    other = get_user_model().objects.create_user("other")
    token, text = Token.objects.issue(user=other, name="Secret CRM", scopes=list(Scope), days=1)
    assert "Secret CRM" not in browser.get("/dial/tokens/").content.decode()
    assert browser.post(f"/dial/tokens/{token.pk}/revoke/").status_code == 404
    assert browser.get(f"/dial/tokens/{token.pk}/revoke/").status_code == 405
    assert Program(text).get("people?q=nora").status_code == 200


def test_administrators_revoke_and_neither_make_nor_read(employee: Any) -> None:
    token, text = Token.objects.issue(user=employee, name="CRM", scopes=list(Scope), days=1)
    admin = Client()
    admin.force_login(get_user_model().objects.create_superuser("root"))
    for path in ("", f"{token.pk}/change/"):
        page = admin.get(f"/admin/api/token/{path}").content.decode()
        assert "CRM" in page
        assert token.digest not in page
    assert admin.get("/admin/api/token/add/").status_code == 403
    chosen = {"action": "revoke", "_selected_action": [token.pk]}
    told = admin.post("/admin/api/token/", chosen, follow=True).content.decode()
    assert "1 token is revoked." in told
    assert Program(text).get("people?q=nora").status_code == 401


def test_staff_without_the_right_do_not_revoke(employee: Any) -> None:
    from django.contrib.auth.models import Permission

    token, _text = Token.objects.issue(user=employee, name="CRM", scopes=list(Scope), days=1)
    staff = get_user_model().objects.create_user("staff", is_staff=True)
    staff.user_permissions.add(Permission.objects.get(codename="view_token"))
    browser = Client()
    browser.force_login(staff)
    browser.post("/admin/api/token/", {"action": "revoke", "_selected_action": [token.pk]})
    token.refresh_from_db()
    assert token.is_in_force
