"""Changes that pass `save` by are told to the search index all the same."""

from typing import Any

from django.db import models, transaction
from django.dispatch import Signal

updated = Signal()
"""Sent by a model's `update`, in its transaction: `ids` and the names of the `fields`."""


class ToldQuerySet(models.QuerySet[Any]):
    """A query set whose `update`, as admin actions and `bulk_update` call it, sends `updated`."""

    def update(self, **values: Any) -> int:
        if not updated.has_listeners(self.model):
            return super().update(**values)
        with transaction.atomic(using=self.db):
            ids = list(self.order_by().values_list("pk", flat=True))
            count = super().update(**values)
            updated.send(self.model, ids=ids, fields=frozenset(values))
        return count

    update.alters_data = True  # type: ignore[attr-defined]
