"""The code by which an empty site knows its owner: whoever reads the site's log.

It follows from the site's key and its database, so that every process knows the same one and none
has to keep it. It is worth nothing as soon as there is an account.
"""

import base64
import logging

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import DatabaseError
from django.db.migrations.recorder import MigrationRecorder
from django.utils.crypto import constant_time_compare, salted_hmac

logger = logging.getLogger(__name__)

LETTERS = 12
"""Of 32 kinds each: 60 bits, which nobody guesses at ten tries a minute."""


def is_open() -> bool:
    """Whether nobody has an account yet and accounts have passwords of their own here."""
    return settings.ACCOUNTS.local and not get_user_model()._default_manager.exists()


def code() -> str:
    """The code in groups of four, such as `ABCD-EFGH-JKLM`."""
    born = MigrationRecorder.Migration.objects.order_by("pk").values_list("applied", flat=True)
    mac = salted_hmac("clicktodial.start", str(born.first()), algorithm="sha256").digest()
    letters = base64.b32encode(mac).decode()[:LETTERS]
    return "-".join(letters[at : at + 4] for at in range(0, LETTERS, 4))


def fits(text: str) -> bool:
    """Whether somebody typed the code, in whatever groups and case."""
    letters = "".join(letter for letter in text.upper() if letter.isalnum())
    return constant_time_compare(letters, code().replace("-", ""))


def announce() -> bool:
    """Tells the log how to begin, where nobody has an account yet; whether it did."""
    try:
        if not is_open():
            return False
        logger.warning(
            "Nobody has an account yet. Open /start/ on this site and enter the code %s", code()
        )
    except DatabaseError:  # not migrated yet
        return False
    return True
