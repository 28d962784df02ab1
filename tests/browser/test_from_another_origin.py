"""Numbers on other sites lead to the page of the number; there alone a press makes them ring."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, Page, expect

from clicktodial.simulator import Simulator
from directory.models import Person
from tests.browser import chromium as chromiums
from tests.browser import elsewhere as others
from tests.browser.conftest import sign_in
from tests.browser.console import Console
from tests.browser.elsewhere import Elsewhere
from tests.dialing.scene import ADA_DESK

NORA = "+41446681800"
TEL = f'<a href="tel:{NORA}">Nora</a>'


@pytest.fixture
def elsewhere() -> Iterator[Elsewhere]:
    with others.serve() as site:
        yield site


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


def _call_from(window: Page, simulator: Simulator) -> None:
    """The window shows who that is; nothing has rung; pressing Call rings once."""
    expect(window.get_by_role("heading", name="Call Nora Keller?")).to_be_visible()
    assert simulator.calls == ()
    window.get_by_role("button", name="Call", exact=True).click()
    expect(window.get_by_role("main")).to_contain_text("The phone system took the call.")
    assert [(call.destination, call.device) for call in simulator.calls] == [(NORA, ADA_DESK)]


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
    _call_from(window, simulator)


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
    _call_from(window, simulator)


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
    _call_from(page, simulator)


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


def test_the_bookmark_takes_the_selection(
    page_of: Callable[..., Page],
    ada: Any,
    nora: Person,
    elsewhere: Elsewhere,
    simulator: Simulator,
) -> None:
    page = page_of(ada)
    page.goto("/dial/anywhere/selection/")
    bookmark = page.get_by_label("Address of the bookmark").input_value()
    assert page.get_by_role("link", name="Dial the selection").get_attribute("href") == bookmark

    page.goto(elsewhere.write("<p>044 668 18 00</p>"))
    page.get_by_text("044 668 18 00").select_text()
    with page.context.expect_page() as opened:
        _press(page, bookmark)
    _call_from(opened.value, simulator)


def test_a_number_among_selected_words_is_offered_and_not_guessed(
    page_of: Callable[..., Page],
    ada: Any,
    nora: Person,
    elsewhere: Elsewhere,
    console: Console,
    simulator: Simulator,
) -> None:
    page = page_of(ada)
    page.goto("/dial/anywhere/selection/")
    bookmark = page.get_by_label("Address of the bookmark").input_value()
    page.goto(elsewhere.write("<p>Nora (Treasury), 044 668 18 00, ask before noon</p>"))
    page.get_by_text("Nora").select_text()
    console.expect("400")
    with page.context.expect_page() as opened:
        _press(page, bookmark)
    expect(opened.value.get_by_role("button", name="Call", exact=True)).to_have_count(0)
    opened.value.get_by_role("link", name="044 668 18 00").click()
    _call_from(opened.value, simulator)


def test_the_bookmark_takes_what_is_selected_in_a_field_but_no_password(
    page_of: Callable[..., Page], ada: Any, nora: Person, elsewhere: Elsewhere
) -> None:
    page = page_of(ada)
    page.goto("/dial/anywhere/selection/")
    bookmark = page.get_by_label("Address of the bookmark").input_value()
    page.goto(elsewhere.write('<input id="f" value="tel 4567"><input type="password" id="p">'))
    page.evaluate("() => { f.focus(); f.setSelectionRange(4, 8) }")
    with page.context.expect_page() as opened:
        _press(page, bookmark)
    expect(opened.value).to_have_url(re.compile("number=4567$"))

    page.evaluate("() => { p.value = '12345678'; p.focus(); p.select() }")
    with page.expect_event("dialog") as asked:
        _press(page, bookmark)
    assert asked.value.message == "Which number?"
    asked.value.dismiss()
    assert len(page.context.pages) == 2


def _press(page: Page, bookmark: str) -> None:
    """As the bookmarks bar does it: the page keeps its selection and its focus."""
    page.evaluate(
        """address => { const link = document.createElement("a");
        link.href = address; document.body.append(link); link.click(); link.remove(); }""",
        bookmark,
    )


def test_a_page_that_frames_ours_shows_nothing_of_it(
    site: str,
    page_of: Callable[..., Page],
    ada: Any,
    nora: Person,
    elsewhere: Elsewhere,
    console: Console,
    simulator: Simulator,
) -> None:
    console.expect("frame-ancestors 'none'")
    page = page_of(ada)
    page.goto(elsewhere.write(f'<iframe src="{site}/dial/?number=4567" title="x"></iframe>'))
    frame = page.frame_locator("iframe")
    expect(frame.get_by_role("button", name="Call")).to_have_count(0)
    assert not page.frames[1].url.startswith(site)
    assert simulator.calls == ()


def test_a_form_of_another_site_dials_nothing(
    site: str,
    page_of: Callable[..., Page],
    ada: Any,
    elsewhere: Elsewhere,
    console: Console,
    simulator: Simulator,
) -> None:
    console.expect("403")
    page = page_of(ada)
    click = f'<input name="click" value="{uuid4()}">'
    fields = f'<input name="number" value="4567">{click}'
    page.goto(
        elsewhere.write(
            f'<form method="post" action="{site}/dial/">{fields}<button>Win</button></form>'
        )
    )
    page.get_by_role("button", name="Win").click()
    expect(page.get_by_role("main")).to_be_visible()
    assert page.url == f"{site}/dial/"
    assert simulator.calls == ()


def test_a_prefetch_an_image_and_a_script_that_get_the_address_dial_nothing(
    site: str, page_of: Callable[..., Page], ada: Any, elsewhere: Elsewhere, simulator: Simulator
) -> None:
    page = page_of(ada)
    address = f"{site}/dial/?number=4567"
    page.goto(
        elsewhere.write(
            f'<link rel="prefetch" href="{address}"><img src="{address}" alt="a number">'
        )
    )
    page.evaluate("address => fetch(address, {mode: 'no-cors', credentials: 'include'})", address)
    page.wait_for_load_state("networkidle")
    assert simulator.calls == ()


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
    _call_from(page, simulator)


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
