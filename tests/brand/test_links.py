"""Links at the foot of the page are written in one line."""

import pytest

from clicktodial.style import links
from clicktodial.style.links import Link


def test_several_are_divided_by_commas() -> None:
    assert links.read("In=https://in.example.com/?a=b, Help desk = mailto:help@example.com,") == [
        Link("In", "https://in.example.com/?a=b"),
        Link("Help desk", "mailto:help@example.com"),
    ]


@pytest.mark.parametrize(
    "text",
    ["In", "=https://example.com", "Run=javascript:alert(1)", "Here=/there", "No=https:"],
)
def test_what_is_no_link_is_refused_in_words(text: str) -> None:
    with pytest.raises(ValueError, match=r"is no link\. Write Words=https://address"):
        links.read(text)
