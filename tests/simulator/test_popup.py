"""The HTML interface: log in, choose a phone, press Dial, hang up."""

from http.client import HTTPException

import pytest

from clicktodial.simulator import Simulator

from .browser_of_forms import Browser
from .conftest import Clock, Wire, scene


@pytest.fixture
def browser(old: Wire) -> Browser:
    return Browser(old)


def test_the_whole_way_from_click_to_hangup(sim: Simulator, browser: Browser) -> None:
    browser.post(destination="4711")
    assert browser.title == "Login"
    browser.log_in()
    assert browser.title == "Preferences"
    browser.choose()
    assert browser.title == "Make Call"
    assert 'value="4711"' in browser.page.text
    assert not sim.calls
    browser.submit(cmd="dial", destination="4711")
    assert browser.title == "End Call"
    assert 'data-seconds="15"' in browser.page.text
    (call,) = sim.rung
    assert (call.via, call.user, call.device, call.line) == (
        "html",
        "eva",
        "SEP01",
        "1001 ; Internal",
    )
    assert sim.phone("SEP01").state == "ringing"
    browser.submit()
    assert browser.title == "Call ended"
    assert sim.phone("SEP01").state == "ended"
    assert [(end.via, end.hung_up) for end in sim.ends] == [("html", True)]


def test_the_cookie_remembers_user_and_phone_and_a_get_never_dials(
    sim: Simulator, browser: Browser
) -> None:
    browser.get(destination="1")
    browser.log_in()
    browser.choose()
    browser.get(destination="4712")
    assert browser.title == "Make Call"
    assert 'value="4712"' in browser.page.text
    assert "SEP01" in browser.page.text
    browser.get(destination="4712", cmd="dial", token=browser.hidden()["token"])
    assert browser.title == "Make Call"
    assert not sim.calls


def test_the_cookie_says_nothing_of_same_site(browser: Browser) -> None:
    browser.get(destination="1")
    cookie = browser.log_in().headers["Set-Cookie"]
    assert cookie.startswith("JSESSIONID_old=")
    assert cookie.endswith("; Path=/webdialer; HttpOnly")


def test_a_wrong_password_and_an_application_user_stay_outside(browser: Browser) -> None:
    browser.get(destination="4711")
    assert "User authentication error (2)." in browser.log_in(password="no").text
    assert browser.title == "Login"
    assert "(2)" in browser.log_in("proxy").text
    assert 'name="destination" value="4711"' in browser.page.text


def test_what_cannot_be_called_is_told_and_may_be_tried_again(
    sim: Simulator, browser: Browser
) -> None:
    browser.get(destination="7123")
    browser.log_in()
    browser.choose()
    assert (
        "Destination cannot be reached (7)." in browser.submit(cmd="dial", destination="7123").text
    )
    browser.submit(cmd="dial", destination="4711")
    assert browser.title == "End Call"


def test_punctuation_is_stripped_and_dial_rules_apply(sim: Simulator, browser: Browser) -> None:
    browser.get(destination="+41 (44) 123-45-67")
    browser.log_in()
    browser.choose()
    browser.submit(cmd="dial", destination="+41 (44) 123-45-67")
    assert sim.phone("SEP01").digits == "00441234567"
    assert sim.calls[0].destination == "+41 (44) 123-45-67"


def test_a_line_must_be_one_of_the_device(browser: Browser) -> None:
    browser.get(destination="1")
    browser.log_in()
    assert "Choose a line" in browser.choose(line="2001 ; Internal").text
    browser.choose(device="CSFeva", line="1001 ; Internal")
    assert browser.title == "Make Call"
    assert "1001 ; no partition" in browser.page.text


def test_extension_mobility_finds_no_device(browser: Browser) -> None:
    browser.get(destination="1")
    browser.log_in()
    assert "not logged in on any device" in browser.submit(mode="em").text


def test_a_user_without_device_is_told(browser: Browser) -> None:
    browser.get(destination="1")
    assert "(5)" in browser.log_in("nobody").text


def test_a_forged_form_is_refused(sim: Simulator, browser: Browser) -> None:
    browser.get(destination="1")
    browser.log_in()
    browser.choose()
    assert browser.post(cmd="dial", destination="4711", token="forged").status == 403
    assert browser.post(cmd="dial", destination="4711").status == 403
    assert not sim.calls


def test_everything_is_escaped(browser: Browser) -> None:
    nasty = '"><script>alert(1)</script>'
    assert "<script>alert" not in browser.get(destination=nasty, user=nasty).text
    browser.log_in()
    assert "<script>alert" not in browser.choose().text
    assert "&lt;script&gt;" in browser.page.text
    assert "script-src 'self'" in browser.page.headers["Content-Security-Policy"]


def test_a_session_expires_by_the_clock(clock: Clock) -> None:
    with Simulator(scene(session_hours=1), clock=clock) as sim:
        browser = Browser(Wire(sim.node("old")))
        browser.get(destination="1")
        browser.log_in()
        clock.go(3599)
        browser.get(destination="1")
        assert browser.title == "Preferences"
        clock.go(2)
        assert "Session expired" in browser.get(destination="1").text


def test_a_session_does_not_outlive_the_service(sim: Simulator, browser: Browser) -> None:
    browser.get(destination="1")
    browser.log_in()
    sim.stop_node("old")
    sim.start_node("old")
    assert "Session expired" in browser.get(destination="1").text


def test_logging_out_and_changing_the_phone(browser: Browser) -> None:
    browser.get(destination="1")
    browser.log_in()
    browser.choose()
    browser.submit(cmd="preferences", destination="1")
    assert browser.title == "Preferences"
    browser.choose(device="CSFeva", line="1001 ; no partition")
    browser.submit(cmd="sign_out", destination="1")
    assert browser.title == "Login"
    browser.get(destination="1")
    assert browser.title == "Login"


def test_faults_strike_the_pop_up_too(sim: Simulator, browser: Browser) -> None:
    browser.get(destination="1")
    browser.log_in()
    browser.choose()
    sim.fault("old", "overloaded", times=1)
    assert "(9)" in browser.submit(cmd="dial", destination="4711").text
    sim.fault("old", "http_503", operation="html", times=1)
    assert browser.get(destination="1").status == 503
    assert [(call.code, call.rang, call.fault) for call in sim.calls] == [(9, False, "overloaded")]


def test_a_dropped_answer_leaves_the_phone_ringing(sim: Simulator, browser: Browser) -> None:
    browser.get(destination="4711")
    browser.log_in()
    browser.choose()
    sim.fault("old", "drops", operation="makeCallHtml", times=1)
    with pytest.raises((ConnectionError, HTTPException)):
        browser.submit(cmd="dial", destination="4711")
    assert [(call.code, call.rang, call.fault) for call in sim.calls] == [(0, True, "drops")]
    assert sim.phone("SEP01").state == "ringing"


def test_its_style_and_script_are_its_own(old: Wire) -> None:
    for name, kind in (("popup.css", "text/css"), ("popup.js", "text/javascript")):
        reply = old.send("GET", f"/webdialer/{name}")
        assert (reply.status, reply.headers.get_content_type()) == (200, kind)
