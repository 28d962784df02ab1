"""The doctor answers people by a page and monitoring by a command, and shows no secret."""

import json
from io import StringIO
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from clicktodial.audit.models import Entry
from clicktodial.dialing.models import Cluster
from clicktodial.simulator import Simulator
from tests.dialing.scene import PASSWORD

PAGE = reverse("doctor:doctor")


def run(*arguments: str) -> tuple[int, str]:
    out = StringIO()
    try:
        call_command("doctor", *arguments, stdout=out)
    except SystemExit as end:
        return int(end.code or 0), out.getvalue()
    return 0, out.getvalue()


@pytest.fixture
def browser(transactional_db: None) -> Client:
    client = Client()
    client.force_login(get_user_model().objects.create_superuser("admin"))
    return client


def test_the_command_tells_monitoring_by_json_and_status(
    clusters: dict[str, Cluster], simulator: Simulator
) -> None:
    simulator.fault("west-1", "refuses")
    status, text = run("--json", "--only", "clusters")
    told = json.loads(text)
    assert (status, told["level"]) == (2, "trouble")
    levels = {part["title"]: part["level"] for part in told["parts"]}
    refused = [title for title, level in levels.items() if level == "trouble"]
    assert len(refused) == 1
    assert refused[0].startswith("west: ")
    simulator.mend()
    assert run("--only", "clusters")[0] == 1  # plain HTTP to an IP address is worth a notice


def test_the_command_shows_lines_to_people_and_no_secret(clusters: dict[str, Cluster]) -> None:
    status, text = run("--user-id", "ada")
    assert status in (1, 2)
    assert "Database: " in text
    assert "may act for others; ada has SEP" in text
    assert PASSWORD not in text


def test_the_page_is_there_at_once_and_asks_nobody(
    browser: Client, clusters: dict[str, Cluster], simulator: Simulator
) -> None:
    page = browser.get(PAGE)
    assert page.status_code == 200
    assert "Not examined yet." in page.content.decode()
    assert "west" in page.content.decode()
    assert simulator.requests == ()


def test_a_part_is_examined_by_itself(
    browser: Client, clusters: dict[str, Cluster], simulator: Simulator
) -> None:
    part = {"part": str(clusters["west"].pk)}
    answer = browser.post(PAGE, part, headers={"X-Fragment": "part"})
    text = answer.content.decode()
    assert "<html" not in text
    assert "answers as before 15SU5" in text
    assert {request.node for request in simulator.requests} == {"west-1", "west-2"}


def test_without_a_script_everything_is_examined_at_once(
    browser: Client, clusters: dict[str, Cluster], simulator: Simulator
) -> None:
    text = browser.post(PAGE, {"user_id": "ada"}).content.decode()
    assert "Not examined yet." not in text
    assert "ada is not at home here" in text
    assert "Search index" in text
    assert simulator.calls == ()
    assert Entry.objects.filter(action="tested", actor_name="admin").count() == 1


@pytest.mark.parametrize("part", ["nonsense", "999999", "-1", "site' OR"])
def test_a_part_that_is_not_there_breaks_nothing(browser: Client, part: str) -> None:
    assert browser.post(PAGE, {"part": part}).status_code in (200, 404)


def test_only_those_who_may_ask_the_doctor_see_it(clusters: Any, client: Client) -> None:
    helper = get_user_model().objects.create_user("helper", is_staff=True)
    client.force_login(helper)
    assert client.get(PAGE).status_code == 403
    assert client.post(PAGE).status_code == 403
    helper.user_permissions.add(Permission.objects.get(codename="use_doctor"))
    assert client.get(PAGE).status_code == 200
    assert "Doctor" in client.get(reverse("admin:index")).content.decode()
