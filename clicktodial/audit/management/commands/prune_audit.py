"""`manage.py prune_audit`: forget old entries of the audit trail."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils.translation import ngettext

from clicktodial.audit.models import Entry


class Command(BaseCommand):
    help = (
        "Delete the entries of the audit trail that are older than AUDIT_DAYS. Run it once a day; "
        "it may be run at any time and as often as one likes."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        count = Entry.objects.prune(days=settings.AUDIT_DAYS)
        text = ngettext("%(count)d entry deleted.", "%(count)d entries deleted.", count)
        self.stdout.write(text % {"count": count})
