"""A database of any released version becomes one of this version, and keeps what was in it."""

import json

import pytest

from tests.upgrades.kept import LATEST, RELEASES, as_it_was, done, version_of

pytestmark = pytest.mark.long

STEPS = ("tables,columns", "migrate", "check", "current", "tables,columns,pages")


@pytest.fixture(scope="module", params=RELEASES, ids=[name[:-7] for name in RELEASES])
def upgraded(request, tmp_path_factory):
    """What is found in a release's database before and after `migrate`."""
    folder = tmp_path_factory.mktemp("upgrade")
    with as_it_was(request.param, folder=folder) as url:
        told = done("-m", "tests.upgrades.look", *STEPS, database_url=url, folder=folder)
    before, after = json.loads(told)[0], json.loads(told)[-1]
    return {"release": request.param, "before": before, "after": after, **after["pages"]}


def test_every_row_is_still_there(upgraded):
    before, after = upgraded["before"]["tables"], upgraded["after"]["tables"]
    lost = {
        table: (count, after.get(table))
        for table, count in before.items()
        if table != "django_migrations" and after.get(table, 0) < count
    }

    assert before["dialing_call"] == 2
    assert lost == {}


def test_people_are_found_by_name(upgraded):
    assert upgraded["ada"] == 1


def test_a_click_of_before_keeps_its_call(upgraded):
    assert upgraded["seen"] == "+41446681800"


def test_the_pages_open(upgraded):
    assert set(upgraded["statuses"].values()) == {200}, upgraded["statuses"]


def test_hosts_of_the_release_before_work_on_until_they_are_restarted(upgraded):
    """They read each column that they know, and write rows that do not name the new ones."""
    if version_of(upgraded["release"]) != LATEST:
        pytest.skip("older releases are taken here with a pause")
    before, after = upgraded["before"]["columns"], upgraded["after"]["columns"]
    gone = [
        f"{table}.{name}"
        for table, names in before.items()
        for name in names
        if name not in after.get(table, {})
    ]
    cannot_be_left_out = [
        f"{table}.{name}"
        for table, names in after.items()
        for name, may_be_left_out in names.items()
        if table in before and name not in before[table] and not may_be_left_out
    ]

    assert (gone, cannot_be_left_out) == ([], [])
