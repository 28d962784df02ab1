"""`make towns`: writes clicktodial/dialplan/towns.txt anew, from the tables of libphonenumber.

They come with the whole library, `phonenumbers`; the site installs `phonenumberslite`, which has
none. So the whole one is fetched into a folder that goes again, of the very same version.
"""

import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from importlib.metadata import version
from pathlib import Path

# Nothing of the product is imported: it would bring phonenumberslite in first.
TABLE = Path(__file__).resolve().parents[2] / "clicktodial" / "dialplan" / "towns.txt"
ENGLISH = "en"
LANGUAGES = ("ar", "de", "es", "fr", "ja")
"""Those of the site besides it."""
HEADING = """\
# Towns and regions by the first digits of telephone numbers, country code first.
# From libphonenumber {version}, resources/geocoding, Copyright The Libphonenumber Authors, under
# the Apache License, Version 2.0 (https://www.apache.org/licenses/LICENSE-2.0). Changed: in these
# languages only, beginnings that agree put together, and some countries told by area codes alone.
"""
CHINESE_MOBILES = "861"  # which move between towns with their owners
DEEPEST = {"1": 4, "33": 4, "55": 4, "61": 4}
"""Digits behind the country code, where every exchange of every village has a line of its own."""
ENOUGH = 5
"""Of the ten next digits, how many have to say the same before the digits in front say it."""
Table = Mapping[str, Mapping[str, str]]


def fetched(folder: str) -> tuple[Table, frozenset[str]]:
    """The library's table, and the country codes that there are."""
    wanted = f"phonenumbers=={version('phonenumberslite')}"
    command = [sys.executable, "-m", "pip", "--quiet", "download", "--no-deps", "--dest", folder]
    subprocess.run([*command, wanted], check=True)
    sys.path.insert(0, str(next(Path(folder).glob("*.whl"))))
    import phonenumbers  # the whole one, since it stands first
    from phonenumbers.geodata import GEOCODE_DATA

    return GEOCODE_DATA, frozenset(map(str, phonenumbers.COUNTRY_CODE_TO_REGION_CODE))


def code_of(beginning: str, codes: frozenset[str]) -> str:
    return next(beginning[:end] for end in (1, 2, 3) if beginning[:end] in codes)


def gathered(table: Table, codes: frozenset[str]) -> dict[str, Mapping[str, str]]:
    """The names by beginning; those that say the same as a shorter one are left out."""
    found = {
        beginning: names
        for beginning, names in table.items()
        if ENGLISH in names and not (beginning.startswith(CHINESE_MOBILES) and beginning[3:4] > "2")
    }
    for length in range(max(map(len, found)), 2, -1):
        siblings = defaultdict(list)
        for beginning in [each for each in found if len(each) == length]:
            siblings[beginning[:-1]].append(beginning)
        for shorter, several in siblings.items():
            if shorter not in codes:
                _put_together(found, shorter, several)
    return {
        beginning: names
        for beginning, names in found.items()
        if len(beginning) <= len(code := code_of(beginning, codes)) + DEEPEST.get(code, 15)
    }


def _put_together(
    found: dict[str, Mapping[str, str]], shorter: str, several: Sequence[str]
) -> None:
    names = {found[each][ENGLISH] for each in several}
    if shorter not in found and len(several) >= ENOUGH and len(names) == 1:
        found[shorter] = found[several[0]]
    for each in several:
        if shorter in found and found[each][ENGLISH] == found[shorter][ENGLISH]:
            del found[each]


def lines(found: Table) -> Iterator[str]:
    for beginning, names in sorted(found.items()):
        english = names[ENGLISH]
        others = [
            f"{language}={names[language]}"
            for language in LANGUAGES
            if names.get(language, english) != english
        ]
        yield "|".join((beginning, english, *others))


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="clicktodial-towns-") as name:
        found = gathered(*fetched(name))
    heading = HEADING.format(version=version("phonenumberslite"))
    TABLE.write_text(heading + "\n".join(lines(found)) + "\n", "utf-8")
    print(f"{len(found)} beginnings, {TABLE.stat().st_size / 1000:.0f} kB")
