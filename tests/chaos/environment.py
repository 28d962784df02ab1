"""The site's variables for a storm or a measurement: a database and secrets of its own."""

import os
import secrets
from pathlib import Path

from cryptography.fernet import Fernet


def set_environment(folder: Path, *, database_url: str = "") -> None:
    """Set them for this process and for those that it starts; SQLite in the folder by default."""
    os.environ.update(
        {
            "DJANGO_SETTINGS_MODULE": "tests.chaos.settings",
            "ALLOWED_HOSTS": "127.0.0.1",
            "DATABASE_URL": database_url or f"sqlite:///{folder / 'site.sqlite3'}",
            "DEBUG": "false",
            "ENCRYPTION_KEYS": Fernet.generate_key().decode(),
            "HTTPS": "false",
            "LOG_LEVEL": "ERROR",
            "MEDIA_ROOT": str(folder / "media"),
            "SECRET_KEY": secrets.token_hex(32),
            "STATIC_ROOT": str(folder / "static"),
        }
    )
