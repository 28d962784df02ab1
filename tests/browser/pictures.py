"""Takes the pictures in docs/pictures anew, the moving one too, from the demo: `make pictures`."""

from io import BytesIO

from PIL import Image
from playwright.sync_api import Browser, expect, sync_playwright

from tests.browser import chromium, film
from tests.browser.visit import ROOT, choose_first_phone, demo, sign_in

FOLDER = ROOT / "docs" / "pictures"
SIZES = {"wide": (1280, 800), "narrow": (390, 844)}
SCHEMES = ("light", "dark")
COLOURS = 256
"""In a picture's palette: no eye misses the others, and the files are much smaller."""
SEARCH = "contracts"
TOOK = "The phone system took the call."


class Album:
    """The demo as one browser sees it, in one scheme and size."""

    def __init__(self, browser: Browser, *, site: str, phones: str, scheme: str, size: str) -> None:
        self._suffix = f"{scheme}-{size}"
        self._phones = phones
        width, height = SIZES[size]
        self._context = browser.new_context(
            base_url=site,
            viewport={"width": width, "height": height},
            color_scheme=scheme,
            is_mobile=True,  # its scroll bars take no room, so that no empty strip is seen
            reduced_motion="reduce",
        )
        self._page = self._context.new_page()

    def take_those_of_an_employee(self) -> None:
        page = self._page
        sign_in(page, "ada")
        self._close_the_call_bar()  # of the last album's call
        page.goto(f"/?q={SEARCH}")
        page.locator(".person-name").first.click()
        page.wait_for_load_state()
        person = page.url
        self._keep("person")
        number = page.locator("a.dial").first.get_attribute("data-number") or ""
        page.goto("/dial/device/")
        self._keep("device")
        page.goto("/dial/profile/")
        self._keep("profile")
        page.goto(f"/?q={SEARCH}")
        page.locator(f"a.dial[data-number='{number}']").click()
        bar = page.get_by_role("region", name="Call")
        expect(bar).to_contain_text(TOOK)
        self._keep("search")
        page.goto(person)
        bar.get_by_text("Phone did not ring?").click()
        self._keep("call-bar")
        page.goto(self._phones)
        expect(page.get_by_role("article").first).to_contain_text("Ringing")
        self._keep("phones")
        page.goto("/")
        bar.get_by_role("button", name="Hang up").click()
        expect(bar).to_contain_text("told to hang up")
        self._context.clear_cookies()

    def take_those_of_an_administrator(self) -> None:
        sign_in(self._page, "admin")
        self._page.goto("/admin/dialing/cluster/")
        self._page.locator("#result_list tbody a").first.click()
        self._page.wait_for_load_state()
        self._keep("cluster")
        self._context.close()

    def _close_the_call_bar(self) -> None:
        self._page.goto("/")
        close = self._page.get_by_role("button", name="Close the call bar")
        if close.is_visible():
            close.click()
            expect(close).to_have_count(0)

    def _keep(self, name: str) -> None:
        self._page.mouse.move(0, 0)
        self._page.evaluate("() => scrollTo(0, 0)")
        self._page.wait_for_load_state("load")
        seen = Image.open(BytesIO(self._page.screenshot()))
        drawn = seen.convert("RGB").quantize(COLOURS, kmeans=3, dither=Image.Dither.NONE)
        drawn.save(FOLDER / f"{name}-{self._suffix}.png", optimize=True)


def take() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    with demo() as (site, phones), sync_playwright() as playwright:
        browser = chromium.start(playwright)
        choose_first_phone(browser, site=site)
        for size in SIZES:
            for scheme in SCHEMES:
                album = Album(browser, site=site, phones=phones, scheme=scheme, size=size)
                album.take_those_of_an_employee()
                album.take_those_of_an_administrator()
        film.shoot(browser, site=site, phones=phones, folder=FOLDER)
        browser.close()
    bytes_taken = sum(picture.stat().st_size for picture in FOLDER.iterdir())
    print(f"{len(list(FOLDER.glob('*.png')))} pictures, {bytes_taken / 1000:.0f} kB")


if __name__ == "__main__":
    take()
