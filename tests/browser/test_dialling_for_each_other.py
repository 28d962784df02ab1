"""Ada lets Bruno dial from her phone; he does, both see it, and she takes it back."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from clicktodial.dialing.models import Call, Delegation, DialProfile, Mode
from clicktodial.simulator import Simulator
from directory.models import Person
from tests.browser.console import Console
from tests.browser.test_accessibility import _grave
from tests.browser.test_narrow_screens import _check
from tests.dialing.scene import ADA_DESK, ADA_SOFT


def _give(page: Page, name: str, *, phone: str = "") -> None:
    page.goto("/dial/profile/")
    page.get_by_role("link", name="Dialling for each other").click()
    page.get_by_role("link", name="Let somebody dial").click()
    page.get_by_role("searchbox", name="Who? Search by name").fill(name)
    page.get_by_role("main").get_by_role("button", name="Search").click()
    if phone:
        page.get_by_label("From which phone").select_option(label=phone)
    page.get_by_role("button", name="Let them dial").click()


@pytest.mark.parametrize("script", [True, False])
def test_granted_used_seen_by_both_and_withdrawn(
    script: bool,
    page_of: Callable[..., Page],
    ada: Any,
    bruno: Any,
    nora: Person,
    simulator: Simulator,
    console: Console,
) -> None:
    Person.objects.create(given_name="Bruno", family_name="Tavares", account=bruno)
    small = {"width": 320, "height": 640}
    owner = page_of(ada, java_script_enabled=script, viewport=small)
    _give(owner, "tavares", phone=f"{ADA_SOFT}, 1001")
    expect(owner.get_by_role("status").first).to_contain_text("may dial from your phone.")

    delegate = page_of(bruno, java_script_enabled=script)  # his own way is the pop-up
    delegate.goto("/dial/?number=%2B41446681800")
    delegate.get_by_role("link", name="From the phone of Ada").click()
    expect(delegate.get_by_role("main")).to_contain_text("From the phone of Ada, on their behalf")
    assert simulator.calls == ()
    delegate.get_by_role("button", name="Call", exact=True).click()
    main, bar = delegate.get_by_role("main"), delegate.get_by_role("region", name="Call")
    expect(main).to_contain_text("The phone of Ada should be dialling.")
    expect(bar).to_contain_text("From the phone of Ada, on their behalf")
    assert [(call.user, call.device) for call in simulator.rung] == [("ada", ADA_SOFT)]

    owner.goto("/dial/calls/")
    expect(owner.get_by_role("main")).to_contain_text("bruno, from your phone")
    expect(owner.get_by_role("region", name="Call")).to_contain_text("Your phone should be")
    if script:
        _check(owner)
        assert not _grave(owner)
    owner.get_by_role("button", name="Hang up").click()
    expect(owner.get_by_role("region", name="Call")).to_contain_text("was told to hang up")
    assert simulator.phone(ADA_SOFT).state == "ended"

    if script:  # the bar redials from the same phone, and opens no window for it
        delegate.reload()
        bar.get_by_role("link", name="Redial").click()
        expect(bar).to_contain_text("The phone of Ada should be dialling.")
        assert [call.device for call in simulator.rung] == [ADA_SOFT, ADA_SOFT]
        assert len(delegate.context.pages) == 1

    owner.goto("/dial/delegations/")
    owner.get_by_role("button", name="Withdraw from bruno").click()
    before = len(simulator.calls)
    if script:
        console.expect("409")
        bar.get_by_role("link", name="Redial").click()
        expect(bar).to_contain_text("You may not dial from that phone, or not any more.")
    delegate.goto(f"/dial/?number=4567&behalf={Delegation.objects.get().pk}")
    console.expect("409")
    expect(main).to_contain_text("No call was placed.")
    expect(delegate.get_by_role("button", name="Call", exact=True)).to_have_count(0)
    assert len(simulator.calls) == before


def test_from_now_on_every_click_dials_from_the_other_phone_until_it_is_taken_back(
    page_of: Callable[..., Page], ada: Any, bruno: Any, nora: Person, simulator: Simulator
) -> None:
    Person.objects.create(given_name="Bruno", family_name="Tavares", account=bruno)
    _give(page_of(ada), "tavares")
    page = page_of(bruno)
    page.goto("/dial/delegations/")
    page.get_by_role("button", name="Dial from the phone of Ada from now on").click()
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert not _grave(page)
    page.goto(f"/people/{nora.pk}/")
    page.get_by_role("link", name="Call Nora Keller, 4 5 6 7").or_(
        page.locator("a.dial", has_text="4567")
    ).first.click()
    bar = page.get_by_role("region", name="Call")
    expect(bar).to_contain_text("The phone of Ada should be dialling.")
    assert len(page.context.pages) == 1  # no window, although his own way is one
    assert [call.device for call in simulator.rung] == [ADA_DESK]
    page.goto("/dial/delegations/")
    page.get_by_role("button", name="Dial in my own way again").click()
    expect(page.get_by_role("status").first).to_contain_text("in your own way again")
    assert DialProfile.objects.get(user=bruno).dials_for_id is None
    assert Call.objects.count() == 1


@pytest.mark.parametrize("script", [True, False])
@pytest.mark.parametrize("whose", ["withdrawn", "of another", "invented"])
def test_a_delegation_that_is_written_into_the_form_dials_from_no_phone(
    whose: str,
    script: bool,
    page_of: Callable[..., Page],
    ada: Any,
    bruno: Any,
    django_user_model: Any,
    simulator: Simulator,
    console: Console,
) -> None:
    """Who has changed the page in their own browser is told, and their own phone stays still."""
    until = {"ends_at": timezone.now() + timedelta(days=1)}
    delegate = bruno if whose == "withdrawn" else django_user_model.objects.create_user("carl")
    forged = Delegation.objects.create(owner=ada, delegate=delegate, **until)
    if whose == "withdrawn":
        Delegation.objects.update(withdrawn_at=timezone.now())
    number = 9_000_000 if whose == "invented" else forged.pk
    DialProfile.objects.filter(user=bruno).update(mode=Mode.DESK_PHONE)
    page = page_of(bruno, java_script_enabled=script)
    page.goto("/dial/?number=4567")
    form = page.locator("form", has=page.get_by_role("button", name="Call", exact=True))
    form.evaluate(
        """(form, number) => { const made = document.createElement("input");
        Object.assign(made, {type: "hidden", name: "behalf", value: number});
        form.append(made); }""",
        str(number),
    )
    console.expect("409")
    page.get_by_role("button", name="Call", exact=True).click()
    says = "You may not dial from that phone, or not any more."
    expect(page.get_by_role("alert").or_(page.get_by_role("region", name="Call"))).to_contain_text(
        says
    )
    assert simulator.calls == ()
    assert not Call.objects.exists()
