"""A company of five thousand as Active Directory holds it, for slapd."""

import base64
import io
import uuid
from functools import cache

from PIL import Image

from tests.slapd import BASE

PEOPLE = 5_000
CITIES = ("Zurich", "Osaka", "Austin")
TEAMS = ("Treasury", "Payroll", "Claims", "Voice", "Press", "Legal", "Travel")


def guid(n: int) -> uuid.UUID:
    return uuid.uuid5(uuid.NAMESPACE_OID, f"person {n}")


def dn(n: int) -> str:
    return f"cn=Person {n},ou={TEAMS[n % 7]},ou=Staff,ou={CITIES[n % 3]},{BASE}"


@cache
def photo() -> str:
    file = io.BytesIO()
    Image.new("RGB", (96, 96), "teal").save(file, "JPEG")
    return base64.b64encode(file.getvalue()).decode()


def person(n: int) -> str:
    boss = n // 10
    facts = [
        f"dn: {dn(n)}", "objectClass: user", "objectCategory: person", f"cn: Person {n}",
        f"givenName:: {base64.b64encode(f'Zoë{n}'.encode()).decode()}", f"sn: Müller{n}",
        f"sAMAccountName: u{n}", f"mail: u{n}@example.com", f"employeeID: E{n:05}",
        f"title: Analyst {n % 40}", f"department: {TEAMS[n % 7]}", f"l: {CITIES[n % 3]}",
        f"telephoneNumber: +41 44 {n // 1000:03} {n % 1000 // 10:02} {n % 10}0",
        f"userAccountControl: {514 if n % 100 == 99 else 512}",
        f"whenChanged: 20260101{n % 24:02}0000.0Z",
        f"objectGUID:: {base64.b64encode(guid(n).bytes_le).decode()}",
    ]  # fmt: skip
    if n:
        facts.append(f"manager: {dn(boss)}")
    if n == 7:
        facts.append(f"thumbnailPhoto:: {photo()}")
    return "\n".join(facts) + "\n\n"


def unit(path: str) -> str:
    name = path.split(",")[0].removeprefix("ou=")
    return f"dn: {path},{BASE}\nobjectClass: organizationalUnit\nou: {name}\n\n"


@cache
def ldif() -> str:
    """Everybody, in nested units; a computer and a service account that is nobody."""
    units = [f"ou={city}" for city in CITIES]
    units += [f"ou=Staff,ou={city}" for city in CITIES]
    units += [f"ou={team},ou=Staff,ou={city}" for city in CITIES for team in TEAMS]
    computer = (
        f"dn: cn=PC1,ou=Zurich,{BASE}\nobjectClass: user\nobjectCategory: computer\ncn: PC1\n"
        f"sn: PC1\nsAMAccountName: PC1$\nobjectGUID:: {base64.b64encode(bytes(16)).decode()}\n\n"
    )
    return "".join([*map(unit, units), *map(person, range(PEOPLE)), computer])
