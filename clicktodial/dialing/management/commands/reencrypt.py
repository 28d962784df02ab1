"""`manage.py reencrypt`: every sealed secret under the newest key."""

from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clicktodial.sealed import SealedField, WrongKey


class Command(BaseCommand):
    help = (
        "Seal every secret in the database with the first of ENCRYPTION_KEYS, so that older keys "
        "can be taken away. Changes all of them or none."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        with transaction.atomic():
            count = sum(
                _reseal(model, field)
                for model in apps.get_models()
                for field in model._meta.local_concrete_fields
                if isinstance(field, SealedField)
            )
        text = ngettext(
            "%(count)d secret is sealed with the newest key.",
            "%(count)d secrets are sealed with the newest key.",
            count,
        )
        self.stdout.write(text % {"count": count})


def _reseal(model: type[Model], field: SealedField) -> int:
    """How many secrets of one column were sealed anew; the rows stay locked until the end."""
    column, count = field.name, 0
    rows = model._default_manager.select_for_update().exclude(**{column: ""})
    for row in rows.order_by("pk"):
        try:
            setattr(row, column, getattr(row, column).resealed())
        except WrongKey:
            raise CommandError(
                _(
                    "No key opens the %(column)s of the %(model)s “%(row)s”. Nothing was changed. "
                    "Put its key back into ENCRYPTION_KEYS, or enter the secret again."
                )
                % {
                    "column": field.verbose_name,
                    "model": model._meta.verbose_name,
                    "row": row,
                }
            ) from None
        row.save(update_fields=[column])
        count += 1
    return count
