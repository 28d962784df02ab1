"""The environment of a demo: every variable of the site, so that nobody's own settings get in."""

import os
import secrets
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote

from cryptography.fernet import Fernet

from clicktodial import ways_in
from clicktodial.demo.company import NAME

_GENERATED = "secrets.env"


def variables(folder: Path, *, host: str, port: int, phones_page: str) -> dict[str, str]:
    """Every environment variable of a demo that keeps its things in `folder`."""
    return {
        "ACCENT_COLOUR": "",
        "ALLOWED_HOSTS": ",".join(_hosts(host)),
        "AUDIT_DAYS": "365",
        "CACHE_URL": "locmemcache://",
        "CALL_DAYS": "90",
        "CSRF_TRUSTED_ORIGINS": "",
        "DATABASE_URL": f"sqlite:///{quote(str(folder / 'clicktodial.sqlite3'))}",
        "DEBUG": "false",
        "DEFAULT_COUNTRY": "CH",
        "DEMO": "true",
        "DIALING": "true",
        "HTTPS": "false",
        "LANGUAGE": "en",
        "LINKS": "",
        "LOGO": "",
        "LOGO_DARK": "",
        "LOG_FORMAT": "lines",
        "LOG_LEVEL": "WARNING",
        "LOG_PERSONAL_DATA": "false",
        "MEDIA_ROOT": str(folder / "media"),
        "METRICS_DIR": str(folder / "metrics"),
        "METRICS_FROM": "",
        "METRICS_TOKEN": "",
        "PHONES_OVER_HTTP": "false",
        "PHONES_PAGE": phones_page,
        "PROXIES": "0",
        "SESSION_HOURS": "12",
        "SITE_NAME": NAME,
        "STATIC_ROOT": str(folder / "static"),
        "TIME_ZONE": "Europe/Zurich",
        **dict.fromkeys(ways_in.SCHEME, ""),
        **_secrets(folder / _GENERATED),
    }


def take(variables: Mapping[str, str]) -> None:
    """Makes these the process's own; an empty file name keeps a variable's file out."""
    os.environ.update(variables)
    os.environ.update({f"{name}_FILE": "" for name in variables})
    os.environ["DJANGO_SETTINGS_MODULE"] = "clicktodial.settings"


def _hosts(host: str) -> list[str]:
    if host in {"0.0.0.0", "::"}:  # noqa: S104 - only compared: the visitor asked for every address
        return ["*"]
    return list(dict.fromkeys(["localhost", "127.0.0.1", "[::1]", host]))


def _secrets(file: Path) -> dict[str, str]:
    """The keys of this demo, made at the first start and read by nobody but their owner."""
    if not file.exists():
        fresh = {
            "SECRET_KEY": secrets.token_urlsafe(48),
            "ENCRYPTION_KEYS": Fernet.generate_key().decode(),
        }
        text = "".join(f"{name}={value}\n" for name, value in fresh.items())
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as opened:
            opened.write(text)
    lines = file.read_text(encoding="utf-8").splitlines()
    return dict(line.split("=", 1) for line in lines)
