"""`manage.py settle_calls`: tell the calls whose worker died how they ended."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import ngettext

from clicktodial.dialing.models import Call


class Command(BaseCommand):
    help = (
        "Settle the calls that a dead worker left behind: as not sent where nothing left this "
        "machine, else as not confirmed. Pages do this by themselves; run it now and then for "
        "people who do not come back."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        count = Call.objects.settle_abandoned()
        text = ngettext("%(count)d call settled.", "%(count)d calls settled.", count)
        self.stdout.write(text % {"count": count})
