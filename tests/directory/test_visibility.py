"""Who finds a number, by its digits and on the directory's pages.

tests/test_canary_numbers.py walks every other route of the site.
"""

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.core.exceptions import ValidationError
from django.test import Client

from directory import lookup, owners, search
from directory.models import Favourite, KindVisibility, Person
from directory.visibility import ANYBODY, viewer_of
from tests.directory.conftest import Company

OPEN, DEPARTMENT, HIDDEN = "+41 44 111 11 11", "+41 44 222 22 22", "+41 44 333 33 33"
CANARIES = {"2222222": "department", "3333333": "nobody"}


@pytest.fixture
def anna(company: Company) -> Person:
    return company.add(
        "Anna", "Frei", ("work", OPEN), ("mobile", DEPARTMENT, "department"),
        ("home", HIDDEN, "nobody"), department=company.it, location=company.zurich,
    )  # fmt: skip


def seen(client: Client, anna: Person, user: Any) -> set[str]:
    """Which canaries are to be found on any route, in text or behind a link."""
    Favourite.objects.get_or_create(user=user, person=anna)
    pages = [
        "/", "/?q=anna", "/favourites/", f"/people/{anna.pk}/",
        f"/departments/{anna.department_id}/", f"/locations/{anna.location_id}/",
        "/departments/", "/locations/",
    ]  # fmt: skip
    text = "".join(client.get(path).content.decode() for path in pages)
    digits = "".join(sign for sign in text if sign.isdigit())
    viewer = viewer_of(user)
    found = {canary for canary in CANARIES if canary in digits}
    for number in (DEPARTMENT, HIDDEN):
        canary = number[-9:].replace(" ", "")
        asked = (number, number[-5:], canary, f"anna {canary}")
        by_search = any(search.find(text, viewer=viewer).people for text in asked)
        by_lookup = bool(owners.identify(number, viewer=viewer).owners)
        assert by_search == by_lookup == (canary in found)
    return found


def test_a_stranger_sees_only_what_everyone_sees(page: Client, anna: Person, user: Any) -> None:
    assert seen(page, anna, user) == set()


def test_a_colleague_of_the_department_sees_its_numbers(
    page: Client, anna: Person, user: Any, company: Company
) -> None:
    company.add("Eva", "Own", account=user, department=company.it)
    assert seen(page, anna, user) == {"2222222"}


def test_a_department_below_the_own_one_belongs_to_it(
    page: Client, anna: Person, user: Any, company: Company
) -> None:
    eva = company.add("Eva", "Own", account=user, department=company.treasury)
    Person.objects.filter(pk=anna.pk).update(department=company.finance)
    anna.refresh_from_db()
    assert seen(page, anna, user) == {"2222222"}
    Person.objects.filter(pk=anna.pk).update(department=company.treasury)
    anna.refresh_from_db()
    eva.department = company.finance  # above: not part of Anna's own
    eva.save()
    assert seen(page, anna, user) == set()


def test_departments_in_a_circle_are_each_others(anna: Person, user: Any, company: Company) -> None:
    company.add("Eva", "Own", account=user, department=company.it)
    Person.objects.filter(pk=anna.pk).update(department=company.treasury)
    type(company.it).objects.filter(pk=company.it.pk).update(parent=company.treasury)
    type(company.it).objects.filter(pk=company.finance.pk).update(parent=company.it)
    assert owners.identify(DEPARTMENT, viewer=viewer_of(user)).owners


def test_a_group_sees_what_is_shown_to_it(page: Client, anna: Person, user: Any) -> None:
    reception, others = (Group.objects.create(name=name) for name in ("Reception", "Others"))
    anna.numbers.filter(kind="home").update(visibility="group", group=reception)
    user.groups.add(others)
    assert seen(page, anna, user) == set()
    user.groups.add(reception)
    assert seen(page, anna, user) == {"3333333"}
    reception.delete()
    assert seen(page, anna, user) == set()


@pytest.mark.parametrize("visibility", ["everyone", "department", "group", "nobody"])
def test_a_kind_speaks_for_numbers_that_say_nothing(
    page: Client, anna: Person, user: Any, company: Company, visibility: str
) -> None:
    reception = Group.objects.create(name="Reception")
    group = reception if visibility == "group" else None
    anna.numbers.filter(kind="home").update(visibility="")
    KindVisibility.objects.create(kind="home", visibility=visibility, group=group)
    assert ("3333333" in seen(page, anna, user)) == (visibility == "everyone")
    user.groups.add(reception)
    company.add("Eva", "Own", account=user, department=company.it)
    assert ("3333333" in seen(page, anna, user)) == (visibility != "nobody")


def test_a_number_says_more_than_its_kind(page: Client, anna: Person, user: Any) -> None:
    KindVisibility.objects.create(kind="home", visibility="nobody")
    anna.numbers.filter(kind="home").update(visibility="everyone")
    assert seen(page, anna, user) == {"3333333"}


def test_a_group_must_be_named_and_is_forgotten_with_its_choice(anna: Person) -> None:
    number = anna.numbers.get(kind="home")
    number.visibility = "group"
    with pytest.raises(ValidationError, match="Choose the group"):
        number.clean()
    number.group = Group.objects.create(name="Reception")
    number.clean()
    number.visibility = "nobody"
    number.clean()
    assert number.group is None


def test_the_viewer_is_known_by_one_query(
    user: Any, company: Company, django_assert_num_queries: Any
) -> None:
    eva = company.add("Eva", "Own", account=user, department=company.treasury)
    group = Group.objects.create(name="Reception")
    user.groups.add(group)
    with django_assert_num_queries(1):
        viewer = viewer_of(user)
    assert (viewer.person_id, viewer.groups) == (eva.pk, (group.pk,))
    assert set(viewer.departments) == {company.treasury.pk, company.finance.pk}


def test_another_department_and_no_department_are_not_the_own_one(
    page: Client, anna: Person, user: Any, company: Company
) -> None:
    eva = company.add("Eva", "Own", account=user, department=company.finance)
    assert seen(page, anna, user) == set()
    eva.department = None
    eva.save()
    Person.objects.filter(pk=anna.pk).update(department=None)
    anna.refresh_from_db()
    assert not owners.identify(DEPARTMENT, viewer=viewer_of(user)).owners


def test_people_see_their_own_numbers(page: Client, anna: Person, user: Any) -> None:
    anna.account = user
    anna.save()
    assert seen(page, anna, user) == set(CANARIES)


def test_administrators_see_every_number(client: Client, anna: Person, boss: Any) -> None:
    client.force_login(boss)
    assert seen(client, anna, boss) == set(CANARIES)


def test_staff_see_every_number_only_with_the_permission(anna: Person) -> None:
    users = get_user_model().objects
    staff = users.create_user("staff", is_staff=True)
    assert not owners.identify(HIDDEN, viewer=viewer_of(staff)).owners
    staff.user_permissions.add(Permission.objects.get(codename="view_number"))
    assert owners.identify(HIDDEN, viewer=viewer_of(users.get(pk=staff.pk))).owners


def test_a_hidden_number_does_not_change_the_order(company: Company, user: Any) -> None:
    company.add("Anna", "Aa", ("work", "+41 44 668 18 00"))
    company.add("Zoe", "Zz", ("work", "+41 44 777 18 00"), ("extension", "1800", "nobody"))
    found = search.find("1800", viewer=viewer_of(user))
    assert [row.name for row in found.people] == ["Anna Aa", "Zoe Zz"]


def test_the_call_log_is_told_no_hidden_name(anna: Person) -> None:
    assert lookup.name_of("+41441111111") == lookup.name_of("41441111111") == "Anna Frei"
    assert lookup.name_of("+41442222222") == lookup.name_of("+41443333333") == ""


def test_somebody_who_left_is_shown_to_administrators_only(
    page: Client, anna: Person, boss: Any
) -> None:
    Person.objects.filter(pk=anna.pk).update(is_active=False)
    assert page.get(f"/people/{anna.pk}/").status_code == 404
    assert page.get(f"/people/{anna.pk}/photo/").status_code == 404
    assert owners.identify(OPEN, viewer=ANYBODY).owners == ()
    page.force_login(boss)
    answer = page.get(f"/people/{anna.pk}/")
    assert "not active" in answer.content.decode()
