"""Pictures of every page in both schemes and three widths, to look at: `make pictures`.

Beside them one on paper, one in forced colours, and one as a screen of 1280 points shows it at
400 %. They go into a folder outside of version control. The walk is that of the axe test, over
the demo.
"""

import os
import sys
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser import chromium
from tests.browser.visit import ROOT, choose_first_phone, demo, sign_in

FOLDER = ROOT / "var" / "album"
WIDTHS = (360, 768, 1280)
SCHEMES = ("light", "dark")
PLAIN = {"media": "screen", "color_scheme": "light", "forced_colors": "none"}
LOOKS: dict[str, tuple[int, dict[str, Any]]] = {
    **{
        f"{width}-{scheme}": (width, {"color_scheme": scheme})
        for width in WIDTHS
        for scheme in SCHEMES
    },
    "print": (718, {"media": "print"}),  # A4 between margins of 10 mm
    "forced": (1280, {"forced_colors": "active", "color_scheme": "dark"}),
    "zoomed": (320, {}),
}
HIGHEST = 6000  # pixels of a page that are shown


def _keep(browser: Browser, site: str) -> int:
    from tests.browser.walk import every_page

    taken = 0
    with browser.new_context(base_url=site, reduced_motion="reduce") as context:
        page = context.new_page()
        page.goto(site + "/sign-in/")
        taken += _shoot(page, "sign-in")
        sign_in(page, "admin")
        for route in every_page(page, site=site):
            taken += _shoot(page, route)
    return taken


def _shoot(page: Page, route: str) -> int:
    name = "".join(it if it.isalnum() or it in "-." else "-" for it in route).strip("-") or "home"
    for look, (width, media) in LOOKS.items():
        page.emulate_media(**PLAIN | media)
        page.set_viewport_size({"width": width, "height": 900})
        height = page.evaluate("() => document.documentElement.scrollHeight")
        clip = {"x": 0, "y": 0, "width": width, "height": min(height, HIGHEST)}
        page.screenshot(path=FOLDER / f"{name}-{look}.png", full_page=True, clip=clip)
    page.emulate_media(**PLAIN)
    return len(LOOKS)


def take() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"  # only to know the site's addresses
    os.environ["DEMO"] = "true"
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    import django

    django.setup()
    FOLDER.mkdir(parents=True, exist_ok=True)
    for old in FOLDER.glob("*.png"):
        old.unlink()
    with demo() as (site, _), sync_playwright() as playwright:
        browser = chromium.start(playwright)
        choose_first_phone(browser, site=site)
        taken = _keep(browser, site.rstrip("/"))
        browser.close()
    print(f"{taken} pictures in {FOLDER.relative_to(ROOT)}")


if __name__ == "__main__":
    sys.exit(take())
