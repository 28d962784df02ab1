"""The parts of a written number: what is dialled first, and what follows when someone answers."""

import re
from typing import NamedTuple
from urllib.parse import unquote

from clicktodial.dialplan import public, refusal, script

_SCHEME = re.compile(r"(?:tel|callto|ciscotel|webextel)\s*:\s*(?://)?", re.IGNORECASE)
_PARAMETERS = re.compile(r"(?:;[a-z][a-z0-9-]*(?:=[^;]*)?)+$", re.IGNORECASE)
_LABEL = re.compile(
    r"(?:t[eé]l(?:[eé]phone|[eé]fono?|efon)?|(?:tele)?phone|fon|ph|mob(?:ile|il)?|cell|natel|handy"
    r"|direct|office|call|dial|t|m|p)[\s.:]*(?=[\s.:+(\d*#])",
    re.IGNORECASE,
)
_MARK = (
    r"(?:extension|extn|ext|durchwahl|dw|nebenstelle|nst|klappe|kl|poste|interno|int|anexo|ramal"
    r"|toestel|wewn|lokal|доб|内線|x)[\s.:=]*"
)
_EXTENSION = re.compile(_MARK + r"(?=\d)", re.IGNORECASE)
_MAIN_AND_EXTENSION = re.compile(
    rf"(?P<main>[^a-z]*?\d)[\s).,;(\[\]-]*(?:{_MARK}|(?<=[\s\d])\#)"
    r"(?P<extension>\d[\d\s.-]*)[\s)\]]*(?P<pauses>[,;pw].*)?",
    re.IGNORECASE,
)
_PAUSES = re.compile(r"[,;pw][\d*#,;pw\s.-]*", re.IGNORECASE)
_SINGLE_LETTER = re.compile(r"(?<![,;pw])([pw])(?![,;pw])", re.IGNORECASE)
_WAIT_OR_PAUSE = str.maketrans("pPwW", ",,;;", " .-")
_GROUPING = str.maketrans("", "", " ().-/[]")
_SPACING = str.maketrans("", "", " .-")
_MAIN = re.compile(r"\+?[\d*#]+", re.ASCII)
_TRUNK_ZERO = re.compile(r"[(\[] ?0 ?[)\]]")
_SHORTEST_BEFORE_HASH = 7
"""Digits a number has before #12 behind it means an extension, and not a feature code."""
_LONGEST_MAIN, _LONGEST_AFTER = 30, 23
"""More than any PBX takes; so many that the display of a number can be read again."""


class Parts(NamedTuple):
    """Digits to dial, what follows them, and whether it was called an extension."""

    main: str
    after: str
    extension: bool


def part(plain: str, *, region: str | None) -> Parts:
    """The parts of one number in plain signs; NotANumber where it is none."""
    text = _without_label(_without_scheme(plain))
    mark = _EXTENSION.match(text)
    if mark:
        text = text[mark.end() :]
    main, after = _halves(text)
    main = _without_trunk_zero(main, region=region).translate(_GROUPING)
    if not _MAIN.fullmatch(main) or (mark and "+" in main):
        raise refusal.of(plain)
    return limited(Parts(main, after, mark is not None))


def limited(parts: Parts) -> Parts:
    """The same parts, or NotANumber where they are longer than any PBX takes."""
    if len(parts.main) > _LONGEST_MAIN:
        raise refusal.too_many_digits(len(parts.main), most=_LONGEST_MAIN)
    if len(parts.after) > _LONGEST_AFTER:
        raise refusal.too_much_behind(_LONGEST_AFTER)
    return parts


def has_trunk_zero(plain: str) -> bool:
    """Whether a 0 in brackets stands in it, as in +41 (0)44."""
    return _TRUNK_ZERO.search(plain) is not None


def _without_scheme(plain: str) -> str:
    """A tel: address (RFC 3966) as people would write it; other text as it is."""
    scheme = _SCHEME.match(plain)
    if not scheme:
        return plain
    text = script.plain(unquote(plain[scheme.end() :]))
    given = _PARAMETERS.search(text)
    if not given:
        return text
    text = text[: given.start()]
    pairs = (one.partition("=")[::2] for one in given.group()[1:].split(";"))
    parameters = {name.lower(): value.strip() for name, value in pairs}
    context = parameters.get("phone-context", "")
    if context.startswith("+") and not text.startswith("+"):
        text = f"{context} {text}"
    if extension := parameters.get("ext"):
        text = f"{text} ext. {extension}"
    return text + parameters.get("postd", "")


def _without_label(text: str) -> str:
    label = _LABEL.match(text)
    return text[label.end() :] if label else text


def _halves(text: str) -> tuple[str, str]:
    """The main number and what follows it: 12, 12,,34# or ,,34#."""
    found = _MAIN_AND_EXTENSION.fullmatch(text)
    if found and _is_extension_of(found):
        extension = found["extension"].translate(_WAIT_OR_PAUSE)
        return found["main"], extension + _pauses(found["pauses"] or "", whole=text)
    start = next((i for i, sign in enumerate(text) if sign in ",;pPwW" and i), len(text))
    return text[:start], _pauses(text[start:], whole=text)


def _is_extension_of(found: re.Match[str]) -> bool:
    between = found.string[found.end("main") : found.start("extension")]
    if "#" not in between:
        return True
    main = found["main"].translate(_GROUPING)
    return main.lstrip("+").isdigit() and len(main) >= _SHORTEST_BEFORE_HASH


def _pauses(text: str, *, whole: str) -> str:
    if not text:
        return ""
    if not _PAUSES.fullmatch(text):
        raise refusal.of(whole)
    # One letter becomes two signs: a single comma might part two numbers when it is read again.
    pauses = _SINGLE_LETTER.sub(r"\1\1", text.translate(_SPACING)).translate(_WAIT_OR_PAUSE)
    return pauses.rstrip(",;")


def _without_trunk_zero(main: str, *, region: str | None) -> str:
    """Takes out the 0 in brackets that is dialled only within the country."""
    zero = _TRUNK_ZERO.search(main)
    if not zero:
        return main
    before, behind = main[: zero.start()].translate(_GROUPING), main[zero.end() :]
    code = public.code_dialled(before, region)
    if not code:
        return main
    return main if public.keeps_zero(code, behind.translate(_GROUPING)) else before + behind
