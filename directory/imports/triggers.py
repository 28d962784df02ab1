"""The database's own watch over agreed rows: whoever changes a person, by whatever way, ends one.

An import passes by what has not changed since it last looked. Saves, bulk updates and SQL typed by
hand all have to be noticed then, so it is the database that notices. SQLite loses the triggers of a
table that a migration makes anew: they are therefore made after every migration, and an import
trusts nothing where one of them is missing.
"""

# ruff: noqa: S608 — statements are put together of our own words

from collections.abc import Iterator
from typing import Any

from django.db import connection, transaction
from django.db.models.signals import post_migrate
from django.dispatch import receiver

from directory.imports import tables
from directory.imports.known import STATE
from directory.models import AgreedRow

VERSION = "1"
"""Part of their names: another number wherever one of them is to do something else."""
_WATCHED = {
    "directory_person": ("id", ("id", *STATE)),
    "directory_number": ("person_id", ("person_id", "kind", "written", "key")),
    "directory_ownfield": ("person_id", ("person_id", "field")),
}
"""For each table where the person stands, and which columns an import looks at."""
_MANAGERS_BY = ("source", "external_id", "email", "cucm_user_id")
_END = "DELETE FROM directory_agreedrow"


def complete() -> bool:
    """Whether all of them are there."""
    if tables.is_postgres():
        question = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'"
    else:
        question = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    return {name for name, _statement in every()} <= {name for (name,) in tables.fetch(question)}


@transaction.atomic
def make() -> None:
    """Makes them anew, and forgets what agreed while nobody watched."""
    for name, statement in every():
        table = statement.split(" ON ")[1].split()[0]
        tables.run(f"DROP TRIGGER IF EXISTS {name}{f' ON {table}' * tables.is_postgres()}")
    if tables.is_postgres():
        for table, (column, _columns) in _WATCHED.items():
            fresh = f"SELECT {column} FROM fresh"
            tables.run(_function(f"{table}_differs", fresh))
            tables.run(_function(f"{table}_moves", f"{fresh} UNION ALL SELECT {column} FROM was"))
        tables.run(_function("directory_nothing_agrees", None))
        tables.run(_function("directory_manager_differs", _REPORTS.format("NEW")))
    for _name, statement in every():
        tables.run(statement)
    tables.run(_END)


_REPORTS = "SELECT id FROM directory_person WHERE manager_id = {}.id"


def _function(name: str, people: str | None) -> str:
    # As an array, so that few people are found by the index and not by reading the whole table.
    where = f" WHERE person_id = ANY(ARRAY({people}))" if people else ""
    return (
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN {_END}{where}; RETURN NULL; END $$"
    )


def every() -> Iterator[tuple[str, str]]:
    """Each by its name, with the statement that makes it."""
    yield from _postgres() if tables.is_postgres() else _sqlite()


def _sqlite() -> Iterator[tuple[str, str]]:
    for table, (column, columns) in _WATCHED.items():
        for event, rows in (("INSERT", "new"), ("UPDATE", "old new"), ("DELETE", "old")):
            name = f"{table}_{event.lower()}_{VERSION}"
            of = f" OF {', '.join(columns)}" if event == "UPDATE" else ""
            people = ", ".join(f"{row}.{column}" for row in rows.split())
            yield (
                name,
                f"CREATE TRIGGER {name} AFTER {event}{of} ON {table} "
                f"BEGIN {_END} WHERE person_id IN ({people}); END",
            )
    name = f"directory_person_manager_{VERSION}"
    yield (
        name,
        f"CREATE TRIGGER {name} AFTER UPDATE OF {', '.join(_MANAGERS_BY)} ON directory_person "
        f"BEGIN {_END} WHERE person_id IN ({_REPORTS.format('old')}); END",
    )


def _postgres() -> Iterator[tuple[str, str]]:
    for table in _WATCHED:
        for event, rows, function in (
            ("INSERT", "NEW TABLE AS fresh", "differs"),
            ("UPDATE", "OLD TABLE AS was NEW TABLE AS fresh", "moves"),
            ("DELETE", "OLD TABLE AS fresh", "differs"),
        ):
            name = f"{table}_{event.lower()}_{VERSION}"
            yield (
                name,
                f"CREATE TRIGGER {name} AFTER {event} ON {table} REFERENCING {rows} "
                f"FOR EACH STATEMENT EXECUTE FUNCTION {table}_{function}()",
            )
        name = f"{table}_truncate_{VERSION}"
        yield (
            name,
            f"CREATE TRIGGER {name} AFTER TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION directory_nothing_agrees()",
        )
    name = f"directory_person_manager_{VERSION}"
    differs = " OR ".join(f"OLD.{each} IS DISTINCT FROM NEW.{each}" for each in _MANAGERS_BY)
    yield (
        name,
        f"CREATE TRIGGER {name} AFTER UPDATE OF {', '.join(_MANAGERS_BY)} ON directory_person "
        f"FOR EACH ROW WHEN ({differs}) EXECUTE FUNCTION directory_manager_differs()",
    )


@receiver(post_migrate)
def _watch(app_config: Any, **signal: Any) -> None:
    if (
        app_config.name == "directory"
        and AgreedRow._meta.db_table in (connection.introspection.table_names())
        and not complete()
    ):
        make()
