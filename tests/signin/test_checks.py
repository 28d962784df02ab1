"""`manage.py check` tells what is wrong with a way to sign in, and what to do."""

from dataclasses import replace
from ipaddress import ip_network
from pathlib import Path
from typing import Any

import pytest

from clicktodial.signin.checks import ways_in_are_sound
from clicktodial.ways_in import Ldap, OpenId, RemoteUser, ldap_addresses, role_groups, web_address
from clicktodial.webdialer import Secret

LDAP = Ldap(
    urls=("ldaps://dc1.example.com",),
    bind_dn="cn=reader",
    bind_password=Secret("x"),
    user_bases=("dc=example,dc=com",),
)
OPENID = OpenId(issuer="https://login.example.com", client_id="c", client_secret=Secret("x"))
REMOTE = RemoteUser(header="X-Remote-User", proxies=(ip_network("10.0.0.5"),))


def told(settings: Any, **ways: Any) -> list[str]:
    for name, way in ways.items():
        setattr(settings, name, way)
    found = ways_in_are_sound()
    assert all(message.hint for message in found)
    return [str(message.id) for message in found]


def test_what_is_sound_is_told_nothing(settings: Any) -> None:
    assert told(settings, LDAP=LDAP, OPENID=OPENID, REMOTE_USER=REMOTE) == []


def test_a_site_that_nobody_can_enter(settings: Any) -> None:
    assert told(settings, ACCOUNTS=replace(settings.ACCOUNTS, local=False)) == ["signin.E001"]
    assert told(settings, LDAP=LDAP) == []


@pytest.mark.parametrize(
    ("wrong", "id"),
    [
        ({"user_bases": ()}, "signin.E003"),
        ({"bind_dn": ""}, "signin.E004"),
        ({"bind_password": Secret("")}, "signin.E004"),
        ({"user_filter": "(uid=*)"}, "signin.E005"),
        ({"ca_file": "/nowhere/ca.pem"}, "signin.E011"),
    ],
)
def test_ldap(wrong: dict[str, Any], id: str, settings: Any) -> None:
    assert told(settings, LDAP=replace(LDAP, **wrong)) == [id]


def test_roles_by_groups_need_a_place_for_groups(settings: Any) -> None:
    mapped = replace(settings.ACCOUNTS, role_groups=role_groups("help_desk=cn=x"))
    assert told(settings, LDAP=LDAP, ACCOUNTS=mapped) == ["signin.W001"]


@pytest.mark.parametrize(
    ("wrong", "id"),
    [
        ({"client_id": ""}, "signin.E007"),
        ({"client_secret": Secret("")}, "signin.E007"),
        ({"scopes": "profile"}, "signin.E008"),
        ({"user_claim": "email"}, "signin.W003"),
    ],
)
def test_openid(wrong: dict[str, Any], id: str, settings: Any) -> None:
    assert told(settings, OPENID=replace(OPENID, **wrong)) == [id]


def test_openid_without_tls(settings: Any) -> None:
    settings.HTTPS = True
    assert told(settings, OPENID=replace(OPENID, issuer="http://localhost")) == ["signin.W002"]


@pytest.mark.parametrize(
    ("wrong", "id"),
    [
        ({"proxies": ()}, "signin.E009"),
        ({"secret": Secret("short")}, "signin.E010"),
        ({"proxies": (ip_network("10.0.0.0/8"),)}, "signin.W004"),
        ({"proxies": (ip_network("0.0.0.0/0"),)}, "signin.W004"),
    ],
)
def test_the_proxy(wrong: dict[str, Any], id: str, settings: Any) -> None:
    assert told(settings, REMOTE_USER=replace(REMOTE, **wrong)) == [id]


def test_a_file_that_holds_no_certificate(settings: Any, tmp_path: Path) -> None:
    file = tmp_path / "ca.pem"
    file.write_text("nothing of the kind")
    assert told(settings, OPENID=replace(OPENID, ca_file=str(file))) == ["signin.E011"]


@pytest.mark.parametrize("text", ["ldap://", "http://dc1", "ldaps://u:p@dc1", "ldaps://a,ldap://b"])
def test_addresses_that_are_none_stop_the_start(text: str) -> None:
    with pytest.raises(ValueError, match="must"):
        ldap_addresses(text)


@pytest.mark.parametrize("text", ["http://login.example.com", "login.example.com", "https://"])
def test_a_provider_that_is_not_encrypted_stops_the_start(text: str) -> None:
    with pytest.raises(ValueError, match="https"):
        web_address(text)


@pytest.mark.parametrize("text", ["help_desk", "boss=cn=x", "help_desk=", "=cn=x"])
def test_roles_that_there_are_not_stop_the_start(text: str) -> None:
    with pytest.raises(ValueError, match="role=group"):
        role_groups(text)
