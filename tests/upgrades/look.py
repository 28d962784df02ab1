"""`python -m tests.upgrades.look tables,pages migrate tables`: looks at a database, and commands.

What a database holds is told as JSON, a list with an entry a look; a command that fails ends it.
"""

import json
import sys
import uuid

import django

PAGES = (
    "/",
    "/people/{ada}/",
    "/dial/calls/",
    "/dial/profile/",
    "/admin/",
    "/admin/dialing/call/",
)


def tables() -> dict[str, int]:
    """How many rows each table has."""
    from django.db import connection

    with connection.cursor() as cursor:
        names = connection.introspection.table_names(cursor)
        counts = {}
        for name in names:
            cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(name)}")  # noqa: S608 - its own names
            counts[name] = cursor.fetchone()[0]
    return counts


COLUMNS = {  # table, column, and whether a row may be written that does not name it
    "sqlite": """SELECT m.name, c.name, NOT c."notnull" OR c.dflt_value IS NOT NULL
        FROM sqlite_master m, pragma_table_info(m.name) c WHERE m.type = 'table'""",
    "postgresql": """SELECT table_name, column_name,
        is_nullable = 'YES' OR column_default IS NOT NULL FROM information_schema.columns
        WHERE table_schema = 'public'""",
}


def columns() -> dict[str, dict[str, bool]]:
    """Each table's columns, and whether a row may be written that does not name them."""
    from django.db import connection

    found: dict[str, dict[str, bool]] = {}
    with connection.cursor() as cursor:
        cursor.execute(COLUMNS[connection.vendor])
        for table, column, may_be_left_out in cursor.fetchall():
            found.setdefault(table, {})[column] = bool(may_be_left_out)
    return found


def pages() -> dict[str, object]:
    """What somebody of that company meets who signs in now."""
    from django.contrib.auth import get_user_model
    from django.test import Client

    from clicktodial.dialing.models import Call
    from directory import search
    from directory.models import Person
    from directory.visibility import viewer_of

    ada = get_user_model().objects.get(username="ada")
    get_user_model().objects.filter(pk=ada.pk).update(is_staff=True, is_superuser=True)
    person = Person.objects.get(account=ada)
    client = Client(SERVER_NAME="localhost")
    client.force_login(ada)
    found = search.find(person.name, viewer=viewer_of(ada))
    call = Call.objects.seen(click=uuid.UUID(int=1, version=4), user=ada)
    return {
        "ada": sum(row.pk == person.pk for row in found.people),
        "seen": call and call.number,
        "statuses": {
            path: client.get(path.format(ada=person.pk), secure=True).status_code for path in PAGES
        },
    }


LOOKS = {"tables": tables, "columns": columns, "pages": pages}
COMMANDS = {
    "migrate": ("migrate", "--no-input", "--verbosity=0"),
    "check": ("check", "--database=default"),
    "current": ("migrate", "--check"),
}


if __name__ == "__main__":
    django.setup()
    from django.core.management import call_command

    seen = []
    for step in sys.argv[1:]:
        if step in COMMANDS:
            call_command(*COMMANDS[step], stdout=sys.stderr)
        else:
            seen.append({name: LOOKS[name]() for name in step.split(",")})
    print(json.dumps(seen))
