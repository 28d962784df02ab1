"""`python -m tests.upgrades.look tables|pages`: what a database holds, as JSON."""

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


if __name__ == "__main__":
    django.setup()
    print(json.dumps({"tables": tables, "pages": pages}[sys.argv[1]]()))
