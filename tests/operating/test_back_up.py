"""What was copied can be put back, on both databases."""

import json
import shutil
import subprocess
import tarfile
from pathlib import Path

import pytest

from tests import postgres
from tests.operating import company

pytestmark = pytest.mark.long


@pytest.fixture
def site(tmp_path):
    """A site on SQLite with a photo, and where its copies go."""
    (tmp_path / "media" / "photos").mkdir(parents=True)
    (tmp_path / "media" / "photos" / "ada.webp").write_bytes(b"a picture")
    with company.sqlite_site(tmp_path) as url:
        yield {"database_url": url, "folder": tmp_path}


def pages(**where):
    return json.loads(company.done("-m", "tests.upgrades.look", "pages", **where))[0]["pages"]


def test_a_copy_of_sqlite_is_a_whole_site(site):
    copies = site["folder"] / "copies"
    company.manage("back_up", str(copies), **site)
    restored = site["folder"] / "restored.sqlite3"
    shutil.copy(next(copies.glob("*.sqlite3")), restored)

    found = pages(database_url=f"sqlite:///{restored}", folder=site["folder"])

    assert found["ada"] == 1
    assert set(found["statuses"].values()) == {200}


def test_the_photos_are_copied_beside_it(site):
    copies = site["folder"] / "copies"
    company.manage("back_up", str(copies), **site)

    with tarfile.open(next(copies.glob("*.photos.tar"))) as tar:
        assert "media/photos/ada.webp" in tar.getnames()


def test_nobody_else_may_read_the_copies(site):
    copies = site["folder"] / "copies"
    company.manage("back_up", str(copies), **site)

    assert {path.stat().st_mode & 0o077 for path in [copies, *copies.iterdir()]} == {0}


def test_only_the_latest_copies_stay(site):
    copies = site["folder"] / "copies"
    copies.mkdir()
    for day in ("20200101", "20200102", "20200103"):
        (copies / f"clicktodial-{day}-000000.sqlite3").touch()
    (copies / "somebody-elses.sqlite3").touch()

    company.manage("back_up", str(copies), "--keep", "2", **site)

    kept = sorted(path.name for path in copies.glob("clicktodial-*.sqlite3"))
    assert len(kept) == 2
    assert kept[0] == "clicktodial-20200103-000000.sqlite3"
    assert (copies / "somebody-elses.sqlite3").exists()


def test_a_full_disk_is_told_and_leaves_nothing_half_written(site):
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("there is no /dev/full here")
    copies = site["folder"] / "copies"
    copies.mkdir()
    limited = (
        "import resource, runpy, signal, sys; signal.signal(signal.SIGXFSZ, signal.SIG_IGN); "
        "resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000)); "
        f"sys.argv = ['manage.py', 'back_up', {str(copies)!r}]; "
        "runpy.run_path('manage.py', run_name='__main__')"
    )

    answer = company.run("-c", limited, **site)

    assert answer.returncode == 1
    assert "The copy could not be written" in answer.stderr
    assert "Traceback" not in answer.stderr
    assert list(copies.iterdir()) == []


def test_a_folder_that_cannot_be_is_told(site):
    in_the_way = site["folder"] / "file"
    in_the_way.touch()

    said = company.refusal("back_up", str(in_the_way / "copies"), **site)

    assert "The copy could not be written" in said


@pytest.mark.long
def test_a_copy_of_postgresql_is_a_whole_site(tmp_path):
    with company.sqlite_site(tmp_path) as old, company.empty_postgres() as url:
        where = {"database_url": url, "folder": tmp_path}
        company.manage("move_database", "--from", old.removeprefix("sqlite:///"), **where)
        company.manage("back_up", str(tmp_path / "copies"), **where)
        dump = next((tmp_path / "copies").glob("*.dump"))
        with postgres.running() as restored:
            host, _, name = restored.partition("@/")[2].rpartition("/")
            tools = ("-h", host, "-U", "clicktodial", "--no-owner", f"--dbname={name}")
            subprocess.run(["pg_restore", *tools, str(dump)], check=True)

            found = pages(database_url=restored, folder=tmp_path)

    assert found["ada"] == 1
    assert set(found["statuses"].values()) == {200}


def test_a_restored_site_signs_everybody_out(site):
    sign_in = (
        "import django; django.setup(); from django.test import Client; "
        "from django.contrib.auth import get_user_model as model; c = Client(); "
        "c.force_login(model().objects.get(username='ada'), "
        "backend='clicktodial.signin.local.LocalBackend')"
    )
    company.run("-c", sign_in, **site)

    assert "1 sessions were ended." in company.manage("sign_everybody_out", **site)
