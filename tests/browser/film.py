"""A click, a ringing phone and hanging up as a moving picture for the README: `make pictures`.

Taken from the demo by the browser itself: the site on the left, the simulated desk phone beside it.
"""

from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, expect

from tests.browser.visit import sign_in

WIDTH, HEIGHT = 900, 520
PHONE = 300
FILE = "call.webp"
TOOK = "The phone system took the call"


class Film:
    """Frames and how long each is seen."""

    def __init__(self, site: Page, phones: Page) -> None:
        self._site, self._phones = site, phones
        self._frames: list[Image.Image] = []
        self._times: list[int] = []

    def keep(self, milliseconds: int) -> None:
        """What is to be seen now, for so long."""
        self._phones.evaluate("() => document.querySelector('article').scrollIntoView()")
        frame = Image.new("RGB", (WIDTH + PHONE + 1, HEIGHT), "#c9d1d9")
        frame.paste(_seen(self._site, WIDTH), (0, 0))
        frame.paste(_seen(self._phones, PHONE), (WIDTH + 1, 0))
        self._frames.append(frame)
        self._times.append(milliseconds)

    def save(self, file: Path) -> None:
        first, *others = self._frames
        first.save(
            file,
            "WEBP",
            save_all=True,
            append_images=others,
            duration=self._times,
            loop=0,
            quality=62,
            method=6,
            minimize_size=True,
        )


def _seen(page: Page, width: int) -> Image.Image:
    seen = Image.open(BytesIO(page.screenshot())).convert("RGB")
    return seen.crop((0, 0, width, HEIGHT))


def shoot(browser: Browser, *, site: str, phones: str, folder: Path) -> None:
    """Types a name, clicks the number, lets the phone ring, hangs up."""
    options = {"color_scheme": "light", "reduced_motion": "reduce", "is_mobile": True}
    with (
        browser.new_context(
            base_url=site, viewport={"width": WIDTH, "height": HEIGHT}, **options
        ) as one,
        browser.new_context(viewport={"width": PHONE, "height": HEIGHT}, **options) as other,
    ):
        page, phone = one.new_page(), other.new_page()
        sign_in(page, "ada")
        close = page.get_by_role("button", name="Close the call bar")
        if close.is_visible():
            close.click()
            expect(close).to_have_count(0)
        page.goto("/")
        phone.goto(phones)
        film = Film(page, phone)
        film.keep(900)
        box = page.get_by_role("searchbox")
        for letter in "contr":
            box.press_sequentially(letter)
            page.wait_for_timeout(350)
            film.keep(240)
        film.keep(900)
        number = page.locator("#found a.dial").first
        number.hover()
        film.keep(700)
        number.click()
        film.keep(250)
        bar = page.get_by_role("region", name="Call")
        expect(bar).to_contain_text(TOOK)
        expect(phone.get_by_role("article").first).to_contain_text("Ringing")
        film.keep(2600)
        hang_up = bar.get_by_role("button", name="Hang up")
        hang_up.hover()
        film.keep(700)
        hang_up.click()
        expect(bar).to_contain_text("told to hang up")
        expect(phone.get_by_role("article").first).not_to_contain_text("Ringing")
        film.keep(2200)
        film.save(folder / FILE)
