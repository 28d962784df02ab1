"""The HTML interface gets the destination, properly written, and nothing else."""

from urllib.parse import parse_qs, urlsplit

import pytest

from clicktodial.webdialer import Address, Door, Method, Popup

NODE = Address("cucm.example.com")


def test_a_form_goes_to_the_node_with_the_destination_alone():
    popup = Popup(NODE, "+41 44 123#")
    assert popup.action == "https://cucm.example.com:8443/webdialer/Webdialer"
    assert popup.fields == {"destination": "+41 44 123#"}
    assert popup.method is Method.POST


def test_the_redirector_has_a_door_of_its_own():
    popup = Popup(NODE, "1002", door=Door.REDIRECTOR)
    assert popup.action == "https://cucm.example.com:8443/webdialer/WebdialerRedirector"


@pytest.mark.parametrize(
    ("destination", "query"),
    [
        ("+41441234567", "%2B41441234567"),
        ("5555111#", "5555111%23"),
        ("*86", "*86"),
        ("1 2&x=y", "1%202%26x%3Dy"),
        ("é/?", "%C3%A9%2F%3F"),
    ],
)
def test_a_link_is_encoded(destination, query):
    url = Popup(NODE, destination, method=Method.GET).url
    assert url == f"https://cucm.example.com:8443/webdialer/Webdialer?destination={query}"
    assert parse_qs(urlsplit(url).query) == {"destination": [destination]}


@pytest.mark.parametrize("bad", ["", "10\n02", "\x00", "\ud800"])
def test_a_destination_that_cannot_be_sent_is_refused(bad):
    with pytest.raises(ValueError, match="destination"):
        Popup(NODE, bad)
