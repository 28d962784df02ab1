"""My calls with notes, contacts of one's own and their files, speed dials in one's own order."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from clicktodial.dialing.models import Call, Contact, SpeedDial
from clicktodial.simulator import Simulator
from tests.browser.console import Console
from tests.browser.test_accessibility import _grave
from tests.browser.test_narrow_screens import _check
from tests.dialing.scene import ADA_DESK

SCRIPT = pytest.mark.parametrize("script", [True, False])
DOCTOR = "Zoë “Zed” O'Hara; surgery, upstairs"


def _look(page: Page, script: bool) -> None:
    """Accessible and narrow, as far as a browser that runs our checks can tell."""
    if script:
        assert not _grave(page)
        _check(page)


@SCRIPT
def test_a_call_is_noted_dialled_again_and_erased(
    script: bool, page_of: Callable[..., Page], ada: Any, simulator: Simulator
) -> None:
    page = page_of(ada, java_script_enabled=script, viewport={"width": 320, "height": 640})
    page.goto("/dial/?number=%2B41446681800")
    page.get_by_role("button", name="Call", exact=True).click()
    expect(page.get_by_role("main")).to_contain_text("Your phone should be dialling.")
    page.get_by_label("My note").fill("calls back on Monday")
    page.get_by_role("button", name="Save the note").click()
    page.get_by_role("button", name="Hang up").click()
    page.goto("/dial/calls/")
    main = page.get_by_role("main")
    expect(main).to_contain_text("calls back on Monday")
    _look(page, script)
    main.get_by_role("link", name=re.compile(r"^Call .* 1 8, 0 0\b")).click()
    if not script:
        page.get_by_role("button", name="Call", exact=True).click()
    expect(page.get_by_role("region", name="Call")).to_contain_text("should be dialling.")
    assert [call.destination for call in simulator.rung] == ["+41446681800"] * 2

    page.goto("/dial/calls/")
    main.get_by_role("link", name=re.compile("^Erase (?!all)")).first.click()
    expect(page.get_by_role("heading", name="Erase this call?")).to_be_visible()
    _look(page, script)
    page.get_by_role("button", name="Erase").click()
    expect(main.locator(".person")).to_have_count(1)
    page.get_by_role("link", name="Erase all").click()
    page.get_by_role("button", name="Erase").click()
    expect(page.get_by_role("heading", name="No calls yet")).to_be_visible()
    assert not Call.objects.exclude(number="").exists()


@SCRIPT
def test_a_contact_is_kept_called_changed_and_deleted(
    script: bool, page_of: Callable[..., Page], ada: Any, simulator: Simulator, console: Console
) -> None:
    console.expect("422")
    page = page_of(ada, java_script_enabled=script, viewport={"width": 320, "height": 640})
    page.goto("/dial/contacts/")
    page.get_by_role("link", name="Add a contact").click()
    page.get_by_role("main").get_by_label("Name").fill(DOCTOR)
    page.get_by_role("main").get_by_label("Number").fill("nobody")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("main")).to_contain_text("cannot be dialled")
    _look(page, script)
    page.get_by_role("main").get_by_label("Number").fill("044 668 18 77")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name=re.compile(r"^Call Zoë.* 1 8, 7 7\b")).click()
    if not script:
        page.get_by_role("button", name="Call", exact=True).click()
    expect(page.get_by_role("region", name="Call")).to_contain_text("should be dialling.")
    assert simulator.phone(ADA_DESK).digits == "+41446681877"
    page.goto("/dial/contacts/")
    page.get_by_role("link", name=DOCTOR, exact=True).click()
    page.get_by_role("main").get_by_label("Note").fill("closed on Fridays")
    _look(page, script)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("main")).to_contain_text("closed on Fridays")
    page.get_by_role("link", name=DOCTOR, exact=True).click()
    page.get_by_role("link", name="Delete").click()
    expect(page.get_by_role("heading", name=f"Delete {DOCTOR}?")).to_be_visible()
    _look(page, script)
    page.get_by_role("button", name="Delete").click()
    expect(page.get_by_role("heading", name="No contacts yet")).to_be_visible()


@SCRIPT
@pytest.mark.parametrize("kind", ["CSV", "vCard"])
def test_contacts_go_out_as_a_file_and_come_in_again(
    kind: str,
    script: bool,
    page_of: Callable[..., Page],
    ada: Any,
    bruno: Any,
    tmp_path: Path,
    console: Console,
) -> None:
    for name, number in ((DOCTOR, "+41446681877"), ("=Garage", "4567")):
        Contact.objects.create(user=ada, name=name, number=number, key=number, note="a, b; c\\d")
    page = page_of(ada, java_script_enabled=script)
    page.goto("/dial/contacts/")
    with page.expect_download() as loaded:
        page.get_by_role("link", name=f"Save as {kind}").click()
    file = tmp_path / loaded.value.suggested_filename
    loaded.value.save_as(file)

    theirs = page_of(bruno, java_script_enabled=script)
    for says in ("2 contacts", "2"):  # the second time they are there already
        theirs.goto("/dial/contacts/")
        theirs.get_by_role("link", name="Add from a file").click()
        theirs.get_by_label("File").set_input_files(file)
        theirs.get_by_role("button", name="Add", exact=True).click()
        expect(theirs.get_by_role("status").first).to_contain_text(says)
    kept = set(Contact.objects.of(bruno).values_list("name", "note"))
    assert {note for _name, note in kept} == {"a, b; c\\d"}
    assert DOCTOR in {name for name, _note in kept}
    assert len(kept) == 2
    console.expect("422")
    wrong = tmp_path / "wrong.csv"
    wrong.write_text("name,number\nNora,no number\n", encoding="utf-8")
    theirs.goto("/dial/contacts/file/")
    theirs.get_by_label("File").set_input_files(wrong)
    theirs.get_by_role("button", name="Add", exact=True).click()
    expect(theirs.get_by_role("alert")).to_contain_text("Nothing was added.")
    _look(theirs, script)
    assert Contact.objects.of(bruno).count() == 2


@SCRIPT
def test_speed_dials_are_put_in_ones_own_order(
    script: bool, page_of: Callable[..., Page], ada: Any
) -> None:
    page = page_of(ada, java_script_enabled=script)
    page.goto("/dial/speed/")
    for number, name in (("4567", "Nora"), ("4568", "Garage")):
        page.get_by_role("main").get_by_label("Number").fill(number)
        page.get_by_role("main").get_by_label("Name", exact=True).fill(name)
        page.get_by_role("main").get_by_role("button", name="Add", exact=True).last.click()
        expect(page.get_by_role("link", name=name, exact=True)).to_be_visible()
    page.get_by_role("button", name="Move Garage up").click()
    expect(page.get_by_role("button", name="Move Garage up")).to_be_disabled()
    assert list(SpeedDial.objects.of(ada).values_list("name", flat=True)) == ["Garage", "Nora"]
    page.get_by_role("button", name="Take Nora off").click()
    expect(page.get_by_role("link", name="Nora", exact=True)).to_have_count(0)
