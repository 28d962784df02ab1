"""The product's own settings under a test's environment; nothing is set in code but variables."""

import os
import tempfile
from pathlib import Path

from cryptography.fernet import Fernet

folder = Path(tempfile.gettempdir()) / f"clicktodial-tests-{os.getuid()}"
folder.mkdir(exist_ok=True)
os.environ.update(
    {
        "ALLOWED_HOSTS": "localhost,127.0.0.1,testserver",
        "ENCRYPTION_KEYS": Fernet.generate_key().decode(),
        "HTTPS": "false",
        "MEDIA_ROOT": str(folder / "media"),
        "SECRET_KEY": "only-for-tests-" + "x" * 40,
        "STATIC_ROOT": str(folder / "static"),
        "TIME_ZONE": "Europe/Zurich",
    }
)
os.environ["DATABASE_URL"] = os.environ.get(
    "TEST_DATABASE_URL", f"sqlite:///{folder / 'tests.sqlite3'}"
)

from clicktodial.settings import *  # noqa: E402, F403
from clicktodial.settings import DATABASES  # noqa: E402

if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # A file rather than memory: the tests' threads are real, and so are their locks.
    DATABASES["default"]["TEST"] = {"NAME": str(folder / "test.sqlite3")}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
