"""Moves everything from one database to another, such as from SQLite to PostgreSQL."""

from collections.abc import Callable
from itertools import islice

from django.apps import apps
from django.core.management.color import no_style
from django.db import connections, models, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.db.models.sql.subqueries import InsertQuery

VALUES = 20_000
"""Values that are carried at a time: what is kept in memory, and what one statement takes."""


class CannotMove(Exception):
    """The databases do not fit; the text says what to do. Nothing was changed."""


def move(source: str, target: str, *, told: Callable[[str, int], None]) -> int:
    """Copy every row of one database alias to another, all or nothing; how many there were.

    An SQLite source takes no writes meanwhile. What `migrate` put into the target gives way to the
    source's own. `told` hears each table's name and rows. CannotMove where the target is in use or
    the two are not migrated alike.
    """
    _check_migrations(source, target)
    _check_unused(target)
    every = list(apps.get_models(include_auto_created=True))
    kept = [model for model in every if model._meta.managed and not model._meta.proxy]
    with transaction.atomic(using=source), transaction.atomic(using=target):
        # Foreign keys are checked in the end, on either engine, so tables come in any order.
        for model in kept:
            model._base_manager.using(target).all()._raw_delete(target)
        moved = 0
        for model in kept:
            count = _carry(model, source=source, target=target)
            told(model._meta.db_table, count)
            moved += count
        connections[target].check_constraints()
        _count_on(kept, using=target)
    return moved


def _check_migrations(source: str, target: str) -> None:
    names = [
        set(MigrationRecorder(connections[alias]).applied_migrations())
        for alias in (source, target)
    ]
    if not names[0]:
        raise CannotMove("There is no site in the database that is to be moved.")
    if names[0] != names[1]:
        raise CannotMove("Run migrate on both databases first, with this version of the site.")


def _check_unused(target: str) -> None:
    """A site that people use already must not be written over."""
    for label in ("auth.User", "directory.Person", "dialing.Cluster", "dialing.Call"):
        model = apps.get_model(label)
        if model._base_manager.using(target).exists():
            raise CannotMove(
                f"The new database is in use: it has {model._meta.verbose_name_plural}. "
                "Move into an empty one."
            )


def _carry(model: type[models.Model], *, source: str, target: str) -> int:
    """Write one table's rows as they are: no automatic times, no search keys made anew."""
    fields = [field for field in model._meta.local_concrete_fields if not field.generated]
    size = max(VALUES // len(fields), 1)
    rows = model._base_manager.using(source).order_by("pk").iterator(chunk_size=size)
    count = 0
    while batch := list(islice(rows, size)):
        query = InsertQuery(model)
        query.insert_values(fields, batch, raw=True)
        query.get_compiler(using=target).execute_sql()
        count += len(batch)
    return count


def _count_on(kept: list[type[models.Model]], *, using: str) -> None:
    """Let the next new row get a number behind the highest that was moved."""
    with connections[using].cursor() as cursor:
        for statement in connections[using].ops.sequence_reset_sql(no_style(), kept):
            cursor.execute(statement)
