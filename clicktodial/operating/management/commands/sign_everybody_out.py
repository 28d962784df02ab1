"""`manage.py sign_everybody_out`: ends every session, as after a restored backup or a theft."""

from typing import Any

from django.contrib.sessions.models import Session
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = (
        "End every session. After restoring a backup this keeps pages of before from dialling: "
        "their clicks are no longer known."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        count, _ = Session.objects.all().delete()
        self.stdout.write(f"{count} sessions were ended.")
