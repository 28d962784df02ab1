"""`manage.py prune_calls`: forget whom the calls of long ago went to."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils.translation import ngettext

from clicktodial.dialing.models import Call


class Command(BaseCommand):
    help = (
        "Forget whom the calls older than CALL_DAYS went to. Run it once a day; it may be run at "
        "any time and as often as one likes."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        count = Call.objects.prune(days=settings.CALL_DAYS)
        text = ngettext("%(count)d call erased.", "%(count)d calls erased.", count)
        self.stdout.write(text % {"count": count})
