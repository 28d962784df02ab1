"""Somebody changes their own entry, and a colleague calls the number that is not shown."""

import re
from collections.abc import Callable
from io import BytesIO
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import Page, expect

from clicktodial.simulator import Simulator
from directory.models import Number, Person, WrongNumber
from tests.browser.test_every_page import found_by_axe
from tests.browser.test_narrow_screens import TOO_WIDE

CANARY = "7654321"


def test_a_number_is_hidden_by_its_owner_and_dialled_by_a_colleague(
    page_of: Callable[..., Page], ada: Any, bruno: Any, nora: Person, simulator: Simulator
) -> None:
    entry = Person.objects.create(given_name="Ada", family_name="Keller", account=bruno)
    Number.objects.create(person=entry, kind="home", written="+41 44 765 43 21")

    page = page_of(bruno, bypass_csp=True)
    page.add_init_script(Axe().axe_script)
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto("/me/")
    assert not found_by_axe(page)
    assert not page.evaluate(TOO_WIDE)
    out = BytesIO()
    Image.new("RGB", (300, 300), "teal").save(out, "PNG")
    page.get_by_label("New photo").set_input_files(
        {"name": "me.png", "mimeType": "image/png", "buffer": out.getvalue()}
    )
    page.get_by_label("Preferred name").fill("Addie")
    page.get_by_label("Home").select_option(label="Nobody else")
    page.get_by_label("May be dialled without being shown").check()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", name="Addie Keller")).to_be_visible()
    expect(page.locator(".avatar.large img")).to_be_visible()
    expect(page.get_by_role("main")).to_contain_text("+41 44 765 43 21")

    page = page_of(ada)
    page.goto(f"/people/{entry.pk}/")
    page.get_by_role("link", name="Call Addie Keller, Home, number not shown").click()
    bar = page.get_by_role("region", name="Call")
    expect(bar).to_contain_text("Your phone should be dialling.")
    assert [call.destination for call in simulator.rung] == ["+41447654321"]
    assert CANARY not in re.sub(r"\D", "", page.content())

    bar.get_by_text("Phone did not ring?").click()
    bar.get_by_role("link", name="The number is wrong?").click()
    page.get_by_label("What is wrong?").fill("A stranger answers")
    page.get_by_role("button", name="Tell the administrators").click()
    expect(page.get_by_role("main")).to_contain_text("Thank you.")
    assert WrongNumber.objects.get().person == entry
