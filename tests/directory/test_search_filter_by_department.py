"""The filter by department shows the tree, for each stands for all below it, too."""

from django.test import Client
from pytest_django.asserts import assertContains, assertNotContains

from directory.models import Department
from tests.directory.conftest import Company


def options(page: Client) -> list[str]:
    """The departments that the filter offers, as they are read."""
    shown = page.get("/", headers={"X-Fragment": "filters"}).content.decode()
    offered = shown.split('name="department"')[1].split("</select>")[0].split("<option")[2:]
    return [each.split(">", 1)[1].split("</option>")[0] for each in offered]


def test_departments_stand_indented_below_what_they_belong_to(
    page: Client, company: Company
) -> None:
    Department.objects.create(name="Cash", parent=company.treasury)
    assert options(page) == [
        "Finance",
        "\xa0\xa0\xa0\xa0Treasury",
        "\xa0\xa0\xa0\xa0\xa0\xa0\xa0\xa0Cash",
        "Information Technology",
    ]


def test_what_a_department_belongs_to_is_heard_behind_its_name(
    page: Client, company: Company
) -> None:
    Department.objects.create(name="Cash & Coins", parent=company.treasury)
    shown = page.get("/", headers={"X-Fragment": "filters"})
    assertContains(shown, 'aria-label="Treasury, Finance"', count=1)
    assertContains(shown, 'aria-label="Cash &amp; Coins, Treasury, Finance"', count=1)
    assertNotContains(shown, 'aria-label="Finance')


def test_departments_of_one_name_say_where_they_belong(page: Client, company: Company) -> None:
    for parent in (company.treasury, company.it):
        Department.objects.create(name="Support", parent=parent)
    assert [each.strip("\xa0") for each in options(page)] == [
        "Finance",
        "Treasury",
        "Support (Finance › Treasury)",
        "Information Technology",
        "Support (Information Technology)",
    ]


def test_so_they_do_where_a_search_offers_to_narrow_by_them(page: Client, company: Company) -> None:
    support = Department.objects.create(name="Support", parent=company.it)
    Department.objects.create(name="Support", parent=company.treasury)
    company.add("Anna", "Frei", department=support)
    company.add("Anna", "Gross", department=company.finance)
    facets = page.get("/", {"q": "anna"}, headers={"X-Fragment": "facets"}).content.decode()
    assert "Support (Information Technology) <" in facets
    assert "Finance <" in facets


def test_a_circle_of_departments_is_offered_once(page: Client, company: Company) -> None:
    Department.objects.filter(pk=company.finance.pk).update(parent=company.treasury)
    assert [each.strip("\xa0") for each in options(page)] == [
        "Information Technology",
        "Finance",
        "Treasury",
    ]


def test_more_departments_cost_no_more_queries(
    page: Client, company: Company, django_assert_max_num_queries: object
) -> None:
    for number in range(30):
        Department.objects.create(name=f"D{number}", parent=company.it)
    with django_assert_max_num_queries(6):  # type: ignore[operator]
        options(page)
