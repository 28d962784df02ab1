"""Replies of both generations, changed at random: read right, or refused with our own error."""

import copy
import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from clicktodial.webdialer import Accepted, Operation, WebDialerError
from clicktodial.webdialer.answers import Answer
from clicktodial.webdialer.decoder import decode
from tests.webdialer.misbehaving import GOLDEN, golden

REPLIES = sorted((path.parts[-3], path.stem) for path in GOLDEN.glob("*/replies/*.xml"))
REFUSALS = [("axis", "makeCallSoap-refused", b">7<"), ("literal", "makeCallSoap-refused", b">9<")]
PROFILES = [reply for reply in REPLIES if reply[1].startswith("getProfile")]
SUCCESSES = [
    reply
    for reply in REPLIES
    if "refused" not in reply[1] and "fault" not in reply[1] and "Detail" not in reply[1]
]
often = settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
XSI = "{http://www.w3.org/2001/XMLSchema-instance}"
NAMES = ("return", "item", "multiRef", "new", "Fault", "Body")


def read(name: str, content: bytes):
    """What the client would make of the content."""
    operation = Operation(name.partition("-")[0] if "fault" not in name else "makeCallSoap")
    result = decode(content, operation=operation, status=200)
    answer = Answer(operation, result.name, result.value)
    if operation is Operation.IS_CLUSTER_USER:
        return answer.flag()
    if operation is Operation.GET_PRIMARY_LINE:
        return answer.text()
    return Accepted(operation, answer.description()) if operation.acts else answer.devices()


def outcome(name: str, content: bytes):
    """Its result, or None where it is refused; anything but our own error breaks the test."""
    try:
        return read(name, content)
    except WebDialerError:
        return None


def without(digit: bytes, content: bytes) -> bytes:
    """The content with no such digit left to be moved where it would mean something."""
    return content.partition(b"?>")[2].strip().replace(digit, b"q")


@st.composite
def mangled(draw, content: bytes) -> bytes:
    """Bytes cut out, doubled, moved, overwritten or put in; never a 0, a 1 or a t."""
    for _ in range(draw(st.integers(1, 4))):
        start, stop = sorted(draw(st.tuples(*[st.integers(0, len(content))] * 2)))
        piece = content[start:stop]
        change = draw(st.sampled_from(["cut", "double", "move", "put", "end"]))
        if change == "cut":
            content = content[:start] + content[stop:]
        elif change == "double":
            content = content[:stop] + piece + content[stop:]
        elif change == "move":
            rest = content[:start] + content[stop:]
            at = draw(st.integers(0, len(rest)))
            content = rest[:at] + piece + rest[at:]
        elif change == "put":
            alphabet = b'<>/="& :;#ab235\x00\xff\n' + bytes(range(0x80, 0x90))
            put = bytes(draw(st.lists(st.sampled_from(alphabet), max_size=8)))
            content = content[:start] + put + content[start:]
        else:
            content = content[:start]
    return content


@pytest.mark.parametrize(("generation", "name", "code"), REFUSALS)
@often
@given(data=st.data())
def test_mangled_bytes_never_turn_a_refusal_into_a_success(generation, name, code, data):
    content = without(b"0", golden(generation, name).replace(code, b">7753<"))
    assert outcome(name, data.draw(mangled(content))) is None


@pytest.mark.parametrize("generation", ["axis", "literal"])
@often
@given(data=st.data())
def test_mangled_bytes_never_turn_a_no_into_a_yes(generation, data):
    name = "isClusterUserSoap-no"
    content = without(b"1", golden(generation, name))
    assert outcome(name, data.draw(mangled(content))) in (None, False)


@often
@given(data=st.data(), reply=st.sampled_from(REPLIES))
def test_mangled_bytes_raise_nothing_but_our_own_errors(data, reply):
    outcome(reply[1], data.draw(mangled(golden(*reply))))


def disturb(root: etree._Element, chance: random.Random) -> None:
    """One change that a broken or hostile node could make; no text is invented."""
    elements = [each for each in root.iter() if each is not root]
    if not elements:
        return
    element = chance.choice(elements)
    parent = element.getparent()
    change = chance.choice(["drop", "double", "rename", "nil", "dangle", "empty", "wrap", "circle"])
    if change == "drop":
        parent.remove(element)
    elif change == "double":
        parent.append(copy.deepcopy(element))
    elif change == "rename":
        element.tag = chance.choice(NAMES)
    elif change == "nil":
        element.set(f"{XSI}nil", "true")
    elif change == "dangle":
        element.set("href", "#nowhere")
    elif change == "empty":
        for child in element:
            element.remove(child)
    elif change == "wrap":
        wrapper = etree.SubElement(parent, chance.choice(NAMES))
        wrapper.append(element)
    else:
        element.set("id", "circle")
        etree.SubElement(element, "again").set("href", "#circle")


@often
@given(reply=st.sampled_from(PROFILES), chance=st.randoms(use_true_random=False))
def test_a_disturbed_profile_lists_no_device_or_line_that_was_not_there(reply, chance):
    content = golden(*reply)
    known = {device.name: set(device.lines) for device in outcome(reply[1], content) or ()}
    root = etree.fromstring(content)
    for _ in range(chance.randint(1, 3)):
        disturb(root, chance)
    for device in outcome(reply[1], etree.tostring(root)) or ():
        assert device.name in known
        assert set(device.lines) <= known[device.name]


@often
@given(reply=st.sampled_from(REPLIES), chance=st.randoms(use_true_random=False))
def test_a_disturbed_reply_is_its_own_or_refused(reply, chance):
    generation, name = reply
    content = golden(generation, name)
    before = outcome(name, content)
    root = etree.fromstring(content)
    for _ in range(chance.randint(1, 3)):
        disturb(root, chance)
    after = outcome(name, etree.tostring(root))
    if isinstance(after, Accepted):
        assert isinstance(before, Accepted)
    elif isinstance(after, bool):
        assert after == before
    elif isinstance(after, str):
        assert after in ("", before)


def vary(root: etree._Element, chance: random.Random) -> None:
    """One change that a node may make without changing what it says (the guide's own warning)."""
    body = next(child for child in root if child.tag.endswith("Body"))
    structs = [each for each in body.iter() if any(_named(each, name) for name in MEMBERS)]
    struct = chance.choice(structs) if structs else None
    change = chance.choice(["shuffle", "unknown", "comment", "references", "namespace"])
    if change == "shuffle" and struct is not None:
        # Devices keep their order; everything else may stand anywhere.
        repeated = ("deviceInfoList", "lines", "item")
        loose = [child for child in struct if _local(child) not in repeated]
        for child in loose:
            struct.remove(child)
            struct.insert(chance.randint(0, len(struct)), child)
    elif change == "unknown" and struct is not None:
        struct.insert(chance.randint(0, len(struct)), etree.Element("{urn:later}addedIn16"))
    elif change == "comment":
        chance.choice(list(body.iter("*"))).insert(0, etree.Comment("a comment"))
    elif change == "references":
        named = [child for child in body if child.get("id")]
        for child in named:
            body.remove(child)
            body.insert(chance.randint(0, len(body)), child)
    elif struct is not None:
        for child in struct:
            if isinstance(child.tag, str):
                child.tag = "{urn:elsewhere}" + _local(child)


MEMBERS = ("responseCode", "deviceName")


def _local(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _named(element: etree._Element, name: str) -> bool:
    return any(_local(child) == name for child in element if isinstance(child.tag, str))


@often
@given(reply=st.sampled_from(SUCCESSES), chance=st.randoms(use_true_random=False))
def test_a_varied_reply_says_the_same(reply, chance):
    generation, name = reply
    content = golden(generation, name)
    root = etree.fromstring(content)
    for _ in range(chance.randint(1, 5)):
        vary(root, chance)
    assert read(name, etree.tostring(root)) == read(name, content)
