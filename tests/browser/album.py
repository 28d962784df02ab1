"""Pictures of every page in both schemes and three widths, to look at: `make pictures`.

They go into a folder outside of version control. The walk is that of the axe test, over the demo.
"""

import os
import sys

from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser import chromium
from tests.browser.visit import ROOT, choose_first_phone, demo, sign_in

FOLDER = ROOT / "var" / "album"
WIDTHS = (360, 768, 1280)
SCHEMES = ("light", "dark")
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
    for width in WIDTHS:
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            page.set_viewport_size({"width": width, "height": 900})
            height = page.evaluate("() => document.documentElement.scrollHeight")
            clip = {"x": 0, "y": 0, "width": width, "height": min(height, HIGHEST)}
            file = FOLDER / f"{name}-{width}-{scheme}.png"
            page.screenshot(path=file, full_page=True, clip=clip)
    return len(WIDTHS) * len(SCHEMES)


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
