"""An account finds its own entry and its own phone, or none: never somebody else's."""

from dataclasses import replace
from typing import Any

import pytest
from django.contrib.auth import get_user_model

from clicktodial.audit.models import Entry
from clicktodial.dialing.models import DialProfile
from clicktodial.signin import accounts
from clicktodial.signin.known import Reason, Refused, Source
from clicktodial.signin.models import Identity, Tie
from directory.models import Person
from tests.signin.people import entry, known

pytestmark = pytest.mark.django_db


def tie_of(user: Any) -> str:
    return Identity.objects.get(user=user).tie


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"external_id": "E-17", "source": "hr"}, {"external_ids": ("guid", "E-17")}),
        ({"cucm_user_id": "ADA"}, {}),
        ({"email": "Ada@Example.com"}, {"email": "ada@example.com"}),
    ],
    ids=["by the id at its source", "by the user id", "by the email address"],
)
def test_the_first_sign_in_finds_the_entry(fields: dict[str, Any], told: dict[str, Any]) -> None:
    person = entry(**fields)
    entry("Augusta")

    user = accounts.admit(known(**told))

    person.refresh_from_db()
    assert person.account == user
    assert tie_of(user) == Tie.TIED


def test_a_rule_that_is_left_out_ties_nobody(settings: Any) -> None:
    settings.ACCOUNTS = replace(settings.ACCOUNTS, tie_by=("external_id",))
    entry(cucm_user_id="ada", email="ada@example.com")

    user = accounts.admit(known(email="ada@example.com"))

    assert tie_of(user) == Tie.NONE


def test_where_several_entries_fit_none_is_taken_and_administrators_are_told() -> None:
    entry("Ada", email="ada@example.com")
    entry("Augusta", email="ADA@example.com")

    user = accounts.admit(known(email="ada@example.com"))

    assert not hasattr(user, "person")
    assert tie_of(user) == Tie.AMBIGUOUS
    assert Entry.objects.get(action="not_tied").facts == {"why": "ambiguous"}


def test_an_entry_that_has_an_account_is_not_taken_over() -> None:
    other = get_user_model().objects.create_user("someone")
    person = entry(cucm_user_id="ada", account=other)

    user = accounts.admit(known())

    person.refresh_from_db()
    assert person.account == other
    assert tie_of(user) == Tie.TAKEN


def test_somebody_who_is_still_here_comes_before_somebody_who_has_left() -> None:
    entry("Old", email="ada@example.com", is_active=False)
    person = entry("New", email="ada@example.com")

    user = accounts.admit(known(email="ada@example.com"))

    assert user.person == person


def test_an_entry_is_tied_once_and_then_kept() -> None:
    first = entry("Ada", cucm_user_id="ada")
    user = accounts.admit(known())
    Person.objects.update(cucm_user_id="")
    entry("Augusta", cucm_user_id="ada")

    accounts.admit(known())

    user.refresh_from_db()
    assert user.person == first


def test_an_entry_that_comes_later_is_found_at_a_later_sign_in() -> None:
    accounts.admit(known())
    person = entry(cucm_user_id="ada")

    user = accounts.admit(known())

    assert user.person == person
    assert tie_of(user) == Tie.TIED


def test_rooms_and_services_are_nobodys_entry() -> None:
    entry("Nimbus", kind="room", email="ada@example.com")

    assert tie_of(accounts.admit(known(email="ada@example.com"))) == Tie.NONE


def test_one_dials_as_ones_entry_says() -> None:
    entry(email="ada@example.com", cucm_user_id="alovelace")

    user = accounts.admit(known(email="ada@example.com"))

    assert DialProfile.objects.of(user).cucm_user_id == "alovelace"


def test_without_an_entry_one_dials_as_nobody() -> None:
    """The user name may be one that somebody chose: it must not ring another's phone."""
    assert DialProfile.objects.of(accounts.admit(known("ceo"))).cucm_user_id == ""


def test_who_was_here_before_the_entry_dials_as_it_says_from_then_on() -> None:
    accounts.admit(known())
    entry(cucm_user_id="ada")

    user = accounts.admit(known())

    assert DialProfile.objects.of(user).cucm_user_id == "ada"


def test_what_an_administrator_took_away_is_not_given_again() -> None:
    entry(cucm_user_id="ada")
    user = accounts.admit(known())
    DialProfile.objects.filter(user=user).update(cucm_user_id="")

    accounts.admit(known())

    assert DialProfile.objects.of(user).cucm_user_id == ""


def test_nor_is_it_given_again_by_another_way_of_signing_in(settings: Any) -> None:
    settings.ACCOUNTS = replace(settings.ACCOUNTS, join=True)
    entry(cucm_user_id="ada")
    user = accounts.admit(known())
    DialProfile.objects.filter(user=user).update(cucm_user_id="")

    assert accounts.admit(known(source=Source.OPENID)) == user

    assert DialProfile.objects.of(user).cucm_user_id == ""


@pytest.mark.parametrize(("rule", "name"), [("user_name", "ada"), ("email_name", "a.lovelace")])
def test_settings_may_say_as_whom_one_dials(rule: str, name: str, settings: Any) -> None:
    settings.ACCOUNTS = replace(settings.ACCOUNTS, calling_user_id=rule)

    user = accounts.admit(known(email="a.lovelace@example.com"))

    assert DialProfile.objects.of(user).cucm_user_id == name


def test_no_two_accounts_are_given_one_phone(settings: Any) -> None:
    settings.ACCOUNTS = replace(settings.ACCOUNTS, calling_user_id="email_name")
    accounts.admit(known("ada", email="lovelace@one.example"))

    second = accounts.admit(known("augusta", email="lovelace@two.example"))

    assert DialProfile.objects.of(second).cucm_user_id == ""


def test_what_an_administrator_corrected_stays() -> None:
    entry(cucm_user_id="ada")
    user = accounts.admit(known())
    DialProfile.objects.filter(user=user).update(cucm_user_id="ada.l")

    accounts.admit(known())

    assert DialProfile.objects.of(user).cucm_user_id == "ada.l"


# --- Whose account it is ---


def test_an_account_is_known_by_its_id_when_its_name_changes() -> None:
    user = accounts.admit(known("ada", subject="guid-1"))

    assert accounts.admit(known("ada.king", subject="guid-1", family_name="King")) == user
    user.refresh_from_db()
    assert user.last_name == "King"
    assert Identity.objects.get().username == "ada.king"


def test_a_name_that_is_given_again_does_not_bring_the_old_account(settings: Any) -> None:
    settings.ACCOUNTS = replace(settings.ACCOUNTS, join=True)
    accounts.admit(known("ada", subject="guid-1"))

    with pytest.raises(Refused) as refused:
        accounts.admit(known("ada", subject="guid-2"))

    assert refused.value.reason is Reason.NAME_TAKEN
    note = Entry.objects.get(action="sign_in_refused")
    assert note.facts == {"source": "ldap", "user_name": "ada", "why": "name_taken"}


def test_an_account_of_the_same_name_is_left_alone() -> None:
    get_user_model().objects.create_user("Ada", password="her-own")

    with pytest.raises(Refused):
        accounts.admit(known("ada"))

    assert get_user_model().objects.count() == 1


def test_it_is_joined_where_settings_say_that_names_are_people(settings: Any) -> None:
    settings.ACCOUNTS = replace(settings.ACCOUNTS, join=True)
    user = get_user_model().objects.create_user("Ada", password="her-own")

    assert accounts.admit(known("ada")) == user
    assert accounts.admit(known("ada", source=Source.OPENID, subject="sub")) == user


def test_but_never_an_administrator_with_a_password(settings: Any) -> None:
    settings.ACCOUNTS = replace(settings.ACCOUNTS, join=True)
    get_user_model().objects.create_superuser("admin", password="secret-word")

    with pytest.raises(Refused):
        accounts.admit(known("admin"))


@pytest.mark.parametrize("told", [{"subject": ""}, {"username": ""}, {"username": "x" * 151}])
def test_whoever_comes_without_a_usable_name_is_refused(told: dict[str, Any]) -> None:
    with pytest.raises(Refused) as refused:
        accounts.admit(known(**told))

    assert refused.value.reason is Reason.NAMELESS
    assert not get_user_model().objects.exists()


def test_an_account_made_so_has_no_password() -> None:
    assert not accounts.admit(known()).has_usable_password()
