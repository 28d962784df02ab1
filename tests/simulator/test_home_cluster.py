"""isClusterUserSoap tells where a user is at home, and needs no credential."""

import pytest

from .conftest import Wire


@pytest.mark.parametrize(
    ("user", "known"),
    [("eva", "true"), ("proxy", "true"), ("ghost", "false"), ("Eva", "false"), ("", "false")],
)
def test_a_user_is_known_letter_for_letter(any_node: Wire, user: str, known: str) -> None:
    assert f">{known}<" in any_node.ask("isClusterUserSoap", user).text
