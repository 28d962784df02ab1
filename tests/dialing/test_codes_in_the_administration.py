"""Client matters are kept by hand or come from a file, all of them or none."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from clicktodial.dialing import matter_file
from clicktodial.dialing.models import ClientMatter, Cluster, ProtectedNumber

IMPORT = reverse("admin:dialing_clientmatter_import")


def send(client: Client, content: bytes, *, others: str = "keep") -> Any:
    upload = SimpleUploadedFile("matters.csv", content)
    return client.post(IMPORT, {"file": upload, "others": others}, follow=True)


def kept() -> dict[str, tuple[str, bool]]:
    return {each.code: (each.name, each.is_active) for each in ClientMatter.objects.all()}


@pytest.mark.parametrize(
    "content",
    [
        b'code,name\n100,Bridge\n0200,"Harbour, new"\n',
        b"\xef\xbb\xbfCode;Name\r\n100;Bridge\r\n\r\n0200;Harbour, new;\r\n",
        b"100\tBridge\n0200\tHarbour, new",
    ],
)
def test_a_file_is_read_as_offices_write_it(admin_client: Client, content: bytes) -> None:
    page = send(admin_client, content)
    assert "2 added, 0 changed, 0 not offered any more." in page.content.decode()
    assert kept() == {"100": ("Bridge", True), "0200": ("Harbour, new", True)}


def test_others_stay_or_leave_as_it_is_said(admin_client: Client) -> None:
    send(admin_client, b"1,One\n2,Two\n")
    send(admin_client, b"2,Second\n3,Three\n")
    assert kept() == {"1": ("One", True), "2": ("Second", True), "3": ("Three", True)}
    send(admin_client, b"3,Three\n", others="leave")
    assert kept() == {"1": ("One", False), "2": ("Second", False), "3": ("Three", True)}
    send(admin_client, b"1,One\n")
    assert kept()["1"] == ("One", True)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"1,One\n12a,Two\n", "Line 2: “12a” is no code: 1 to 16 digits."),
        (b"1,One\n2\n", "Line 2: a code and a name must stand on it."),
        (b"1,One\n2,a,b\n", "Line 2: only a code and a name may stand on it"),
        (b"1,One\n1,Two\n", "Line 2: the code 1 stands in the file twice."),
        (b"1,One\n2," + b"n" * 151, "Line 2: the name has more than 150 signs."),
        (b'1,"One\n', "Line 1 cannot be read"),
        (b"code,name\n", "The file holds no client matter."),
        (b"1,\xe9\n", "The file is not UTF-8."),
        (b"1,\x00\n", "The file is no text."),
        (b"x,y\n" * 30, "… and 10 lines more."),
        (b"1" * (matter_file.MOST_BYTES + 1), "The file is too large: at most 5 MB."),
    ],
)
def test_one_wrong_line_and_nothing_is_kept(
    admin_client: Client, content: bytes, sentence: str
) -> None:
    page = send(admin_client, content)
    assert page.status_code == 422
    assert sentence in page.content.decode()
    assert kept() == {}


def test_a_protected_number_says_which_code_it_asks_for(admin_client: Client) -> None:
    cluster = Cluster.objects.create(name="Europe")
    form = {"cluster": cluster.pk, "begins_with": "+41 900"}
    url = reverse("admin:dialing_protectednumber_add")
    assert "Say which code it asks for" in admin_client.post(url, form).content.decode()
    admin_client.post(url, form | {"asks_fac": "on"})
    assert ProtectedNumber.objects.get().begins_with == "+41900"
    again = admin_client.post(url, form | {"asks_fac": "on"})
    assert "has this number already" in again.content.decode()


@pytest.mark.parametrize("number", ["+41x", "4+1", "٣"])
def test_what_cannot_be_dialled_cannot_be_protected(admin_client: Client, number: str) -> None:
    cluster = Cluster.objects.create(name="Europe")
    form = {"cluster": cluster.pk, "begins_with": number, "asks_fac": "on"}
    page = admin_client.post(reverse("admin:dialing_protectednumber_add"), form)
    assert "Only digits, * and #" in page.content.decode()
