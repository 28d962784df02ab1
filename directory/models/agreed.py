"""What imports need not look at again: rows that say what the directory says already."""

from django.db import models

from directory.models.imports import ImportSource


class AgreedRow(models.Model):
    """A row of a source, by its digest, in which nothing differed from this person.

    Triggers of the database (directory.imports.triggers) delete it with any change of the person:
    what still stands here still holds, whoever has written what in the meantime. Migration 0009
    makes the table by SQL of its own, so that a digest is found in one step.
    """

    digest = models.BigIntegerField(primary_key=True)
    # No foreign key: the triggers keep it, also where rows are deleted behind Django's back.
    person_id = models.BigIntegerField(unique=True)

    def __str__(self) -> str:
        return str(self.person_id)


class Reading(models.Model):
    """How the rows of a source were read when they agreed; read otherwise, none of them counts."""

    source = models.OneToOneField(ImportSource, on_delete=models.CASCADE, related_name="reading")
    rules = models.CharField(max_length=64)
    """All that reads a row: its columns, the mapping, the country, the dial plan."""
    salt = models.CharField(max_length=32)
    """Goes into the digests, so that those of an earlier reading are no digests any more."""
    places = models.JSONField(default=list)
    """To which department and location the words of the rows have led."""

    def __str__(self) -> str:
        return str(self.source)
