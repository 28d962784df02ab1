"""A database of any released version becomes one of this version, and keeps what was in it."""

import json

import pytest

from tests.upgrades.kept import RELEASES, as_it_was, done

pytestmark = pytest.mark.long


@pytest.fixture(scope="module", params=RELEASES, ids=[name[:-7] for name in RELEASES])
def upgraded(request, tmp_path_factory):
    """What is found in a release's database before and after `migrate`."""
    folder = tmp_path_factory.mktemp("upgrade")
    with as_it_was(request.param, folder=folder) as url:
        where = {"database_url": url, "folder": folder}
        before = json.loads(done("-m", "tests.upgrades.look", "tables", **where))
        done("manage.py", "migrate", "--no-input", "--verbosity", "0", **where)
        done("manage.py", "check", "--database", "default", **where)
        after = json.loads(done("-m", "tests.upgrades.look", "tables", **where))
        found = json.loads(done("-m", "tests.upgrades.look", "pages", **where))
        done("manage.py", "migrate", "--check", **where)
    return {"before": before, "after": after, **found}


def test_every_row_is_still_there(upgraded):
    lost = {
        table: (count, upgraded["after"].get(table))
        for table, count in upgraded["before"].items()
        if table != "django_migrations" and upgraded["after"].get(table, 0) < count
    }

    assert upgraded["before"]["dialing_call"] == 2
    assert lost == {}


def test_people_are_found_by_name(upgraded):
    assert upgraded["ada"] == 1


def test_a_click_of_before_keeps_its_call(upgraded):
    assert upgraded["seen"] == "+41446681800"


def test_the_pages_open(upgraded):
    assert set(upgraded["statuses"].values()) == {200}, upgraded["statuses"]
