"""The numbers of a person in the order they are shown, from one index and without sorting.

It takes the place of the foreign key's own. Django would write the table anew on SQLite to be rid
of that one, so it is dropped by its name.
"""

import django.db.models.deletion
from django.db import migrations, models


def drop(apps, schema_editor):
    with schema_editor.connection.cursor() as cursor:
        there = schema_editor.connection.introspection.get_constraints(cursor, "directory_number")
    for name, found in there.items():
        if found["columns"] == ["person_id"] and found["index"] and not found["foreign_key"]:
            schema_editor.execute(f'DROP INDEX "{name}"')


def make(apps, schema_editor):
    schema_editor.execute(
        'CREATE INDEX "numbers_of_a_person" ON "directory_number" ("person_id")'
    )


class Migration(migrations.Migration):

    dependencies = [("directory", "0009_agreed_rows")]

    operations = [
        migrations.AddIndex(
            "number", models.Index(fields=["person", "order"], name="numbers_by_person")
        ),
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunPython(drop, make)],
            state_operations=[
                migrations.AlterField(
                    "number",
                    "person",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="numbers",
                        to="directory.person",
                    ),
                ),
            ],
        ),
    ]
