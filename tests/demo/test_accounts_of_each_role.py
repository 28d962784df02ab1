"""The demo has an account of each role, which sees in the administration what it should."""

import pytest
from django.contrib.auth import get_user_model
from django.test import Client, override_settings

from clicktodial.demo import accounts, rows
from clicktodial.signin import roles

pytestmark = pytest.mark.django_db
PASSWORD = "a-password-of-the-tests"


@pytest.fixture
def company(tmp_path):
    with override_settings(MEDIA_ROOT=tmp_path):
        roles.make()
        rows.write(password=PASSWORD)
        accounts.write(password=PASSWORD)
        yield


def test_each_signs_in_is_somebody_and_sees_their_part(company):
    for username, (role, _title) in accounts.ACCOUNTS.items():
        browser = Client()
        browser.force_login(get_user_model().objects.get(username=username))
        page = browser.get("/admin/")
        assert page.status_code == 200
        user = page.wsgi_request.user
        assert user.check_password(PASSWORD)
        assert user.person.cucm_user_id == user.dial_profile.cucm_user_id
        held = set(user.groups.values_list("name", flat=True))
        assert held == {"Employee", roles.NAMES[role]}
    ada = get_user_model().objects.get(username="ada")
    assert [group.name for group in ada.groups.all()] == ["Employee"]
