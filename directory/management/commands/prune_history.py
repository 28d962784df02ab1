"""`manage.py prune_history`: forget old changes of entries, and wrong numbers answered long ago."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils.translation import ngettext

from directory.models import Change, WrongNumber


class Command(BaseCommand):
    help = (
        "Delete changes of entries that are older than AUDIT_DAYS, and reports of wrong numbers "
        "answered longer ago. Run it once a day; it may be run as often as one likes."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        days = settings.AUDIT_DAYS
        count = Change.objects.prune(days=days) + WrongNumber.objects.prune(days=days)
        text = ngettext("%(count)d row deleted.", "%(count)d rows deleted.", count)
        self.stdout.write(text % {"count": count})
