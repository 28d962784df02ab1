"""None"""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from clicktodial.simulator import Simulator
from directory.models import Person
from tests.browser import chromium as chromiums
from tests.browser.conftest import sign_in
from tests.browser.console import Console
from tests.browser.elsewhere import NORA, Elsewhere, call_from

TEL = f'<a href="tel:{NORA}">Nora</a>'


@pytest.fixture
def snippet(page_of: Callable[..., Page], ada: Any) -> str:
    """The line that our page offers to those who build other sites."""
    page = page_of(ada)
    page.goto("/dial/anywhere/other-sites/")
    return page.get_by_label("One line in the page").input_value()


@pytest.fixture
def page_with_profile_of(
    chromium: Browser, site: str, console: Console, tmp_path: Path
) -> Iterator[Callable[..., Page]]:
    with chromiums.start_with_profile(chromium.browser_type, tmp_path) as context:
        console.watch(context)

        def open_page(user: Any) -> Page:
            sign_in(context, user, site)
            return context.new_page()

        yield open_page


def _opened_by(page: Page, name: str) -> Page:
    with page.context.expect_page() as opened:
        page.get_by_role("link", name=name).click()
    return opened.value


@pytest.mark.parametrize(
    "number",
    [
        TEL,
        '<span data-click-to-dial="044 668 18 00">Nora</span>',
        f'<click-to-dial number="{NORA}">Nora</click-to-dial>',
        "<click-to-dial>044 668 18 00</click-to-dial>",
    ],
)
def test_the_script_leads_to_the_page_of_the_number(
    number: str,
    site: str,
    snippet: str,
    page_of: Callable[..., Page],
    ada: Any,
    nora: Person,
    elsewhere: Elsewhere,
    simulator: Simulator,
) -> None:
    """Under a policy that allows our script and nothing else at all."""
    policy = f"default-src 'none'; script-src {site}; require-trusted-types-for 'script'"
    page = page_of(ada)
    page.goto(elsewhere.write(number, head=snippet, policy=policy))
    name = "044 668 18 00" if ">044" in number else "Nora"
    window = _opened_by(page, name)
    assert window.url.startswith(f"{site}/dial/?number=")
    assert window.evaluate("opener") is None
    call_from(window, simulator)


def test_the_script_loads_into_an_isolated_page(
    snippet: str, page_of: Callable[..., Page], ada: Any, elsewhere: Elsewhere
) -> None:
    page = page_of(ada)
    isolated = {
        "Cross_Origin_Embedder_Policy": "require-corp",
        "Cross_Origin_Opener_Policy": "same-origin",
    }
    page.goto(elsewhere.write(TEL, head=snippet, **isolated))
    expect(page.get_by_role("link", name="Nora")).to_have_attribute("href", re.compile("/dial/"))


def test_the_script_is_fetched_without_cookies_and_reads_none(
    site: str, snippet: str, page_of: Callable[..., Page], ada: Any, elsewhere: Elsewhere
) -> None:
    page = page_of(ada)
    asked: list[dict[str, str]] = []
    page.on("request", lambda it: asked.append(it.all_headers()) if "/script/" in it.url else None)
    reads = (
        "Object.defineProperty(document, 'cookie', {get() { window.wasRead = true; return '' }})"
    )
    page.add_init_script(reads)
    sent: list[str] = []
    page.on("request", lambda it: sent.append(it.url))
    page.goto(elsewhere.write(TEL, head=snippet))
    expect(page.get_by_role("link", name="Nora")).to_have_attribute("href", re.compile("/dial/"))
    assert len(asked) == 1
    assert "cookie" not in asked[0]
    assert page.evaluate("window.wasRead") is None
    ours = [url for url in sent if url.startswith(site)]
    assert ours == [f"{site}/dial/script/1/click-to-dial.js"]


def test_numbers_that_come_later_become_links_too(
    site: str, snippet: str, page_of: Callable[..., Page], ada: Any, elsewhere: Elsewhere
) -> None:
    page = page_of(ada)
    page.goto(elsewhere.write("<main></main>", head=snippet))
    page.evaluate(
        """html => { document.querySelector("main").innerHTML = html;
        const made = document.createElement("click-to-dial");
        document.querySelector("main").append(made);
        made.textContent = "4567"; }""",
        TEL + "<p data-click-to-dial>1234</p>",
    )
    links = page.get_by_role("link")
    expect(links).to_have_count(3)
    targets = [re.compile(f"{site}/dial/.number={it}$") for it in ("tel%3A.*", "1234", "4567")]
    for link, target in zip(links.all(), targets, strict=True):
        expect(link).to_have_attribute("href", target)
    page.get_by_role("link", name="Nora").evaluate("link => { link.href = 'tel:7777' }")
    expect(page.get_by_role("link", name="Nora")).to_have_attribute(
        "href", f"{site}/dial/?number=tel%3A7777"
    )


def test_who_is_not_signed_in_signs_in_first(
    snippet: str,
    open_browser: Callable[..., Any],
    ada: Any,
    nora: Person,
    elsewhere: Elsewhere,
    simulator: Simulator,
) -> None:
    page = open_browser().new_page()
    page.goto(elsewhere.write(TEL, head=snippet))
    window = _opened_by(page, "Nora")
    window.get_by_label("Username").fill("ada")
    window.get_by_label("Password").fill("ada-pass")
    window.get_by_role("button", name="Sign in").click()
    call_from(window, simulator)


def test_the_browser_hands_telephone_links_to_this_site(
    site: str,
    page_with_profile_of: Callable[..., Page],
    ada: Any,
    nora: Person,
    elsewhere: Elsewhere,
    simulator: Simulator,
) -> None:
    """Registered for good, which private windows refuse; the test says yes to the browser."""
    page = page_with_profile_of(ada)
    page.goto(f"{site}/dial/anywhere/links/")
    devtools = page.context.new_cdp_session(page)
    devtools.send("Page.setRPHRegistrationMode", {"mode": "autoAccept"})
    page.get_by_role("button", name="Open telephone links here").click()
    expect(page.get_by_text("Asked.")).to_be_visible()

    page.goto(elsewhere.write(TEL))
    page.get_by_role("link", name="Nora").click()
    page.wait_for_url(f"{site}/dial/?number=tel%3A%2B41446681800")
    call_from(page, simulator)


@pytest.mark.parametrize("script", [True, False])
def test_an_extension_with_our_address_as_its_prefix_leads_to_the_page_of_the_number(
    script: bool,
    page_of: Callable[..., Page],
    ada: Any,
    nora: Person,
    elsewhere: Elsewhere,
    simulator: Simulator,
) -> None:
    """What such an extension does to a page: a link of our address and the number, encoded."""
    page = page_of(ada, java_script_enabled=script)
    page.goto("/dial/anywhere/extensions/")
    prefix = page.get_by_label("Where a prefix is asked for").input_value()
    for written in ("%2B41%2044%20668%2018%2000", "tel%3A%2B41446681800"):
        page.goto(elsewhere.write(f'<a href="{prefix}{written}">Nora</a>'))
        page.get_by_role("link", name="Nora").click()
        expect(page.get_by_role("heading", name="Call Nora Keller?")).to_be_visible()
    call_from(page, simulator)


@pytest.mark.parametrize("script", [True, False])
def test_the_address_bar_searches_people_by_what_our_description_says(
    script: bool,
    site: str,
    page_of: Callable[..., Page],
    ada: Any,
    nora: Person,
    elsewhere: Elsewhere,
) -> None:
    """A browser reads the description once, and fills its address in from any page."""
    page = page_of(ada, java_script_enabled=script)
    page.goto("/")
    link = page.locator("link[rel=search]").get_attribute("href")
    description = page.request.get(f"{site}{link}").text()
    found = re.search(r'<Url type="text/html"[^>]* template="([^"]+)"', description)
    assert found
    page.goto(elsewhere.write("<p>anywhere</p>"))
    page.goto(found[1].replace("&amp;", "&").replace("{searchTerms}", "Nora%20Keller"))
    expect(page.get_by_role("link", name="Nora Keller", exact=True)).to_be_visible()
    assert page.url.startswith(site)


@pytest.mark.parametrize(
    ("link", "reason"),
    [
        ("tel:javascript:alert(1)", "cannot be dialled"),
        ("tel:%22%3E%3Cscript%3Ealert(1)%3C/script%3E", "cannot be dialled"),
        ("tel:" + "1" * 4000, "a number has at most 64"),
        ("sip:nora@example.com", "This is an address"),
    ],
)
def test_a_hostile_link_is_refused_with_a_reason(
    link: str,
    reason: str,
    site: str,
    snippet: str,
    page_of: Callable[..., Page],
    ada: Any,
    elsewhere: Elsewhere,
    console: Console,
    simulator: Simulator,
) -> None:
    page = page_of(ada)
    body = f'<click-to-dial number="{link}">Nora</click-to-dial>'
    page.goto(elsewhere.write(body, head=snippet))
    if len(link) > 200:  # the script shortens it; by hand it can still be sent whole
        page.goto(f"{site}/dial/?number={link}")
        window = page
    else:
        window = _opened_by(page, "Nora")
    console.expect("400")
    expect(window.get_by_role("main")).to_contain_text(reason)
    expect(window.get_by_role("button", name="Call", exact=True)).to_have_count(0)
    assert simulator.calls == ()
