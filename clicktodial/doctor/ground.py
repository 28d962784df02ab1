"""The host that the site runs on: files, disk, mail, time zones."""

import shutil
import zoneinfo
from datetime import date
from importlib import metadata
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import ManifestStaticFilesStorage
from django.core import mail
from django.core.files.base import File
from django.core.files.storage import storages
from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clicktodial.dialing.reach import Finding, Level
from directory.models import Location

FULL, FILLING = 2, 10  # percent left
LITTLE, SOME = 200 * 1024**2, 1024**3  # bytes left
OLD_ZONES = 2  # years
PATIENCE = 2  # seconds for the mail server


def static_files() -> list[Finding]:
    """That style sheets and scripts are collected, and those of this version."""
    subject, advice = _("Static files"), _("Run: manage.py collectstatic")
    storage = storages["staticfiles"]
    if not isinstance(storage, ManifestStaticFilesStorage):
        return [Finding(subject, Level.FINE, _("served from where they were written"))]
    if not storage.hashed_files:
        return [Finding(subject, Level.TROUBLE, _("They were never collected."), advice)]
    old = sorted(name for name in _scripts() if _is_older(storage, name))
    if not old:
        return [Finding(subject, Level.FINE, _("collected"))]
    says = _("Not those of this version: %(names)s.") % {"names": ", ".join(old[:5])}
    return [Finding(subject, Level.TROUBLE, says, advice)]


def _scripts() -> list[str]:
    """Our scripts: a style sheet is changed while it is collected, a script is not."""
    return [
        name
        for finder in finders.get_finders()
        for name, _storage in finder.list([])
        if name.startswith("js/") and name.endswith(".js")
    ]


def _is_older(storage: ManifestStaticFilesStorage, name: str) -> bool:
    path = finders.find(name)
    if not isinstance(path, str):
        return False
    with Path(path).open("rb") as file:
        hashed = storage.hashed_name(name, content=File(file))
    return storage.hashed_files.get(storage.hash_key(name)) != hashed


def disk_space() -> list[Finding]:
    """That there is room where the site writes."""
    seen: dict[tuple[int, int], Finding] = {}
    for path in _written():
        usage = shutil.disk_usage(path)
        if (usage.total, usage.free) not in seen:
            seen[usage.total, usage.free] = _room(path, usage.total, usage.free)
    return list(seen.values())


def _written() -> list[Path]:
    paths = [Path(settings.MEDIA_ROOT)]
    if connection.vendor == "sqlite":
        paths.append(Path(str(connection.settings_dict["NAME"])).parent)
    there = (next(each for each in (path, *path.parents) if each.exists()) for path in paths)
    return list(dict.fromkeys(there))


def _room(path: Path, total: int, free: int) -> Finding:
    percent = 100 * free // max(total, 1)
    facts = {"gb": f"{free / 1024**3:.1f}", "percent": percent, "path": path}
    says = _("%(gb)s GB (%(percent)d %%) left at %(path)s") % facts
    advice = _("Make room: old backups and logs first.")
    if free < LITTLE or percent < FULL:
        return Finding(_("Disk"), Level.TROUBLE, says, advice)
    if free < SOME or percent < FILLING:
        return Finding(_("Disk"), Level.NOTICE, says, advice)
    return Finding(_("Disk"), Level.FINE, says)


def _mail_server() -> Any:
    """The default way out, as Django 6.1 and 5.2 each have it made."""
    mailers = getattr(mail, "mailers", None)
    return mail.get_connection() if mailers is None else mailers["default"]


def mail_server() -> list[Finding]:
    """That mail to administrators would leave, where any is to be sent."""
    subject = _("Mail")
    if not (settings.ADMINS or settings.MANAGERS):
        says = _("nothing here sends mail: no ADMINS are set")
        return [Finding(subject, Level.NOT_TRIED, says)]
    try:
        server = _mail_server()
        server.timeout = PATIENCE
        server.open()
        server.close()
    except (OSError, TypeError) as error:
        says = _("No mail leaves: %(why)s.") % {"why": type(error).__name__}
        advice = _("Check EMAIL_HOST and EMAIL_PORT, and that the server lets this host send.")
        return [Finding(subject, Level.NOTICE, says, advice)]
    return [Finding(subject, Level.FINE, _("the mail server answers"))]


def time_zones() -> list[Finding]:
    """That every location's zone is known, by data that is not too old."""
    subject = _("Time zones")
    known = zoneinfo.available_timezones()
    used = Location.objects.exclude(time_zone="").values_list("time_zone", flat=True).distinct()
    unknown = sorted(set(used) - known)
    if unknown:
        says = _("Not known to this server: %(zones)s.") % {"zones": ", ".join(unknown[:5])}
        advice = _("Install the system's tzdata, or correct the locations.")
        return [Finding(subject, Level.TROUBLE, says, advice)]
    version = _zones_version()
    year = int(version[:4]) if version[:4].isdecimal() else 0
    if year and date.today().year - year > OLD_ZONES:
        says = _("The data are of %(version)s; countries change their hours.")
        advice = _("Update the system's tzdata.")
        return [Finding(subject, Level.NOTICE, says % {"version": version}, advice)]
    says = ngettext("%(count)d zone known", "%(count)d zones known", len(known))
    says %= {"count": len(known)}
    return [Finding(subject, Level.FINE, f"{says}, {version}" if version else says)]


def _zones_version() -> str:
    """Such as 2025b, of the data that zoneinfo reads first; empty where it cannot be told."""
    for folder in zoneinfo.TZPATH:
        file = Path(folder) / "tzdata.zi"
        if file.exists():
            with file.open(encoding="ascii") as lines:
                return lines.readline().rpartition(" ")[2].strip()
        if (Path(folder) / "Europe" / "Zurich").exists():
            return ""
    try:
        return metadata.version("tzdata")
    except metadata.PackageNotFoundError:
        return ""


EXAMINATIONS = [static_files, disk_space, mail_server, time_zones]
