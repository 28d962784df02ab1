"""A real Chromium before the real site, behind which a simulated Unified CM runs."""

from collections.abc import Callable, Generator, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Error, Page, expect

from clicktodial.dialing import clusters as doors
from clicktodial.dialing.models import Cluster, Mode
from clicktodial.simulator import Simulator
from directory.models import Department, Location, Number, Person
from tests.browser import chromium as chromiums
from tests.browser import elsewhere as others
from tests.browser import site as sites
from tests.browser.console import Console
from tests.browser.elsewhere import Elsewhere
from tests.browser.scene import SCENE
from tests.dialing import scene

WAIT = 10_000
"""Milliseconds in which a page shows what it has to, also on a busy machine."""
QUICK = 20
"""Times as fast as for people, animations run."""
OPENED = pytest.StashKey[list[BrowserContext]]()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker("browser")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, Any, Any]:
    report = yield
    if report.failed and (contexts := item.stash.get(OPENED, None)):
        for page in (page for context in contexts for page in context.pages):
            with suppress(Error):
                seen = page.locator("body").aria_snapshot(timeout=2000)
                report.sections.append((f"What stood on {page.url}", seen))
    return report


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """One Chromium for all."""
    expect.set_options(timeout=WAIT)
    with chromiums.running() as browser:
        yield browser


@pytest.fixture(scope="session")
def static_files() -> None:
    sites.collect()


@pytest.fixture(scope="package")
def site(static_files: None, django_db_setup: None) -> Iterator[str]:
    with sites.serve() as address:
        yield address


@pytest.fixture(scope="session")
def running_simulator() -> Iterator[Simulator]:
    with Simulator(SCENE) as simulator:
        yield simulator


@pytest.fixture
def simulator(running_simulator: Simulator) -> Iterator[Simulator]:
    running_simulator.reset()
    yield running_simulator
    running_simulator.reset()
    doors.close_all()


@pytest.fixture
def clusters(transactional_db: None, simulator: Simulator) -> dict[str, Cluster]:
    return scene.enter(simulator)


@pytest.fixture
def ada(clusters: dict[str, Cluster]) -> Any:
    """Lives on west (Axis), has chosen the first line of her desk phone."""
    user = get_user_model().objects.create_user("ada", password="ada-pass", first_name="Ada")
    scene.choose(user, device=scene.ADA_DESK, line="1001 ; Internal", home=clusters["west"])
    return user


@pytest.fixture
def bruno(clusters: dict[str, Cluster]) -> Any:
    """Lives on east (document/literal), dials in Unified CM's own window."""
    user = get_user_model().objects.create_user("bruno", password="bruno-pass")
    profile = scene.choose(
        user, device=scene.BRUNO_DESK, line="2001 ; Global E164", home=clusters["east"]
    )
    profile.mode = Mode.POPUP
    profile.save()
    return user


@pytest.fixture
def newcomer(clusters: dict[str, Cluster]) -> Any:
    """Ada's Unified CM user, who has chosen no phone yet."""
    return get_user_model().objects.create_user("ada", password="ada-pass")


@pytest.fixture
def nora(transactional_db: None) -> Person:
    """The colleague who is called: a work number, an extension, a fax; and others around her."""
    zurich = Location.objects.create(
        name="Zürich HQ", city="Zürich", country="CH", time_zone="Europe/Zurich"
    )
    finance = Department.objects.create(name="Finance")
    nora = Person.objects.create(
        given_name="Nora",
        family_name="Keller",
        title="Head of Treasury and of Everything That Has To Be Counted Twice",
        department=finance,
        location=zurich,
        email="nora.keller@department-with-a-very-long-name.example.com",
    )
    written = (("work", "+41 44 668 18 00"), ("extension", "4567"), ("fax", "+41 44 668 18 99"))
    for order, (kind, text) in enumerate(written):
        Number.objects.create(person=nora, kind=kind, written=text, order=order)
    norbert = Person.objects.create(
        given_name="Norbert",
        family_name="Wolfeschlegelsteinhausenbergerdorff",
        department=finance,
        location=zurich,
        manager=nora,
    )
    long = (("mobile", "+41 79 123 45 67"), ("main", "+41 44 668 18 01,,123456#"))
    for order, (kind, text) in enumerate(long):
        Number.objects.create(person=norbert, kind=kind, written=text, order=order)
    return nora


@pytest.fixture
def console() -> Iterator[Console]:
    console = Console()
    yield console
    console.check()


@pytest.fixture
def open_browser(
    chromium: Browser,
    site: str,
    console: Console,
    transactional_db: None,
    request: pytest.FixtureRequest,
) -> Iterator[Callable[..., BrowserContext]]:
    """A browser of its own, with nobody signed in, whose complaints are heard."""
    opened = request.node.stash[OPENED] = []

    def open_one(**options: Any) -> BrowserContext:
        # The nodes' certificates come from a private CA, which only the site was told to trust.
        # Nothing moves, so that no contrast is measured in the middle of a fade.
        options = {"reduced_motion": "reduce", "ignore_https_errors": True} | options
        context = chromium.new_context(base_url=site, **options)
        context.set_default_timeout(WAIT)
        console.watch(context)
        opened.append(context)
        return context

    yield open_one
    for context in opened:
        context.close()


@pytest.fixture
def page_of(open_browser: Callable[..., BrowserContext], site: str) -> Callable[..., Page]:
    """A page of a browser in which the user is signed in."""

    def open_page(user: Any, **options: Any) -> Page:
        context = open_browser(**options)
        sign_in(context, user, site)
        page = context.new_page()
        # Before a button that asks, half a second is for people.
        devtools = context.new_cdp_session(page)
        devtools.send("Animation.enable")
        devtools.send("Animation.setPlaybackRate", {"playbackRate": QUICK})
        return page

    return open_page


def sign_in(context: BrowserContext, user: Any, site: str) -> None:
    """Give the browser a session in which the user is signed in."""
    client = Client()
    client.force_login(user)
    name = settings.SESSION_COOKIE_NAME
    context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": site}])


@pytest.fixture
def elsewhere() -> Iterator[Elsewhere]:
    """A site of another origin, which shows what a test has it show."""
    with others.serve() as site:
        yield site
