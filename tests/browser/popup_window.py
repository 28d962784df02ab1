"""Unified CM's own pages in the pop-up, as a person goes through them."""

from playwright.sync_api import Page, expect


def sign_in(popup: Page, user_id: str, password: str) -> None:
    popup.get_by_label("User ID").fill(user_id)
    popup.get_by_label("Password").fill(password)
    popup.get_by_role("button", name="Login").click()


def choose_phone(popup: Page, device: str, *, line: str) -> None:
    popup.get_by_label("Calling device").select_option(device)
    popup.get_by_label("Calling line").select_option(line)
    popup.get_by_role("button", name="Submit").click()


def press_dial(popup: Page, digits: str) -> None:
    expect(popup.get_by_role("heading", name="Make Call")).to_be_visible()
    expect(popup.get_by_label("Destination")).to_have_value(digits)
    popup.get_by_role("button", name="Dial").click()
    expect(popup.get_by_role("heading", name="End Call")).to_be_visible()


def hang_up(popup: Page) -> None:
    popup.get_by_role("button", name="Hangup").click()
    expect(popup.get_by_text("The call has ended.")).to_be_visible()
