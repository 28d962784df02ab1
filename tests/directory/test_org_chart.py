"""The org chart: up and down from anybody, whatever is wrong in the data, in few questions."""

from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from pytest_django.asserts import assertContains, assertNotContains

from directory import chart
from directory.chart import Node
from directory.models import Person
from directory.visibility import ANYBODY
from tests.directory.conftest import Company


@pytest.fixture(autouse=True)
def fresh_counts() -> None:
    cache.clear()


def line(company: Company, *names: str) -> list[Person]:
    """People of whom each reports to the one before."""
    found: list[Person] = []
    for name in names:
        found.append(company.add(name, "Line", manager=found[-1] if found else None))
    return found


def drawn(node: Node) -> Any:
    """A node as its name and what is below it."""
    name = node.name.removesuffix(" Line")
    return (name, [drawn(each) for each in node.children]) if node.children else name


def around(person: Person, **options: Any) -> chart.Chart:
    return chart.draw(person, viewer=ANYBODY, **options)


def test_managers_stand_above_and_two_levels_below(company: Company) -> None:
    people = line(company, "A", "B", "C", "D", "E", "F")
    found = around(people[2])
    assert [each.name for each in found.above] == ["A Line", "B Line"]
    assert drawn(found.root) == ("C", [("D", ["E"])])
    assert found.root.children[0].children[0].reports == 1


def test_all_levels_are_drawn_where_they_are_asked_for(company: Company) -> None:
    people = line(company, *"ABCDEF")
    found = around(people[0], whole=True)
    assert drawn(found.root) == ("A", [("B", [("C", [("D", [("E", ["F"])])])])])
    assert not found.is_cut


def test_more_than_twelve_levels_are_cut_and_said_to_be(company: Company) -> None:
    people = line(company, *"ABCDEFGHIJKLMNO")
    found = around(people[0], whole=True)
    assert str(drawn(found.root)).count("[") == chart.DEEPEST
    assert found.is_cut
    assert len(around(people[-1]).above) == 14


@pytest.mark.parametrize("whole", [True, False])
def test_a_circle_is_cut_where_it_closes(company: Company, whole: bool) -> None:
    a, b, c = line(company, *"ABC")
    Person.objects.filter(pk=a.pk).update(manager=c)
    for person in (a, b, c):
        found = around(Person.objects.get(pk=person.pk), whole=whole)
        names = [each.name for each in found.above]
        assert person.name not in names
        assert len(names) == 2
        assert str(drawn(found.root)).count(person.name.removesuffix(" Line")) == 1


def test_a_circle_that_one_only_leads_into_is_left_once(company: Company) -> None:
    a, b, c = line(company, *"ABC")
    Person.objects.filter(pk=a.pk).update(manager=b)
    assert [each.name for each in around(c).above] == ["A Line", "B Line"]


def test_who_left_keeps_their_place_without_a_name(
    company: Company, page: Client, boss: Any
) -> None:
    a, b, c = line(company, *"ABC")
    company.add("Gone", "Entirely", manager=a, is_active=False)
    Person.objects.filter(pk=b.pk).update(is_active=False)
    assert drawn(around(a).root) == ("A", [("", ["C"])])
    assert [each.name for each in around(c).above] == ["A Line", ""]
    answer = page.get(f"/people/{c.pk}/org/")
    assertContains(answer, "Somebody who left")
    assertNotContains(answer, "B Line")
    assert page.get(f"/people/{b.pk}/org/").status_code == 404
    page.force_login(boss)
    assertContains(page.get(f"/people/{c.pk}/org/"), "B Line")


def test_five_hundred_reports_come_in_pages_and_cost_few_questions(
    company: Company, django_assert_max_num_queries: Any
) -> None:
    boss = company.add("Ruth", "Sutter")
    people = [
        Person(given_name=f"N{number:03}", family_name="R", manager=boss, sort_key=f"r n{number}")
        for number in range(1000, 1500)
    ]
    reports = Person.objects.bulk_create(people)
    Person.objects.bulk_create(
        Person(given_name=f"S{number}", family_name="S", manager=reports[0], sort_key=f"s{number}")
        for number in range(300)
    )
    seen: list[int] = []
    after = None
    while True:
        with django_assert_max_num_queries(8):
            found = around(boss, after=after)
        assert found.root.reports == 500
        seen += [each.pk for each in found.root.children]
        after = found.next
        if after is None:
            break
    assert len(seen) == len(set(seen)) == 500
    first = around(boss).root.children[0]
    assert (first.reports, first.children) == (300, ())
    with django_assert_max_num_queries(8):
        assert len(around(boss, whole=True).root.children[0].children) == 300


def test_a_deep_tree_costs_two_questions_a_level(
    company: Company, django_assert_max_num_queries: Any
) -> None:
    people = line(company, *"ABCDEFGHIJKLM")
    with django_assert_max_num_queries(2 * chart.DEEPEST + 6):
        around(people[0], whole=True)


def test_the_page_is_a_nested_list_that_opens_without_a_script(
    page: Client, company: Company
) -> None:
    people = line(company, *"ABCDE")
    answer = page.get(f"/people/{people[1].pk}/org/")
    assertContains(answer, 'aria-current="true"', count=1)
    assertContains(answer, "<details><summary>1 report")
    assertContains(answer, f'href="/people/{people[3].pk}/org/"')
    assertContains(page.get(f"/people/{people[1].pk}/org/?all"), "<details open>")
    text = answer.content.decode()
    assert text.count("<ul") == text.count("</ul>")
    assert text.count("<li>") + text.count("<li ") == text.count("</li>")


@pytest.mark.parametrize("after", ["x", "-1", "0", "9" * 40, "99999999"])
def test_a_bad_place_is_the_first_page(page: Client, company: Company, after: str) -> None:
    a, _b = line(company, "Ann", "Bo")
    assertContains(page.get(f"/people/{a.pk}/org/", {"after": after}), "Bo Line")


def test_the_tree_of_departments_names_heads_and_counts(page: Client, company: Company) -> None:
    company.treasury.head = company.add("Anna", "Frei", department=company.treasury)
    company.treasury.save()
    company.it.head = company.add("Left", "Long-Ago", is_active=False)
    company.it.save()
    answer = page.get("/departments/")
    assertContains(answer, "Anna Frei")
    assertNotContains(answer, "Long-Ago")
    finance = next(each for each in answer.context["branches"] if each.children)
    assert (finance.count, finance.children[0].head.name) == (1, "Anna Frei")
