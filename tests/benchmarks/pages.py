"""What the search page costs a browser, beside Django admin's list of the same people.

    python -m tests.benchmarks.pages        (make bench-pages)

Chromium itself counts bytes and requests (CDP Network), the largest paint, layout shifts and long
tasks (PerformanceObserver); each page in a fresh window, the median of ROUNDS. The limit is a page
of one line by the same server. "Slow" is 150 ms and 1.6 Mbit/s with a processor four times slower.
Paints are measured twice: as people come to a page, by the sign-in page, which has the same
stylesheet and script; and by an empty browser, which has to fetch them first. Bytes of a first
visit are those of an empty browser.

What is simplified: server and browser share this machine, which slows both, and the network of the
quick figures is the loopback. People have no photos, as in most directories on the first day; each
photo seen is one request more, fetched lazily and kept.
"""

import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from typing import Any, NamedTuple

from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, sync_playwright

from tests.benchmarks.lighthouse import NoLighthouse, marks
from tests.benchmarks.yardsticks import Figure
from tests.browser import chromium as chromiums
from tests.browser.traffic import counted
from tests.chaos.environment import set_environment

PEOPLE = 10_000
ROUNDS = 5
PAGES = {"one line": "/hello", "search": "/?q=an", "admin": "/admin/directory/person/?q=an"}
SCREEN: ViewportSize = {"width": 1280, "height": 800}
SLOW = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 1.6e6 / 8,
    "uploadThroughput": 750e3 / 8,
}
SEEN = """() => new Promise((done) => {
    const seen = { largest: 0, shift: 0, long: 0 };
    const watch = (type, take) => new PerformanceObserver((list) => list.getEntries().forEach(take))
        .observe({ type, buffered: true });
    watch("largest-contentful-paint", (it) => { seen.largest = it.startTime; });
    watch("layout-shift", (it) => { seen.shift += it.hadRecentInput ? 0 : it.value; });
    watch("longtask", (it) => { seen.long = Math.max(seen.long, it.duration); });
    setTimeout(() => done(seen), 400);
})"""
TYPING = """() => {
    const box = document.getElementById("q");
    const found = document.getElementById("found");
    window.painted = new Promise((done) => {
        let began;
        box.addEventListener("input", () => { began = performance.now(); }, { once: true });
        new MutationObserver((_, watching) => {
            watching.disconnect();
            requestAnimationFrame(() => setTimeout(() => done(performance.now() - began)));
        }).observe(found, { childList: true });
    });
}"""


class Visit(NamedTuple):
    """One page as it is opened; an empty browser has nothing of the site yet."""

    page: str
    is_slow: bool = False
    is_empty: bool = False

    def __str__(self) -> str:
        how = (", slow" if self.is_slow else "") + (", empty browser" if self.is_empty else "")
        return self.page + how


VISITS = [
    Visit(name, is_slow=slow, is_empty=empty)
    for empty in (False, True)
    for slow in (False, True)
    for name in PAGES
]


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="clicktodial-bench-") as name:
        set_environment(Path(name))
        os.environ["DJANGO_SETTINGS_MODULE"] = "clicktodial.settings"
        import django

        django.setup()
        cookie = _fill()
        with _served(Path(name)) as site, sync_playwright() as playwright:
            os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
            browser = chromiums.start(playwright)
            figures = [*_weights(browser, site, cookie), *_times(browser, site, cookie)]
            browser.close()
            path = chromiums.find(playwright.chromium)
            figures += _lighthouse(site + PAGES["search"], cookie=cookie, chromium=path)
    print()
    for figure in figures:
        print(figure)
    return 0 if all(figure.holds for figure in figures) else 1


def _fill() -> str:
    """Fills the database; the session cookie of somebody who may see both pages."""
    from django.conf import settings
    from django.contrib.auth import get_user_model
    from django.core.management import call_command
    from django.db import connections
    from django.test import Client

    from tests.benchmarks import searching

    os.environ["DJANGO_SETTINGS_MODULE"] = "clicktodial.settings"  # that module has its own
    searching.fill(PEOPLE)
    call_command("collectstatic", interactive=False, verbosity=0)
    user = get_user_model().objects.create_superuser("ada", password=None)
    browser = Client()
    browser.force_login(user, backend="clicktodial.signin.local.LocalBackend")
    connections.close_all()
    return f"{settings.SESSION_COOKIE_NAME}={browser.cookies[settings.SESSION_COOKIE_NAME].value}"


@contextmanager
def _served(folder: Path) -> Iterator[str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "tests.benchmarks.pages_site:application"]
    command += ["--bind", f"127.0.0.1:{port}", "--worker-class", "gthread", "--workers", "1"]
    command += ["--threads", "8", "--log-level", "error", "--no-control-socket"]
    with subprocess.Popen(command) as process:
        try:
            _wait(port)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()


def _wait(port: int) -> None:
    for _ in range(300):
        try:
            HTTPConnection("127.0.0.1", port, timeout=5).request("GET", "/hello")
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit("The site did not start.")


def _window(browser: Browser, site: str, cookie: str) -> BrowserContext:
    context = browser.new_context(base_url=site, viewport=SCREEN)
    _sign_in(context, site, cookie)
    return context


def _sign_in(context: BrowserContext, site: str, cookie: str) -> None:
    name, _, value = cookie.partition("=")
    context.add_cookies([{"name": name, "value": value, "url": site}])


def _weights(browser: Browser, site: str, cookie: str) -> Iterator[Figure]:
    """Bytes and requests of a first visit and of the next."""
    found: dict[str, tuple[Any, Any]] = {}
    print(f"\nOn the wire, {PEOPLE} people  {'first visit':>24} {'next visit':>22}")
    for name, path in PAGES.items():
        with _window(browser, site, cookie) as context:
            page = context.new_page()
            first = counted(page, lambda page=page, path=path: page.goto(path))
            following = counted(page, lambda page=page, path=path: page.goto(f"{path}&r=2"))
        found[name] = first, following
        told = [f"{it.total / 1000:8.1f} kB {len(it.requests):3} requests" for it in found[name]]
        print(f"  {name:<26} {'   '.join(told)}")
    first, following = found["search"]
    yield Figure("kB_of_a_first_visit", first.total / 1000, 25)
    yield Figure("kB_of_the_next_visit", following.total / 1000, 8)
    yield Figure("requests_of_a_first_visit", len(first.requests), 6)


def _times(browser: Browser, site: str, cookie: str) -> Iterator[Figure]:
    """Paints, shifts, long tasks and typing, quick and slow; rounds take turns."""
    seen: dict[Visit, list[dict[str, float]]] = {}
    typed: dict[bool, list[float]] = {True: [], False: []}
    for _ in range(ROUNDS):
        for visit in VISITS:
            with browser.new_context(base_url=site, viewport=SCREEN) as context:
                page = context.new_page()
                if not visit.is_empty:
                    page.goto("/sign-in/")
                _sign_in(context, site, cookie)
                if visit.is_slow:
                    _slow_down(page)
                page.goto(PAGES[visit.page])
                seen.setdefault(visit, []).append(page.evaluate(SEEN))
                if visit.page == "search" and not visit.is_empty:
                    typed[visit.is_slow].append(_typed(page))
    print(f"\n{'Median of':>9} {ROUNDS}  {'largest paint':>37} {'shift':>8} {'longest task':>14}")
    median: dict[Visit, dict[str, float]] = {}
    for visit, rounds in seen.items():
        each = median[visit] = {
            key: statistics.median(it[key] for it in rounds) for key in rounds[0]
        }
        figures = f"{each['largest']:>9.0f} ms {each['shift']:>8.3f} {each['long']:>11.0f} ms"
        print(f"  {visit!s:<35} {figures}")
    for slow, times in typed.items():
        kind = "slow" if slow else "quick"
        print(f"  a letter typed to results painted, {kind}: {statistics.median(times):.0f} ms")

    def over_one_line(*, empty: bool) -> float:
        one, other = (
            median[Visit(name, is_slow=True, is_empty=empty)] for name in ("one line", "search")
        )
        return other["largest"] / one["largest"]

    yield Figure("largest_paint_slow_over_one_line", over_one_line(empty=False), 1.5)
    yield Figure("the_same_in_an_empty_browser", over_one_line(empty=True), 1.5)
    searches = [each for visit, each in median.items() if visit.page == "search"]
    yield Figure("layout_shift", max(each["shift"] for each in searches), 0)
    yield Figure("ms_from_typing_to_results", statistics.median(typed[False]), 60 + 40)
    yield Figure("ms_of_the_longest_task", median[Visit("search")]["long"], 50)


def _slow_down(page: Page) -> None:
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", SLOW)
    session.send("Emulation.setCPUThrottlingRate", {"rate": 4})


def _typed(page: Page) -> float:
    page.evaluate(TYPING)
    page.locator("#q").press("End")
    page.keyboard.type("a")
    return float(page.evaluate("() => window.painted"))


def _lighthouse(address: str, *, cookie: str, chromium: str) -> Iterator[Figure]:
    print("\nLighthouse")
    try:
        found = marks(address, cookie=cookie, chromium=chromium)
    except NoLighthouse as reason:
        print(f"  not measured: {reason}")
        return
    for name, mark in found.items():
        yield Figure(f"lighthouse_{name}", mark, 100, at_least=True)


if __name__ == "__main__":
    sys.exit(main())
