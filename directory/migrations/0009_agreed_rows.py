"""Rows of sources in which nothing differed, in the order of their digests.

On SQLite the table is clustered (WITHOUT ROWID); on PostgreSQL the index carries the person.
The triggers that keep it are made after every migration: directory.imports.triggers.
"""

import django.db.models.deletion
from django.db import migrations, models

TABLE = """
CREATE TABLE directory_agreedrow (
    "digest" bigint NOT NULL, "person_id" bigint NOT NULL UNIQUE,
    PRIMARY KEY ("digest"){rest}
){clustered}
"""


def make(apps, schema_editor):
    postgres = schema_editor.connection.vendor == "postgresql"
    rest, clustered = (' INCLUDE ("person_id")', "") if postgres else ("", " WITHOUT ROWID")
    schema_editor.execute(TABLE.format(rest=rest, clustered=clustered))


def unmake(apps, schema_editor):
    schema_editor.execute("DROP TABLE directory_agreedrow")


class Migration(migrations.Migration):

    dependencies = [("directory", "0008_ldap_trees")]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunPython(make, unmake)],
            state_operations=[
                migrations.CreateModel(
                    "AgreedRow",
                    [
                        ("digest", models.BigIntegerField(primary_key=True, serialize=False)),
                        ("person_id", models.BigIntegerField(unique=True)),
                    ],
                ),
            ],
        ),
        migrations.CreateModel(
            "Reading",
            [
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("rules", models.CharField(max_length=64)),
                ("salt", models.CharField(max_length=32)),
                ("places", models.JSONField(default=list)),
                ("source", models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name="reading", to="directory.importsource")),
            ],
        ),
    ]
