"""Golden replies of both generations: the guide's shapes and those Axis is known for."""

import pytest

from clicktodial.webdialer import (
    Accepted,
    BadCredentials,
    CallFailed,
    Device,
    Generation,
    Line,
    NoDevice,
    NoRoute,
    Operation,
    Overloaded,
    OwnCredential,
    Secret,
)
from tests.webdialer.misbehaving import CALLER, golden, http, says

ACCEPTED = Accepted(Operation.MAKE_CALL, "Success")
ENDED = Accepted(Operation.END_CALL, "Success")
LEARNED = (Line("1000 ; Global Learned E164 Numbers"),)
SEVERAL = (
    Device("SEP5405DB45B96F", (Line("1251 ; Zürich internal"), Line("5814; null"))),
    Device("CSFITO"),
)
DETAILS = (
    Device(
        "CSFuserBill", (Line("1001 ; no partition"),), "", "Cisco Unified Client services Framework"
    ),
    Device("SEPE8B7480316D6", (Line("1000 ; no partition"),), "SEPE8B7480316D6", "Cisco 6961"),
    Device("SEPF01FAF38ABC2", (Line("1002 ; no partition"),), "", "Cisco IP Communicator"),
)
RIGHT = [
    ("axis", "isClusterUserSoap", True),
    ("axis", "isClusterUserSoap-no", False),
    ("axis", "isClusterUserSoap-stock", True),
    ("axis", "makeCallSoap", ACCEPTED),
    ("axis", "makeCallSoap-stock", ACCEPTED),
    ("axis", "makeCallSoap-inline", ACCEPTED),
    ("axis", "endCallSoap", ENDED),
    ("axis", "getPrimaryLine", "1002"),
    ("axis", "getPrimaryLine-empty", ""),
    ("axis", "getPrimaryLine-nil", ""),
    ("axis", "getProfileSoap", (Device("IPCMRAEU5UCM5X7", (Line("1251 ; no partition"),)),)),
    ("axis", "getProfileSoap-stock", SEVERAL),
    ("axis", "getProfileSoap-no-device", ()),
    ("axis", "getProfileDetailSoap", DETAILS),
    ("literal", "isClusterUserSoap", True),
    ("literal", "isClusterUserSoap-no", False),
    ("literal", "makeCallSoap", ACCEPTED),
    ("literal", "makeCallSoap-reordered", Accepted(Operation.MAKE_CALL, "")),
    ("literal", "endCallSoap", ENDED),
    ("literal", "getPrimaryLine", "1002"),
    ("literal", "getPrimaryLine-empty", ""),
    ("literal", "getPrimaryLine-nil", ""),
    ("literal", "getPrimaryLine-absent", ""),
    ("literal", "getProfileSoap", (Device("SEP5405DB45B96F", LEARNED),)),
    ("literal", "getProfileSoap-several", SEVERAL),
    ("literal", "getProfileSoap-no-device", ()),
    (
        "literal",
        "getProfileDetailSoap",
        (Device("SEP5405DB45B96F", LEARNED, "Auto 1000", "Cisco IP Communicator"),),
    ),
]
REFUSED = [
    ("axis", "makeCallSoap-refused", NoRoute, 7, "Destination cannot be reached"),
    ("axis", "endCallSoap-refused", CallFailed, 1, "Call failure error"),
    ("axis", "getProfileSoap-refused", BadCredentials, 2, "User authentication error"),
    ("axis", "getProfileDetailSoap-no-device", NoDevice, 1, "No device is configured for the user"),
    ("literal", "makeCallSoap-refused", Overloaded, 9, "Service overloaded"),
    ("literal", "endCallSoap-refused", CallFailed, 1, "Call failure error"),
    ("literal", "getProfileSoap-refused", BadCredentials, 2, "User authentication error"),
    (
        "literal",
        "getProfileDetailSoap-no-device",
        NoDevice,
        1,
        "No device is configured for the user",
    ),
]
ASKED = {
    "isClusterUserSoap": lambda dialer: dialer.is_cluster_user("johndoe"),
    "getProfileSoap": lambda dialer: dialer.get_profile("johndoe"),
    "getProfileDetailSoap": lambda dialer: dialer.get_profile_detail(),
    "getPrimaryLine": lambda dialer: dialer.get_primary_line(),
    "makeCallSoap": lambda dialer: dialer.make_call("+41441234567#", caller=CALLER),
    "endCallSoap": lambda dialer: dialer.end_call(caller=CALLER),
}


@pytest.fixture
def ask(node):
    def asked(generation, name):
        listener = node(says(http(golden(generation, name))))
        own = OwnCredential("johndoe", Secret("a password"))
        dialer = listener.dialer(Generation(generation), credential=own)
        return ASKED[name.partition("-")[0]](dialer)

    return asked


@pytest.mark.parametrize(("generation", "name", "expected"), RIGHT)
def test_a_golden_reply_is_read_right(ask, generation, name, expected):
    assert ask(generation, name) == expected


@pytest.mark.parametrize(("generation", "name", "kind", "code", "words"), REFUSED)
def test_a_golden_refusal_keeps_its_code(ask, generation, name, kind, code, words):
    with pytest.raises(kind) as caught:
        ask(generation, name)
    assert (type(caught.value), caught.value.code) == (kind, code)
    assert caught.value.description == words
