"""Every language says everything, with the telephone's own words, and nothing is out of date."""

import os
import re
import shutil
import tomllib
from pathlib import Path

import polib
import pytest
from django.utils import translation
from django.utils.dates import MONTHS, WEEKDAYS

from clicktodial.settings import LANGUAGES
from tests.languages import gather

OTHERS = [code for code, _ in LANGUAGES if code != "en"]
GLOSSARY = tomllib.loads((Path(__file__).parent / "glossary.toml").read_text())
PLACES = re.compile(r"%\(\w+\)[sdif]|%[sd]|\{\w*\}")
TAGS = re.compile(r"</?[a-z]+[^>]*>")


@pytest.fixture(scope="module")
def said():
    """Every message of the source."""
    if shutil.which("xgettext") is None:
        if os.environ.get("CI") == "true":
            raise RuntimeError("GNU gettext is missing")
        pytest.skip("GNU gettext is not installed")
    return {(entry.msgctxt, entry.msgid, entry.msgid_plural) for entry in gather.said()}


@pytest.fixture(scope="module", params=OTHERS)
def catalogue(request):
    return polib.pofile(str(gather.path_of(request.param)), wrapwidth=0)


def translations(entry):
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def test_the_words_for_dates_stay_django_s(said):
    """A message “May” of ours, for what a token is allowed to, once made 4 May a “4 Darf”."""
    with translation.override("en"):
        dates = {str(each) for each in (*MONTHS.values(), *WEEKDAYS.values())}

    assert {msgid for context, msgid, _ in said if not context} & dates == set()


def test_every_message_of_the_source_is_in_the_catalogue(catalogue, said):
    known = {(entry.msgctxt, entry.msgid, entry.msgid_plural) for entry in catalogue}

    assert sorted(map(str, said - known)) == [], "make messages brings them in"


def test_nothing_is_kept_that_is_no_longer_said(catalogue, said):
    known = {(entry.msgctxt, entry.msgid, entry.msgid_plural) for entry in catalogue}

    assert sorted(map(str, known - said)) == []


def test_nothing_is_left_untranslated(catalogue):
    assert [entry.msgid for entry in catalogue if not all(translations(entry))] == []


def test_nothing_is_doubtful(catalogue):
    assert [entry.msgid for entry in catalogue if entry.fuzzy or entry.obsolete] == []


def test_what_is_put_into_a_sentence_is_put_into_its_translation(catalogue):
    wrong = []
    for entry in catalogue:
        originals = [entry.msgid, entry.msgid_plural] if entry.msgid_plural else [entry.msgid]
        allowed = {tuple(sorted(PLACES.findall(text))) for text in originals}
        # A singular, a dual or a zero may do without the count.
        spare = {place for text in originals for place in PLACES.findall(text)}
        for text in translations(entry):
            found = tuple(sorted(PLACES.findall(text)))
            fits = found in allowed or (entry.msgid_plural and set(found) <= spare)
            wrong += [] if fits else [(entry.msgid, text)]

    assert wrong == []


def test_markup_is_the_same(catalogue):
    wrong = [
        (entry.msgid, text)
        for entry in catalogue
        for text in translations(entry)
        if sorted(TAGS.findall(text)) != sorted(TAGS.findall(entry.msgid_plural or entry.msgid))
    ]

    assert wrong == []


def test_a_sentence_begins_and_ends_as_the_original(catalogue):
    """Spaces and line ends at either side: pieces are put together by them."""
    wrong = [
        (entry.msgid, text)
        for entry in catalogue
        for text in translations(entry)
        if (text[:1].isspace(), text[-1:].isspace())
        != (entry.msgid[:1].isspace(), entry.msgid[-1:].isspace())
    ]

    assert wrong == []


def test_the_telephones_own_words_are_used(catalogue):
    language = catalogue.metadata["Language"]
    wrong = []
    for term, words in GLOSSARY.items():
        wanted = [word.casefold() for word in words[language]]
        for entry in catalogue:
            if re.search(rf"\b{term}s?\b", entry.msgid, re.IGNORECASE):
                text = " ".join(translations(entry)).casefold().replace("'", "’")
                if not any(word in text for word in wanted):
                    wrong.append((term, entry.msgid, text))

    assert wrong == []


def test_the_compiled_catalogue_says_the_same(catalogue):
    path = gather.path_of(catalogue.metadata["Language"]).with_suffix(".mo")

    assert path.read_bytes() == catalogue.to_binary(), "make messages compiles it"


def test_hardly_anything_is_left_in_english(catalogue):
    """A sentence of four words or more that is the same was not translated."""
    same = [
        entry.msgid
        for entry in catalogue
        if len(re.findall(r"[a-z]{2,}", entry.msgid)) >= 4 and entry.msgstr == entry.msgid
    ]

    assert same == []
