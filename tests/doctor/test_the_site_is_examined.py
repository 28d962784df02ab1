"""The doctor tells what the site lacks: each line is fine, or says what to do."""

from pathlib import Path
from typing import Any

import django
import pytest
from django.db import connection
from django.test import override_settings

from clicktodial.dialing.reach import Finding, Level
from clicktodial.doctor import site
from directory.models import Location, Person, PersonText

pytestmark = pytest.mark.django_db
MANIFEST = "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"


def found(subject: str) -> Finding:
    parts = site.examine()
    return next(each for part in parts for each in part.findings if each.subject == subject)


def test_a_sound_site_is_fine() -> None:
    (here, _settings) = site.examine()
    wrong = [each for each in here.findings if each.level is Level.TROUBLE]
    assert not wrong
    subjects = {each.subject for each in here.findings}
    assert subjects >= {
        "Database",
        "Migrations",
        "Cache",
        "Search index",
        "Static files",
        "Disk",
        "Mail",
        "Time zones",
    }


def test_a_migration_that_is_missing_is_trouble() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'audit'")
    assert found("Migrations").level is Level.TROUBLE
    assert "migrate" in found("Migrations").advice


def test_a_cache_of_each_process_is_worth_a_notice() -> None:
    assert found("Cache").level is Level.NOTICE
    assert "CACHE_URL" in found("Cache").advice


@pytest.mark.parametrize(
    ("backend", "level"),
    [
        ("django.core.cache.backends.dummy.DummyCache", "notice"),
        ("clicktodial.shared_cache.SharedCache", "trouble"),
    ],
)
def test_a_cache_that_keeps_nothing_or_is_away_is_told(backend: str, level: str) -> None:
    away = {"BACKEND": backend, "LOCATION": "redis://127.0.0.1:1"}
    with override_settings(CACHES={"default": away}):
        assert found("Cache").level == level


@pytest.mark.parametrize("lost", [True, False])
def test_an_index_that_lags_behind_is_trouble(lost: bool) -> None:
    people = [Person.objects.create(given_name="Eva", family_name=f"Ito{n}") for n in range(3)]
    assert found("Search index").says == "3 people can be found"
    row = PersonText.objects.filter(pk=people[0].pk)
    row.delete() if lost else row.update(names=" somebody else")
    assert found("Search index").level is Level.TROUBLE
    assert "reindex" in found("Search index").advice


def test_static_files_that_were_not_collected_are_trouble(tmp_path: Path) -> None:
    stores = {"default": {"BACKEND": MANIFEST}, "staticfiles": {"BACKEND": MANIFEST}}
    with override_settings(STATIC_ROOT=tmp_path, STORAGES=stores):
        assert found("Static files").level is Level.TROUBLE
        assert "collectstatic" in found("Static files").advice


def test_static_files_of_another_version_are_trouble(tmp_path: Path) -> None:
    stores = {"default": {"BACKEND": MANIFEST}, "staticfiles": {"BACKEND": MANIFEST}}
    manifest = '{"version": "1.1", "hash": "", "paths": {"js/dial.js": "js/dial.0123456789ab.js"}}'
    (tmp_path / "staticfiles.json").write_text(manifest)
    with override_settings(STATIC_ROOT=tmp_path, STORAGES=stores):
        assert "Not those of this version: js/" in found("Static files").says


def test_a_mail_server_that_is_away_is_told_where_mail_is_wanted() -> None:
    assert found("Mail").level is Level.NOT_TRIED
    smtp = "django.core.mail.backends.smtp.EmailBackend"
    nowhere: dict[str, Any] = (
        {"EMAIL_BACKEND": smtp, "EMAIL_PORT": 1}
        if django.VERSION < (6, 1)
        else {
            "MAILERS": {"default": {"BACKEND": smtp, "OPTIONS": {"host": "localhost", "port": 1}}}
        }
    )
    with override_settings(ADMINS=["a@example.com"], **nowhere):
        assert found("Mail").level is Level.NOTICE


def test_a_time_zone_that_this_server_does_not_know_is_trouble() -> None:
    Location.objects.create(name="Atlantis", time_zone="Ocean/Atlantis")
    assert "Ocean/Atlantis" in found("Time zones").says


def test_unsafe_settings_are_told_with_their_hint(settings: Any) -> None:
    settings.DEBUG = True
    wrong = found("dialing.E001")
    assert wrong.level is Level.TROUBLE
    assert "DEBUG=false" in wrong.advice


def test_one_thing_out_of_order_keeps_the_doctor_from_no_other() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE directory_persontext")
    subjects = {each.subject for part in site.examine() for each in part.findings}
    assert {"search index", "Time zones"} <= subjects
