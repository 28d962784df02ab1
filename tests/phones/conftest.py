"""A service for phones, a phone that asks it, and what a strict phone would say to the answers."""

from dataclasses import dataclass, field
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.test import Client
from lxml import etree

from clicktodial.dialing.models import Cluster, DialPlan, DialProfile
from clicktodial.phones.models import Service
from directory.models import Department, Location, Number, Person

DEVICE = "SEP001122334455"
ORDER = ["Title", "Prompt", "SoftKeyItem", "URL", "MenuItem", "DirectoryEntry", "InputItem", "Text"]
PARTS = {
    "SoftKeyItem": ["Name", "URL", "Position"],
    "MenuItem": ["Name", "URL"],
    "DirectoryEntry": ["Name", "Telephone"],
    "InputItem": ["DisplayName", "QueryStringParam", "InputFlags"],
}
LENGTHS = {"Title": 32, "Prompt": 32, "URL": 256, "Telephone": 32, "Text": 3999, "Position": 1}


def check(root: Any) -> None:
    """What CiscoIPPhone.xsd refuses: another order, another part, too much of anything."""
    parts = [child.tag for child in root]
    assert parts == sorted(parts, key=ORDER.index)
    assert len(root.findall("DirectoryEntry")) <= 32
    assert len(root.findall("MenuItem")) <= 100
    assert len(root.findall("SoftKeyItem")) <= 8
    for child in root:
        if child.tag in PARTS:
            assert [part.tag for part in child] == PARTS[child.tag]
    for element in root.iter():
        longest = LENGTHS.get(element.tag, 0)
        if element.tag == "Name":
            longest = 64 if element.getparent().tag == "MenuItem" else 32
        assert not longest or len(element.text or "") <= longest, element.tag


@dataclass
class Phone:
    """A desk phone on the network 10.20.0.0/16 that shows what it is answered."""

    headers: dict[str, str] = field(default_factory=lambda: {"Accept-Charset": "utf-8"})
    address: str = "10.20.3.4"
    client: Client = field(default_factory=Client)

    def get(self, path: str, **query: Any) -> Any:
        """The object that is shown; the last answer is kept in `answer`."""
        self.answer = self.client.get(path, query, headers=self.headers, REMOTE_ADDR=self.address)
        assert self.answer.status_code == 200, path
        assert self.answer["Content-Type"].startswith("text/xml; charset=")
        root = etree.fromstring(self.answer.content)
        check(root)
        return root

    def follow(self, url: str) -> Any:
        assert url.startswith("http://testserver/phone/")
        return self.get(url.removeprefix("http://testserver"))

    def key(self, root: Any, name: str) -> Any:
        """What a softkey leads to."""
        return self.follow(keys(root)[name])


def keys(root: Any) -> dict[str, str]:
    return {each.findtext("Name"): each.findtext("URL") for each in root.findall("SoftKeyItem")}


def entries(root: Any) -> list[tuple[str, str]]:
    found = root.findall("DirectoryEntry")
    return [(each.findtext("Name"), each.findtext("Telephone")) for each in found]


@pytest.fixture(autouse=True)
def fresh_counts() -> None:
    cache.clear()


@pytest.fixture
def phone() -> Phone:
    return Phone()


@pytest.fixture
def service(db: None) -> Service:
    """Lets in the phones of 10.20.0.0/16, in Zurich, where 0 takes a line."""
    Location.objects.create(name="Zurich", code="ZRH", country="CH")
    cluster = Cluster.objects.create(name="europe")
    DialPlan.objects.create(
        cluster=cluster, name="Zurich", location="ZRH", plus="replace", home_code="41",
        outside_prefix="0",
    )  # fmt: skip
    return Service.objects.create(
        name="All phones", enabled=True, networks="10.20.0.0/16\n2001:db8::/32", cluster=cluster,
        location="ZRH",
    )  # fmt: skip


def add(given: str, family: str, *numbers: tuple[str, ...], **fields: Any) -> Person:
    """A person with numbers, each (kind, text) or (kind, text, visibility)."""
    person = Person.objects.create(given_name=given, family_name=family, **fields)
    for order, (kind, text, *shown) in enumerate(numbers):
        visibility = shown[0] if shown else ""
        Number.objects.create(
            person=person, kind=kind, written=text, order=order, visibility=visibility
        )
    return person


@pytest.fixture
def eva(service: Service) -> Any:
    """Eva of Treasury dials from the phone SEP001122334455."""
    user = get_user_model().objects.create_user("eva")
    treasury = Department.objects.create(name="Treasury")
    add("Eva", "Own", account=user, department=treasury)
    DialProfile.objects.create(user=user, device=DEVICE, line="1001")
    return user
