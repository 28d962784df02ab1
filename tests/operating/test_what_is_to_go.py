"""What a release will take away is told by the checks one release before, with what to do."""

import pytest
from django.core import checks
from django.db import connection

from clicktodial import scheme

# Checks of models ask the database once what it supports.
pytestmark = pytest.mark.django_db


def told(**options):
    """What the checks say of variables and databases, by id."""
    found = checks.run_checks(**options)
    return {each.id: each for each in found if str(each.id).startswith("operating.")}


@pytest.fixture
def env_file(tmp_path, monkeypatch):
    monkeypatch.setattr(scheme, "ENV_FILE", tmp_path / ".env")
    return tmp_path / ".env"


def test_a_site_without_a_file_is_told_nothing(env_file):
    assert told() == {}


def test_known_variables_are_told_nothing(env_file):
    env_file.write_text(
        "# LOG_FROMAT=x\nSECRET_KEY=x\nexport SITE_NAME=y\nLDAP_BIND_PASSWORD_FILE=z\n"
    )

    assert told() == {}


def test_a_name_that_is_not_read_is_told_with_the_one_that_was_meant(env_file):
    env_file.write_text("LOG_FROMAT=json\n")

    assert ".env sets LOG_FROMAT" in told()["operating.W002"].msg
    assert "Did you mean LOG_FORMAT?" in told()["operating.W002"].hint


def test_what_it_is_set_to_is_not_told(env_file):
    env_file.write_text("PROXY_PASSWORT=pa55word\n")

    assert "pa55word" not in str(told())


@pytest.fixture
def renamed(monkeypatch):
    monkeypatch.setattr(scheme, "RENAMED", {"HOUSE_NAME": "SITE_NAME"})


@pytest.mark.parametrize("end", ["", "_FILE"])
def test_a_former_name_is_read_and_told(renamed, monkeypatch, end):
    environ = {f"HOUSE_NAME{end}": "Example"}
    monkeypatch.setattr(scheme, "carried_over", scheme.carry_over(environ))

    assert environ[f"SITE_NAME{end}"] == "Example"
    assert told()["operating.W001"].msg == "HOUSE_NAME is called SITE_NAME now."


def test_the_name_of_now_counts_before_the_former_one(renamed):
    environ = {"HOUSE_NAME": "old", "SITE_NAME_FILE": "/run/new"}
    scheme.carry_over(environ)

    assert "SITE_NAME" not in environ


def test_names_that_were_changed_are_no_variables_any_more():
    assert set(scheme.RENAMED) & set(scheme.SCHEME) == set()
    assert set(scheme.RENAMED.values()) <= set(scheme.SCHEME)


@pytest.mark.django_db
@pytest.mark.parametrize(("version", "told_of"), [(14_0015, True), (15_0004, False)])
def test_a_database_that_the_next_release_refuses_is_told(monkeypatch, version, told_of):
    monkeypatch.setattr(connection, "vendor", "postgresql")
    monkeypatch.setattr(connection, "pg_version", version, raising=False)

    assert ("operating.W003" in told(databases=["default"], tags=["database"])) == told_of
