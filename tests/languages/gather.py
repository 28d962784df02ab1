"""`python -m tests.languages.gather`: brings locale/ up to date with what the source says.

New messages come in empty, those that are no longer said go, and everything is compiled. It takes
GNU gettext; whoever only runs the site needs none, since the compiled files are kept, too.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parents[2]
LOCALE = ROOT / "locale"
SPOKEN = ("clicktodial", "directory", "templates")
SILENT = shutil.ignore_patterns("simulator", "demo", "__pycache__", "*.json", "migrations")
"""Unified CM's own pages as the simulator shows them, and the demo's words in the terminal."""
PLURALS = {
    "ar": "nplurals=6; plural=n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : "
    "n%100>=11 && n%100<=99 ? 4 : 5;",
    "de": "nplurals=2; plural=(n != 1);",
    "es": "nplurals=2; plural=(n != 1);",
    "fr": "nplurals=2; plural=(n > 1);",
    "ja": "nplurals=1; plural=0;",
}


def said() -> polib.POFile:
    """Every message of the source, as xgettext finds it."""
    with tempfile.TemporaryDirectory(prefix="clicktodial-messages-") as name:
        folder = Path(name)
        for part in SPOKEN:
            shutil.copytree(ROOT / part, folder / part, ignore=SILENT)
        (folder / "locale").mkdir()
        options = ("--keep-pot", "--no-location", "--no-wrap", "--locale", "de")
        # Without settings it looks for no other folder than the one it stands in.
        alone = {k: v for k, v in os.environ.items() if k != "DJANGO_SETTINGS_MODULE"}
        subprocess.run(
            [sys.executable, "-m", "django", "makemessages", *options],
            cwd=folder,
            env=alone,
            check=True,
            capture_output=True,
        )
        return polib.pofile(str(folder / "locale" / "django.pot"), wrapwidth=0)


def path_of(language: str) -> Path:
    return LOCALE / language / "LC_MESSAGES" / "django.po"


def refresh(language: str, source: polib.POFile) -> int:
    """Bring one language up to date and compile it; how many messages wait for a translation."""
    path = path_of(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    old = polib.pofile(str(path)) if path.exists() else polib.POFile()
    known = {(entry.msgctxt, entry.msgid, entry.msgid_plural): entry for entry in old}
    fresh = polib.POFile(wrapwidth=0)
    fresh.metadata = {
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Language": language,
        "MIME-Version": "1.0",
        "Plural-Forms": PLURALS[language],
    }
    for entry in sorted(source, key=lambda each: (each.msgid, each.msgctxt or "")):
        kept = known.get((entry.msgctxt, entry.msgid, entry.msgid_plural))
        fresh.append(_entry(entry, kept, forms=int(PLURALS[language][9])))
    fresh.save(str(path))
    fresh.save_as_mofile(str(path.with_suffix(".mo")))
    return len(fresh.untranslated_entries())


def _entry(entry: polib.POEntry, kept: polib.POEntry | None, *, forms: int) -> polib.POEntry:
    plurals = dict.fromkeys(range(forms), "") if entry.msgid_plural else {}
    return polib.POEntry(
        msgctxt=entry.msgctxt,
        msgid=entry.msgid,
        msgid_plural=entry.msgid_plural,
        msgstr=kept.msgstr if kept and not entry.msgid_plural else "",
        msgstr_plural=(kept.msgstr_plural if kept and kept.msgstr_plural else plurals),
        flags=[flag for flag in entry.flags if flag.endswith("-format")],
        comment=entry.comment,
    )


def main() -> None:
    if shutil.which("xgettext") is None:
        sys.exit("This takes GNU gettext. On Debian or Ubuntu: apt install gettext")
    source = said()
    for language in PLURALS:
        waiting = refresh(language, source)
        print(f"{language}: {len(source)} messages, {waiting} to be translated")


if __name__ == "__main__":
    main()
