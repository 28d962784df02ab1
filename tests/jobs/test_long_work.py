"""A work is begun, told as it goes, and seen to its end; a dead one is noticed."""

import io
import os
import signal
import threading
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from clicktodial.jobs import beats, kinds, runs, terminal
from clicktodial.jobs.kinds import Outcome, Progress
from clicktodial.jobs.models import SILENCE, Job

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def boss() -> Any:
    return get_user_model().objects.create_superuser("boss", password="x")


@pytest.fixture
def own_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Processes that are started use the tests' database."""
    if connection.vendor != "sqlite":
        pytest.skip("told to a process of its own by a file's name")
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "clicktodial.settings")
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{connection.settings_dict['NAME']}")


def test_a_work_ends_with_what_it_has_to_say() -> None:
    job = runs.run(runs.begin("count"))
    assert (job.state, job.said, job.result) == ("done", "Counted to 3.", {"most": 3})
    assert (job.done, job.total) == (3, 3)


def test_a_work_that_refuses_says_why() -> None:
    job = runs.run(runs.begin("refuse"))
    assert (job.state, job.said) == ("failed", "The file is empty.")


def test_a_work_that_breaks_tells_no_details(caplog: pytest.LogCaptureFixture) -> None:
    job = runs.run(runs.begin("break"))
    assert job.state == "failed"
    assert "secret" not in job.said
    assert "secret detail" in caplog.text


def test_a_job_is_run_once() -> None:
    job = runs.begin("count")
    runs.run(Job.objects.get(pk=job.pk))
    ended = Job.objects.get(pk=job.pk).ended_at
    assert runs.run(job).ended_at == ended


def test_only_one_goes_on_at_a_time() -> None:
    first = runs.begin("count", alone="import")
    with pytest.raises(runs.Busy, match="goes on already"):
        runs.begin("count", alone="import")
    runs.run(first)
    runs.begin("count", alone="import")


def test_progress_is_seen_while_the_work_holds_its_transaction(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(runs, "BEAT", 0.02)
    seen: list[int] = []
    go_on = threading.Event()

    @kinds.kind("hold", "Hold")
    def hold(*, progress: Progress, **job: Any) -> Outcome:
        from django.db import transaction

        with transaction.atomic():
            progress.begin("Writing", total=10)
            progress.step(4)
            assert go_on.wait(20)
        return Outcome("Written.")

    job = runs.begin("hold")

    def work() -> None:
        runs.run(Job.objects.get(pk=job.pk))
        connection.close()

    worker = threading.Thread(target=work)
    worker.start()
    deadline = time.monotonic() + 20
    while job.look().done != 4 and time.monotonic() < deadline:
        time.sleep(0.01)
    seen.append(job.done)
    go_on.set()
    worker.join()
    assert seen == [4]
    assert job.look().state == "done"


def test_a_process_that_died_is_told_and_makes_room_for_the_next() -> None:
    job = runs.begin("count", alone="import")
    long_ago = timezone.now() - SILENCE - timedelta(seconds=1)
    Job.objects.filter(pk=job.pk).update(state="running", beat_at=long_ago)
    runs.begin("count", alone="import")
    assert job.look().state == "died"


def test_a_heartbeat_keeps_a_long_work_alive() -> None:
    job = runs.begin("count")
    long_ago = timezone.now() - SILENCE - timedelta(seconds=1)
    Job.objects.filter(pk=job.pk).update(state="running", beat_at=long_ago)
    beats.beat(job, done=5, total=9, words="Reading")
    assert (job.look().state, job.done, job.total, job.words) == ("running", 5, 9, "Reading")


def test_work_outlives_the_request_in_a_process_of_its_own(own_processes: None) -> None:
    job = runs.start("reindex")
    _wait(job)
    assert (job.state, job.said) == ("done", "The search index is fresh: 0 people.")
    assert not (_beats() / f"{job.pk}.json").exists()


def test_a_process_that_knows_no_such_work_says_so(own_processes: None) -> None:
    # No such kind in that process: it ends at once, and says why rather than going silent.
    job = runs.start("count")
    _wait(job)
    assert (job.state, job.said) == ("failed", "There is no such work.")


def _beats() -> Path:
    return Path(f"{connection.settings_dict['NAME']}-jobs")


def _wait(job: Job) -> None:
    deadline = time.monotonic() + 60
    while not job.look().is_over and time.monotonic() < deadline:
        time.sleep(0.05)


def test_a_stopped_process_leaves_a_job_that_says_so() -> None:
    @kinds.kind("stop", "Stop", stopped="Nothing was kept.")
    def stop(**job: Any) -> Outcome:
        os.kill(os.getpid(), signal.SIGINT)
        time.sleep(5)
        return Outcome("never")

    job = runs.begin("stop")
    with pytest.raises(KeyboardInterrupt):
        runs.run(job)
    assert (job.look().state, job.said) == ("died", "Nothing was kept.")


def test_the_page_shows_how_far_it_is_without_a_script(client: Client, boss: Any) -> None:
    job = runs.begin("count", by=boss, about="people.csv")
    Job.objects.filter(pk=job.pk).update(state="running")
    beats.beat(job, done=1200, total=4000, words="Reading")
    client.force_login(boss)
    page = client.get(f"/admin/jobs/job/{job.pk}/change/")
    assertContains(page, 'http-equiv="refresh"')
    assertContains(page, "Reading 1,200 of 4,000 (30 %)")


def test_the_page_of_a_job_that_ended_says_how_and_leads_on(client: Client, boss: Any) -> None:
    job = runs.run(runs.begin("count", by=boss))
    client.force_login(boss)
    page = client.get(f"/admin/jobs/job/{job.pk}/change/")
    assertContains(page, "Counted to 3.")
    assertContains(page, 'href="/there/"')
    assertNotContains(page, "http-equiv")
    assertContains(client.get("/admin/jobs/job/"), "Count to three")


def test_others_see_no_progress_of_mine(client: Client, boss: Any) -> None:
    job = runs.begin("count", by=boss)
    other = get_user_model().objects.create_user("other", password="x", is_staff=True)
    client.force_login(other)
    assert client.get(f"/admin/jobs/job/{job.pk}/progress/").status_code == 403


def test_a_terminal_sees_one_line_that_is_written_over() -> None:
    class Screen(io.StringIO):
        def isatty(self) -> bool:
            return True

    screen, progress = Screen(), Progress()
    progress.begin("Reading", total=2000)
    progress.step(1000)
    line = terminal.Line(screen)
    line(progress)
    line.close()
    assert "\rReading ██████████░░░░░░░░░░ 1,000 of 2,000" in screen.getvalue()
    assert screen.getvalue().endswith("\r")
