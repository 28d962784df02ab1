"""Every variable by which two installations differ, with its reader and its default.

`docs/configuration.md` describes each and `.env.example` shows it; a test holds the three together.
"""

import os
import re
import zoneinfo
from collections.abc import MutableMapping
from pathlib import Path
from typing import Any

import phonenumbers

from clicktodial import ways_in
from clicktodial.environment import (
    Environment,
    encryption_keys,
    items,
    metrics_token,
    networks,
    one_of,
    secret_key,
    whole_number,
    yes_or_no,
)
from clicktodial.style import accent, links, logo

BASE_DIR = Path(__file__).resolve().parent.parent


def time_zone(text: str) -> str:
    if text not in zoneinfo.available_timezones():
        raise ValueError("it must be the name of a time zone, such as Europe/Zurich.")
    return text


def country(text: str) -> str:
    if text.upper() not in phonenumbers.SUPPORTED_REGIONS:
        raise ValueError("it must be a country's two letters, such as CH.")
    return text.upper()


LANGUAGES = [
    ("en", "English"),
    ("de", "Deutsch"),
    ("fr", "Français"),
    ("es", "Español"),
    ("ja", "日本語"),
    ("ar", "العربية"),
]

SCHEME: dict[str, tuple[Any, ...]] = {
    "ACCENT_COLOUR": (accent.accent, None),
    "ALLOWED_HOSTS": (items, ["localhost", "127.0.0.1"]),
    "AUDIT_DAYS": (whole_number(least=1, most=3650), 365),
    "CACHE_URL": (str, "locmemcache://"),
    "CALL_DAYS": (whole_number(least=1, most=3650), 90),
    "CSRF_TRUSTED_ORIGINS": (items, []),
    "DATABASE_URL": (str, f"sqlite:///{BASE_DIR / 'var' / 'clicktodial.sqlite3'}"),
    "DEBUG": (yes_or_no, False),
    "DEFAULT_COUNTRY": (country, "CH"),
    "DEMO": (yes_or_no, False),
    "DIALING": (yes_or_no, True),
    "ENCRYPTION_KEYS": (encryption_keys,),
    "HTTPS": (yes_or_no, True),
    "LANGUAGE": (one_of(*dict(LANGUAGES)), "en"),
    "LINKS": (links.read, []),
    "LOGO": (logo.read, None),
    "LOGO_DARK": (logo.read, None),
    "LOG_LEVEL": (one_of("DEBUG", "INFO", "WARNING", "ERROR"), "INFO"),
    "LOG_FORMAT": (one_of("lines", "json"), "lines"),
    "LOG_PERSONAL_DATA": (yes_or_no, False),
    "MEDIA_ROOT": (Path, BASE_DIR / "var" / "media"),
    "METRICS_DIR": (Path, BASE_DIR / "var" / "metrics"),
    "METRICS_FROM": (networks, []),
    "METRICS_TOKEN": (metrics_token, ""),
    "PHONES_OVER_HTTP": (yes_or_no, False),
    "PHONES_PAGE": (str, ""),
    "PROXIES": (whole_number(least=0, most=5), 0),
    "SECRET_KEY": (secret_key,),
    "SESSION_HOURS": (whole_number(least=1, most=720), 12),
    "SITE_NAME": (str, "clicktodial"),
    "STATIC_ROOT": (Path, BASE_DIR / "var" / "static"),
    "TIME_ZONE": (time_zone, "UTC"),
    **ways_in.SCHEME,
}

RENAMED: dict[str, str] = {}
"""Names that variables had in the last release, with those of now: both are read in this one."""

ENV_FILE = BASE_DIR / ".env"


def names_in_file() -> list[str]:
    """What `.env` sets, known or not."""
    if not ENV_FILE.is_file():
        return []
    text = ENV_FILE.read_text(encoding="utf-8", errors="replace")
    return re.findall(r"^\s*(?:export\s+)?([A-Za-z_]\w*)\s*=", text, re.MULTILINE)


def carry_over(environ: MutableMapping[str, str]) -> list[str]:
    """Set what goes by a former name under the name of now; the former names that were in use."""
    found = []
    for former, name in RENAMED.items():
        for end in ("", "_FILE"):
            if value := environ.get(former + end):
                found.append(former)
                if not (environ.get(name) or environ.get(f"{name}_FILE")):
                    environ[name + end] = value
    return found


Environment.read_env(ENV_FILE)
carried_over = carry_over(os.environ)
env = Environment(**SCHEME)
