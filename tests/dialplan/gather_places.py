"""`make places`: writes the names of towns and countries in clicktodial/dialplan anew.

Towns come from the tables of libphonenumber, which only the whole library has, `phonenumbers`; the
site installs `phonenumberslite`. Countries come from Unicode's CLDR as Babel has it. Both are
fetched into a folder that goes again, the first of the very version that is installed.
"""

import shutil
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib.metadata import version
from pathlib import Path

# Nothing of the product is imported: it would bring phonenumberslite in first.
FOLDER = Path(__file__).resolve().parents[2] / "clicktodial" / "dialplan"
ENGLISH = "en"
LANGUAGES = ("ar", "de", "es", "fr", "ja")
"""Those of the site besides it."""
TOWNS = """\
# Towns and regions by the first digits of telephone numbers, country code first.
# From libphonenumber {version}, resources/geocoding, Copyright The Libphonenumber Authors, under
# the Apache License, Version 2.0 (licences/apache.txt). Changed: in these languages only,
# beginnings that agree put together, and some countries told by area codes alone.
"""
COUNTRIES = """\
# Countries in the languages of the site; the English names stand in countries.py.
# From Unicode CLDR as of Babel {version}, Copyright Unicode, Inc., under the Unicode License V3
# (licences/unicode.txt). Changed: these languages only, two names made shorter.
"""
LICENCES = {
    "apache.txt": "phonenumbers-*/licenses/LICENSE",
    "unicode.txt": "babel/locale-data/LICENSE.unicode",
}
SHORTER = {  # CLDR's short forms, which Babel leaves out
    "HK": "ar=هونغ كونغ|de=Hongkong|es=Hong Kong|fr=Hong Kong|ja=香港",
    "MO": "ar=مكاو|de=Macau|es=Macao|fr=Macao|ja=マカオ",
}
CHINESE_MOBILES = "861"  # which move between towns with their owners
DEEPEST = {"1": 4, "33": 4, "55": 4, "61": 4}
"""Digits behind the country code, where every exchange of every village has a line of its own."""
ENOUGH = 5
"""Of the ten next digits, how many have to say the same before the digits in front say it."""
Table = Mapping[str, Mapping[str, str]]


def fetch(folder: str) -> None:
    """Both libraries, to stand before those that are installed."""
    wanted = [f"phonenumbers=={version('phonenumberslite')}", "babel"]
    command = [sys.executable, "-m", "pip", "--quiet", "install", "--no-deps", "--target", folder]
    subprocess.run([*command, *wanted], check=True)
    sys.path.insert(0, folder)


def countries() -> Iterator[str]:
    """A line for each country that has telephone numbers, with its names."""
    import phonenumbers
    from babel import Locale

    known = {language: Locale(language).territories for language in LANGUAGES}
    for region in sorted(phonenumbers.SUPPORTED_REGIONS):
        names = "|".join(f"{each}={known[each][region]}" for each in LANGUAGES)
        yield f"{region}|{SHORTER.get(region, names)}"


def towns() -> tuple[Table, frozenset[str]]:
    """The library's table, and the country codes that there are."""
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


def write(name: str, heading: str, written: Iterable[str]) -> None:
    file = FOLDER / name
    file.write_text(heading + "\n".join(written) + "\n", "utf-8")
    print(f"{name}: {file.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="clicktodial-places-") as folder:
        fetch(folder)
        from babel import __version__ as babel

        write("countries.txt", COUNTRIES.format(version=babel), countries())
        heading = TOWNS.format(version=version("phonenumberslite"))
        write("towns.txt", heading, lines(gathered(*towns())))
        for name, found in LICENCES.items():
            shutil.copyfile(next(Path(folder).glob(found)), FOLDER / "licences" / name)
