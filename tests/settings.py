"""The product's own settings under a test's environment: variables, and what makes tests quick."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

from cryptography.fernet import Fernet

folder = Path(tempfile.mkdtemp(prefix="clicktodial-tests-"))
atexit.register(shutil.rmtree, folder, ignore_errors=True)
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
from clicktodial.settings import DATABASES, STORAGES  # noqa: E402

if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # A file rather than memory: the tests' threads are real, and so are their locks.
    DATABASES["default"]["TEST"] = {"NAME": str(folder / "test.sqlite3")}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# Hashed names need collectstatic first; the browser tests do that.
STORAGES = STORAGES | {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
}
