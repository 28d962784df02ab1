"""No page says anything that cannot be said in another language."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
# The style guide is for those who build the site, in the language they build it in.
PAGES = [p for p in sorted((ROOT / "templates").rglob("*.html")) if "styleguide" not in p.parts]
READ_ALOUD = ("alt", "aria-label", "placeholder", "title", "aria-description", "value")
# Names, signs and examples that are the same in every language.
SAME = {
    "clicktodial",
    "SHA-256",
    "Unified CM",
    "FAC",
    "CMC",
    "CSV",
    "vCard",
    "XLSX",
    "LDAP",
    "API",
    "QR",
}
MARKED = re.compile(r"{%-?\s*blocktrans(?:late)?\b.*?{%-?\s*endblocktrans(?:late)?\s*%}", re.DOTALL)
CLASS = re.compile(r"{%\s*block (?:main|body)_class\s*%}.*?{%\s*endblock\s*%}", re.DOTALL)
REMARK = re.compile(r"{%\s*comment\s*%}.*?{%\s*endcomment\s*%}|{#.*?#}", re.DOTALL)
TAG = re.compile(r"{%.*?%}|{{.*?}}", re.DOTALL)


class Reader(HTMLParser):
    """What of a page a person reads."""

    def __init__(self):
        super().__init__()
        self.read = []
        self._code = 0

    def handle_starttag(self, tag, attributes):
        self._code += tag in ("code", "kbd", "script", "style", "samp", "pre")
        for name, value in attributes:
            silent = name == "value" and dict(attributes).get("type") not in ("submit", "button")
            if name in READ_ALOUD and value and not silent:
                self.read.append(value)

    def handle_endtag(self, tag):
        self._code -= tag in ("code", "kbd", "script", "style", "samp", "pre")

    def handle_data(self, data):
        if self._code <= 0:
            self.read.append(data)


def plain_words(page):
    text = MARKED.sub(" ", CLASS.sub(" ", REMARK.sub(" ", page)))
    reader = Reader()
    reader.feed(TAG.sub(" ", text))
    for text in reader.read:
        for piece in re.split(r"[\n·|]", text):
            piece = " ".join(piece.split()).strip(" .,:;()")
            if re.search(r"[A-Za-z]{2}", piece) and piece not in SAME:
                yield piece


@pytest.mark.parametrize("path", PAGES, ids=[str(p.relative_to(ROOT / "templates")) for p in PAGES])
def test_a_page_says_nothing_outside_of_translate(path):
    assert list(plain_words(path.read_text())) == []


def test_words_outside_of_translate_are_noticed():
    page = '<p title="Read me">{% translate "Fine" %} Not fine</p><code>ok</code>{# no #}'

    assert list(plain_words(page)) == ["Read me", "Not fine"]


@pytest.mark.parametrize(
    "path", sorted((ROOT / "static" / "js").glob("*.js")), ids=lambda p: p.name
)
def test_a_script_takes_its_words_from_the_page(path):
    code = re.sub(r"//.*|/\*.*?\*/", "", path.read_text())
    said = re.findall(r"""["'`]([A-Z][a-z]+(?: [a-z]+)+[^"'`]*)["'`]""", code)

    assert said == []
