"""The search's tables, in the order in which they are read.

On SQLite they are clustered (WITHOUT ROWID); on PostgreSQL the indexes carry every column, so
that neither database touches a row before it is one of those shown.
"""

import secrets

import directory.models.sorted_text
import django.db.models.deletion
from django.db import migrations, models

KEY = """
CREATE TABLE {table} (
    "key" text{collation} NOT NULL, "person_id" bigint NOT NULL,
    "department_id" bigint NOT NULL, "location_id" bigint NOT NULL,
    "kind" smallint NOT NULL, "shared" smallint NOT NULL,
    PRIMARY KEY ("key", "person_id"){rest}
){clustered}
"""
ALL = ("department_id", "location_id", "kind", "shared")
INDEXES = (
    ("people_by_department_and_key", "directory_personkey", "department_id"),
    ("people_by_location_and_key", "directory_personkey", "location_id"),
    ("words_by_department_and_key", "directory_wordkey", "department_id"),
)
SPELLING = """
CREATE TABLE directory_spelling (
    "form" text{collation} NOT NULL, "word" text{collation} NOT NULL, PRIMARY KEY ("form", "word")
){clustered}
"""


def make(apps, schema_editor):
    postgres = schema_editor.connection.vendor == "postgresql"
    words = {
        "collation": ' COLLATE "C"' if postgres else "",
        "rest": f" INCLUDE ({', '.join(ALL)})" if postgres else "",
        "clustered": "" if postgres else " WITHOUT ROWID",
    }
    for table in ("directory_personkey", "directory_wordkey"):
        schema_editor.execute(KEY.format(table=table, **words))
    schema_editor.execute(SPELLING.format(**words))
    for name, table, place in INDEXES:
        others = ", ".join(column for column in ALL if column != place)
        columns = f'{place}, "key", person_id'
        columns += f") INCLUDE ({others})" if postgres else f", {others})"
        schema_editor.execute(f"CREATE INDEX {name} ON {table} ({columns}")


def unmake(apps, schema_editor):
    for table in ("directory_personkey", "directory_wordkey", "directory_spelling"):
        schema_editor.execute(f"DROP TABLE {table}")


def stamp(apps, schema_editor):
    stamps = apps.get_model("directory", "PlacesStamp").objects.using(schema_editor.connection.alias)
    stamps.create(pk=1, stamp=secrets.randbits(62))


def fields():
    return [
        ("pk", models.CompositePrimaryKey("key", "person_id", blank=True, editable=False, primary_key=True, serialize=False)),
        ("key", directory.models.sorted_text.SortedTextField()),
        ("person_id", models.BigIntegerField()),
        ("department_id", models.BigIntegerField(default=0)),
        ("location_id", models.BigIntegerField(default=0)),
        ("kind", models.SmallIntegerField(default=0)),
        ("shared", models.SmallIntegerField(default=0)),
    ]


class Migration(migrations.Migration):

    dependencies = [("directory", "0001_initial")]

    operations = [
        migrations.DeleteModel("PersonKey"),
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunPython(make, unmake)],
            state_operations=[
                migrations.CreateModel("PersonKey", fields(), options={"abstract": False}),
                migrations.CreateModel("WordKey", fields(), options={"abstract": False}),
                migrations.CreateModel(
                    "Spelling",
                    [
                        ("pk", models.CompositePrimaryKey("form", "word", blank=True, editable=False, primary_key=True, serialize=False)),
                        ("form", directory.models.sorted_text.SortedTextField()),
                        ("word", directory.models.sorted_text.SortedTextField()),
                    ],
                ),
            ],
        ),
        migrations.CreateModel(
            "PersonText",
            [
                ("person_id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("names", models.TextField()),
                ("words", models.TextField()),
                ("department_id", models.BigIntegerField(default=0)),
                ("location_id", models.BigIntegerField(default=0)),
                ("kind", models.SmallIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            "PlacesStamp",
            [
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("stamp", models.BigIntegerField()),
            ],
        ),
        migrations.RunPython(stamp, migrations.RunPython.noop),
        migrations.AddIndex(
            "person",
            models.Index(fields=["department", "location", "sort_key"], name="people_by_both_places"),
        ),
    ]
