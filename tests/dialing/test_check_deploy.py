"""`manage.py check --deploy` is clean in production and stops what is not fit for it."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from cryptography.fernet import Fernet
from django.conf import settings as site
from django.core.checks import run_checks

# Checks of models ask the database once what it supports.
pytestmark = pytest.mark.django_db

PRODUCTION = {
    "ALLOWED_HOSTS": "numbers.example.com",
    "DEBUG": "false",
    "DEMO": "false",
    "HTTPS": "true",
    "SECRET_KEY": "".join(chr(33 + place * 7 % 90) for place in range(64)).replace("$", "d"),
}


def test_the_production_settings_are_clean(tmp_path: Path) -> None:
    answer = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "INFO"],
        cwd=site.BASE_DIR,
        env=os.environ
        | PRODUCTION
        | {
            "DATABASE_URL": f"sqlite:///{tmp_path / 'site.sqlite3'}",
            "DJANGO_SETTINGS_MODULE": "clicktodial.settings",
            "ENCRYPTION_KEYS": Fernet.generate_key().decode(),
            "STATIC_ROOT": str(tmp_path / "static"),
        },
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert answer.returncode == 0, answer.stderr
    assert "no issues" in answer.stdout


def found() -> set[str]:
    messages = run_checks(include_deployment_checks=True)
    return {str(message.id) for message in messages if str(message.id).startswith("dialing.")}


@pytest.fixture
def production(settings: Any) -> Any:
    settings.DEBUG, settings.DEMO, settings.HTTPS = False, False, True
    settings.ALLOWED_HOSTS = ["numbers.example.com"]
    return settings


def test_safe_settings_are_told_nothing(production: Any) -> None:
    assert found() == set()


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("DEBUG", True, "dialing.E001"),
        ("HTTPS", False, "dialing.E002"),
        ("DEMO", True, "dialing.E003"),
    ],
)
def test_an_unsafe_setting_is_told_by_its_id(
    production: Any, name: str, value: bool, told: str
) -> None:
    setattr(production, name, value)
    assert found() == {told}


def test_plain_http_is_fine_on_this_machine_alone(production: Any) -> None:
    production.HTTPS = False
    production.ALLOWED_HOSTS = ["localhost", "127.0.0.1"]
    assert found() == set()


def test_unsafe_settings_do_not_trouble_a_developer(production: Any) -> None:
    production.DEBUG = True
    assert not [m for m in run_checks() if str(m.id).startswith("dialing.")]
