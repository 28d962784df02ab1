"""The Chromium of this machine: where it is, and how it starts quietly."""

import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, BrowserType, Playwright, sync_playwright

from tests import programs

NAMES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--disable-background-networking",
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--no-default-browser-check",
    "--no-first-run",
)


class NoChromium(programs.Missing):
    """There is none; the text tells how to get one."""


def find(chromium: BrowserType) -> str:
    """The path of $CHROMIUM, else of the machine's own Chromium, else of Playwright's."""
    named = os.environ.get("CHROMIUM", "")
    paths = [shutil.which(named) or named] if named else [shutil.which(name) for name in NAMES]
    found = next(filter(None, paths), None) or chromium.executable_path
    if not os.path.exists(found):
        raise NoChromium(f"No Chromium at {found}; `make chromium` installs one.")
    return found


@contextmanager
def running() -> Iterator[Browser]:
    """One Chromium for several tests, with which it ends: as long as it runs, its event loop
    makes Django believe that everything around is asynchronous."""
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        try:
            browser = start(playwright)
        except NoChromium as reason:
            programs.or_skip(reason)
        with browser:
            yield browser


def start(playwright: Playwright) -> Browser:
    """A Chromium without a window; NoChromium where there is none."""
    return start_with(playwright.chromium)


def start_with(
    chromium: BrowserType, *flags: str, environment: Mapping[str, str] | None = None
) -> Browser:
    """The same with more flags, and with these variables in its environment."""
    return chromium.launch(
        executable_path=find(chromium),
        args=[*_flags(), *flags],
        env={**os.environ, **(environment or {})},
    )


def start_with_profile(chromium: BrowserType, folder: Path) -> BrowserContext:
    """A Chromium of its own that remembers what it is told, unlike the private windows above."""
    return chromium.launch_persistent_context(folder, executable_path=find(chromium), args=_flags())


def _flags() -> list[str]:
    # Chromium's sandbox refuses to run for root, whom containers like to run as.
    return [*FLAGS, "--no-sandbox"] if os.geteuid() == 0 else list(FLAGS)
