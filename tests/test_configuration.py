"""Settings come from one scheme; what is missing or wrong is told before anything runs."""

import base64
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from clicktodial.environment import Environment
from clicktodial.settings import SCHEME

ROOT = Path(__file__).resolve().parent.parent
KEY = base64.urlsafe_b64encode(b"k" * 32).decode()  # the same in every worker of pytest


def python(*arguments, folder, **variables):
    """Runs Python with a bare environment: what is unset is empty, so that no .env fills it."""
    bare = dict.fromkeys(SCHEME, "") | {f"{name}_FILE": "" for name in SCHEME}
    sound = {
        "SECRET_KEY": "k" * 50,
        "ENCRYPTION_KEYS": KEY,
        "DATABASE_URL": f"sqlite:///{folder}/db.sqlite3",
        "STATIC_ROOT": str(folder / "static"),
        "DJANGO_SETTINGS_MODULE": "clicktodial.settings",
    }
    return subprocess.run(
        [sys.executable, *arguments],
        env={"PATH": os.environ["PATH"], **bare, **sound, **variables},
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
    )


def setting(name, *, folder, **variables):
    show = f"from django.conf import settings; print(settings.{name}, end='')"
    answer = python("-c", show, folder=folder, **variables)
    assert answer.returncode == 0, answer.stderr
    return answer.stdout


def test_env_example_shows_exactly_the_variables_of_the_scheme():
    shown = re.findall(r"^(?:# )?([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE)

    assert sorted(shown) == sorted(SCHEME)


def test_the_configuration_page_describes_exactly_the_variables_of_the_scheme():
    page = (ROOT / "docs" / "configuration.md").read_text()

    assert sorted(re.findall(r"^### `([A-Z_]+)`", page, re.MULTILINE)) == sorted(SCHEME)


def test_every_variable_is_described_in_at_least_a_sentence():
    page = (ROOT / "docs" / "configuration.md").read_text()
    described = re.findall(r"^### `([A-Z_]+)`\n(.+)", page, re.MULTILINE)

    assert [name for name, text in described if len(text) < 30] == []
    assert len(described) == len(SCHEME)


def test_every_variable_that_can_be_left_out_says_its_default():
    page = (ROOT / "docs" / "configuration.md").read_text()
    sections = dict(re.findall(r"^### `([A-Z_]+)`\n(.*?)(?=^#|\Z)", page, re.MULTILINE | re.DOTALL))
    optional = [name for name, (_, *default) in SCHEME.items() if default]

    assert [name for name in optional if "efault" not in sections[name]] == []


def test_the_defaults_that_env_example_shows_are_the_real_ones(monkeypatch):
    for name in SCHEME:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(f"{name}_FILE", raising=False)
    real = Environment(**SCHEME)
    text = (ROOT / ".env.example").read_text()
    shown = dict(re.findall(r"^# ([A-Z_]+)=(.*)$", text, re.MULTILINE))
    default = {name: real(name) for name in shown}
    for name, value in shown.items():
        monkeypatch.setenv(name, value)

    for name in shown:
        if name.endswith(("_ROOT", "_DIR")):
            assert default[name] == ROOT / shown[name]
        else:
            assert real(name) == default[name], name


def test_env_example_filled_in_starts_the_site(tmp_path):
    lines = (ROOT / ".env.example").read_text().splitlines()
    shown = dict(line.split("=", 1) for line in lines if re.match(r"[A-Z_]+=", line))
    required = {"SECRET_KEY", "ENCRYPTION_KEYS", "DATABASE_URL"}
    example = {name: value for name, value in shown.items() if name not in required}

    assert setting("SITE_NAME", folder=tmp_path, **example) == "Example directory"


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("SECRET_KEY", ""),
        ("SECRET_KEY", "short-$ecret"),
        ("ENCRYPTION_KEYS", ""),
        ("ENCRYPTION_KEYS", "not-a-key"),
        ("ENCRYPTION_KEYS", f"{KEY},half-a-key"),
        ("ENCRYPTION_KEYS", ","),
        ("DEBUG", "treu"),
        ("HTTPS", "maybe"),
        ("DIALING", "2"),
        ("DEMO", "ja"),
        ("PROXIES", "6"),
        ("PROXIES", "-1"),
        ("SESSION_HOURS", "twelve"),
        ("SESSION_HOURS", "0"),
        ("CALL_DAYS", "0"),
        ("CALL_DAYS", "for ever"),
        ("TIME_ZONE", "Europe/Zürich"),
        ("DEFAULT_COUNTRY", "Switzerland"),
        ("LANGUAGE", "tlh"),
        ("LOG_LEVEL", "LOUD"),
        ("DATABASE_URL", "mysql://user:pa55word@host/name"),
        ("DATABASE_URL", "nonsense"),
        ("DATABASE_URL", "postgres://user:pa55word@host:port/name"),
        ("CACHE_URL", "nonsense://somewhere"),
        ("CACHE_URL", "redis://:pa55word[@host"),
        ("SECRET_KEY_FILE", "/nowhere/secret"),
    ],
)
def test_a_wrong_or_missing_value_stops_the_start_with_a_sentence(variable, value, tmp_path):
    answer = python("manage.py", "check", folder=tmp_path, **{variable: value})

    assert answer.returncode == 1
    assert answer.stdout == ""
    assert variable in answer.stderr
    assert "Traceback" not in answer.stderr
    assert len(answer.stderr.strip().splitlines()) == 1
    for secret in ("short-$ecret", "not-a-key", "half-a-key", KEY, "pa55word"):
        assert secret not in answer.stderr


def test_the_server_stops_with_the_same_sentence(tmp_path):
    answer = python("-c", "import clicktodial.wsgi", folder=tmp_path, SECRET_KEY="")

    assert answer.returncode == 1
    assert answer.stderr.startswith("clicktodial cannot start. SECRET_KEY is not set.")
    assert "Traceback" not in answer.stderr


def test_sound_settings_pass_the_checks(tmp_path):
    answer = python("manage.py", "check", folder=tmp_path)

    assert answer.returncode == 0, answer.stderr


def test_a_secret_comes_from_a_file_and_loses_its_last_newline(tmp_path):
    file = tmp_path / "secret"
    file.write_text("f" * 50 + "\n")

    found = setting("SECRET_KEY", folder=tmp_path, SECRET_KEY="", SECRET_KEY_FILE=str(file))

    assert found == "f" * 50


def test_the_file_counts_before_the_variable(tmp_path):
    file = tmp_path / "secret"
    file.write_text("f" * 50)

    assert setting("SECRET_KEY", folder=tmp_path, SECRET_KEY_FILE=str(file)) == "f" * 50


@pytest.mark.parametrize("secret", ["$HOME" + "x" * 40, "x" * 40 + "$PATH$", "a$$b" + "x" * 40])
def test_a_dollar_in_a_secret_is_a_dollar(secret, tmp_path):
    assert setting("SECRET_KEY", folder=tmp_path, SECRET_KEY=secret) == secret


def test_a_dollar_in_a_database_password_is_a_dollar(tmp_path):
    url = "postgres://clicktodial:$pa$$word@database.example.com/clicktodial"

    found = setting("DATABASES['default']['PASSWORD']", folder=tmp_path, DATABASE_URL=url)

    assert found == "$pa$$word"


def test_a_dollar_in_a_secret_file_is_a_dollar(tmp_path):
    file = tmp_path / "secret"
    file.write_text("$HOME" + "x" * 40 + "\n")

    found = setting("SECRET_KEY", folder=tmp_path, SECRET_KEY_FILE=str(file))

    assert found == "$HOME" + "x" * 40


def test_redis_may_be_out_without_taking_the_site_with_it(tmp_path):
    found = setting(
        "CACHES['default']['BACKEND']", folder=tmp_path, CACHE_URL="rediscache://host:6379/1"
    )

    assert found == "clicktodial.shared_cache.SharedCache"


@pytest.mark.parametrize("lock", ["run.txt", "test.txt"])
def test_a_lock_names_no_address_of_any_index(lock):
    text = (ROOT / "requirements" / lock).read_text()

    assert "://" not in text
    assert "--hash=sha256:" in text


def test_what_runs_and_what_is_tested_are_locked_alike():
    locks = [
        dict(re.findall(r"^([a-z0-9-]+)(?:\[[a-z,]+\])?==([^ ;]+)", text, re.MULTILINE))
        for text in ((ROOT / "requirements" / lock).read_text() for lock in ("run.txt", "test.txt"))
    ]
    run, test = locks

    assert run
    assert {name: test.get(name) for name in run} == run
