"""The product's own settings; only the hashed names of static files are left out."""

from clicktodial.settings import *  # noqa: F403
from clicktodial.settings import STORAGES

# Hashed names need collectstatic first, which proves nothing here.
STORAGES = STORAGES | {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
}
