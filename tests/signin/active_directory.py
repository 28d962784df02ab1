"""What a small Active Directory holds, for tests of signing in."""

import base64
import uuid

from clicktodial.ways_in import Ldap
from clicktodial.webdialer import Secret
from tests.slapd import BASE, READER, READERS_PASSWORD, Slapd

GUID = uuid.UUID("8f1d0c5e-3c1f-4b8e-9a53-0d9f5a7b1c2d")
PASSWORD = "ada's pass-word"
HELP_DESK = f"CN=Help Desk,OU=Groups,{BASE}"


def unit(name: str) -> str:
    return f"dn: ou={name},{BASE}\nobjectClass: organizationalUnit\nou: {name}\n\n"


def person(
    name: str, guid: uuid.UUID, *, control: int = 512, ou: str = "Zurich", **more: str
) -> str:
    facts = {
        "objectCategory": "person", "sn": name.title(), "uid": name, "sAMAccountName": name,
        "userAccountControl": control,
        "mail": f"{name}@example.com", "userPassword": PASSWORD, **more,
    }  # fmt: skip
    octets = base64.b64encode(guid.bytes_le).decode()
    lines = [f"dn: cn={name},ou={ou},{BASE}", "objectClass: user", f"cn: {name}"]
    lines += [f"{key}: {value}" for key, value in facts.items()]
    return "\n".join([*lines, f"objectGUID:: {octets}"]) + "\n\n"


def group(name: str, *members: str) -> str:
    lines = [f"dn: cn={name},ou=Groups,{BASE}", "objectClass: groupOfNames", f"cn: {name}"]
    return "\n".join(lines + [f"member: {member}" for member in members]) + "\n\n"


ENTRIES = "".join(
    [
        *map(unit, ("Zurich", "Osaka", "Groups")),
        person("ada", GUID, givenName="Ada", employeeID="E-17"),
        person("gone", uuid.UUID(int=2), control=514),
        person("chie", uuid.UUID(int=3), ou="Osaka"),
        person("twin", uuid.UUID(int=4)),
        person("twin", uuid.UUID(int=5), ou="Osaka"),
        person("no(b)od*y", uuid.UUID(int=6)),
        group("First Line", f"cn=ada,ou=Zurich,{BASE}"),
        group("Help Desk", f"cn=First Line,ou=Groups,{BASE}", f"cn=chie,ou=Osaka,{BASE}"),
        group("Help Desk Fans", f"cn=chie,ou=Osaka,{BASE}"),
    ]
)


def at(server: Slapd) -> Ldap:
    """The settings that lead there."""
    return Ldap(
        urls=(server.ldaps,),
        ca_file=server.ca_file,
        bind_dn=READER,
        bind_password=Secret(READERS_PASSWORD),
        user_bases=(f"OU=Zurich,{BASE}", f"OU=Osaka,{BASE}"),
        group_bases=(f"OU=Groups,{BASE}",),
    )
