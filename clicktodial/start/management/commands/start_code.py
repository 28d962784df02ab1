"""Shows the code with which the first administrator is made."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from clicktodial.start import code


class Command(BaseCommand):
    help = "Shows the code that the first start at /start/ asks for, while nobody has an account."

    def handle(self, *args: Any, **options: Any) -> None:
        if not code.is_open():
            raise CommandError("There are accounts already: nothing is left to start.")
        self.stdout.write(code.code())
