"""What deploy/ and docs/ name is there: commands, variables, files."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml
from django.core.management import get_commands

from clicktodial.settings import SCHEME

ROOT = Path(__file__).parents[2]
TEXTS = [
    *(ROOT / "docs").glob("*.md"),
    ROOT / "README.md",
    *(path for path in (ROOT / "deploy").rglob("*") if path.is_file()),
]
UNITS = sorted((ROOT / "deploy" / "systemd").iterdir())


@pytest.mark.parametrize("path", TEXTS, ids=[path.name for path in TEXTS])
def test_every_command_that_is_named_is_there(path):
    text = path.read_text()
    code = "\n".join(re.findall(r"^```$.*?^```$|`[^`\n]+`", text, re.MULTILINE | re.DOTALL))
    named = {
        *re.findall(r"manage\.py ([a-z][a-z_]+)", text),
        *re.findall(r"(?:^|`|&& )clicktodial ([a-z][a-z_]+)", code, re.MULTILINE),
    }

    assert named <= set(get_commands())


@pytest.mark.parametrize("path", TEXTS, ids=[path.name for path in TEXTS])
def test_every_page_that_is_linked_is_there(path):
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", path.read_text())

    assert [link for link in links if not (path.parent / link).exists()] == []


@pytest.mark.parametrize("path", TEXTS, ids=[path.name for path in TEXTS])
def test_every_benchmark_and_target_that_is_named_is_there(path):
    named = set(re.findall(r"`make ([a-z]+[a-z-]*)", path.read_text()))
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    bench = {f"bench-{path.stem}" for path in (ROOT / "tests" / "benchmarks").glob("*.py")}

    assert named - targets - bench == set()


def test_the_compose_file_sets_only_variables_that_there_are():
    described = yaml.safe_load((ROOT / "deploy" / "compose.yaml").read_text())
    set_there = described["services"]["site"]["environment"]

    assert {name.removesuffix("_FILE") for name in set_there} <= set(SCHEME)
    assert {"SECRET_KEY_FILE", "ENCRYPTION_KEYS_FILE", "DATABASE_URL_FILE"} <= set(set_there)


def test_the_compose_file_does_daily_what_the_timer_does():
    described = yaml.safe_load((ROOT / "deploy" / "compose.yaml").read_text())
    unit = (ROOT / "deploy" / "systemd" / "clicktodial-daily.service").read_text()
    commands = r"manage\.py (.+?)(?: \|\| exit)?$"
    daily = re.findall(commands, described["services"]["daily"]["command"][-1], re.MULTILINE)

    assert len(daily) > 5
    assert daily == re.findall(commands, unit, re.MULTILINE)


def test_a_command_runs_as_the_service_does():
    """As its user, in its folder, with its variables and secrets."""
    unit = (ROOT / "deploy" / "systemd" / "clicktodial.service").read_text()
    command = ROOT / "deploy" / "clicktodial"
    asked = re.findall(r"-p (\S+)", command.read_text())

    assert len(asked) == 7
    assert [each for each in asked if f"\n{each}\n" not in unit] == []
    assert re.search(r"ExecStart=(\S+/)gunicorn", unit)[1] in command.read_text()
    subprocess.run(["sh", "-n", command], check=True)
    assert os.access(command, os.X_OK)


def test_the_container_file_copies_what_is_there():
    written = (ROOT / "deploy" / "Containerfile").read_text()
    copied = re.findall(r"^COPY (?!--from)(\S+) ", written, re.MULTILINE)

    assert "clicktodial" in copied
    assert [name for name in copied if not (ROOT / name).exists()] == []
    assert all((ROOT / name).exists() for name in re.findall(r"-r (\S+)", written))


def test_systemd_accepts_the_units(tmp_path):
    program = shutil.which("systemd-analyze")
    if program is None:
        pytest.skip("systemd is not installed")
    for unit in UNITS:
        # The programs are not where the units expect them, which is all that may be said of them.
        text = re.sub(r"/srv/clicktodial/\.venv/bin/\w+", "/bin/true", unit.read_text())
        (tmp_path / unit.name).write_text(text)
    units = [str(tmp_path / unit.name) for unit in UNITS]
    told = subprocess.run([program, "verify", *units], capture_output=True, text=True)

    complaints = [line for line in told.stderr.splitlines() if str(tmp_path) in line]
    assert complaints == []


@pytest.mark.parametrize("path", UNITS, ids=[path.name for path in UNITS])
def test_no_unit_holds_a_secret(path):
    assert not re.search(r"(SECRET_KEY|ENCRYPTION_KEYS|DATABASE_URL)=", path.read_text())
