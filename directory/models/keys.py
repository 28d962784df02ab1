"""The search index: plain tables in sorted order, written only by directory.search.index.

Migration 0002 makes them by SQL of its own: clustered on SQLite, with covering indexes on both.
"""

from django.db import models

from directory.models.places import Department, Location
from directory.models.sorted_text import SortedTextField


class Key(models.Model):
    """One way to begin to write a person, with what a search narrows by in the same entry.

    `shared` is how many letters it has in common with a key of the same person that comes
    earlier: a search for more letters than that meets the person here for the first time. The
    ids are 0 for none.
    """

    pk = models.CompositePrimaryKey("key", "person_id")
    key = SortedTextField()
    person_id = models.BigIntegerField()
    department_id = models.BigIntegerField(default=0)
    location_id = models.BigIntegerField(default=0)
    kind = models.SmallIntegerField(default=0)
    shared = models.SmallIntegerField(default=0)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.key


class PersonKey(Key):
    """The name, begun at each of its words, in each spelling."""


class WordKey(Key):
    """Any other word a person is found by: of the title, the room, the email, the user id."""


class PersonText(models.Model):
    """All that a person is found by, as the keys were made of it; a space before each word."""

    person_id = models.BigIntegerField(primary_key=True)
    names = models.TextField()
    words = models.TextField()
    department_id = models.BigIntegerField(default=0)
    location_id = models.BigIntegerField(default=0)
    kind = models.SmallIntegerField(default=0)

    def __str__(self) -> str:
        return self.names


class Spelling(models.Model):
    """A word of the directory, under itself and under each of its forms with one letter less."""

    pk = models.CompositePrimaryKey("form", "word")
    form = SortedTextField()
    word = SortedTextField()

    def __str__(self) -> str:
        return self.word


class PlaceKey(models.Model):
    """One word of a department or of a location."""

    key = SortedTextField()
    department = models.ForeignKey(
        Department, on_delete=models.CASCADE, null=True, related_name="search_keys"
    )
    location = models.ForeignKey(
        Location, on_delete=models.CASCADE, null=True, related_name="search_keys"
    )

    class Meta:
        indexes = (models.Index(fields=("key",), name="places_by_key"),)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(department=None) ^ models.Q(location=None),
                name="a_place_key_names_one_place",
            ),
        )

    def __str__(self) -> str:
        return self.key


class PlacesStamp(models.Model):
    """Changes with every change of a department or location: what processes keep is then old."""

    stamp = models.BigIntegerField()

    def __str__(self) -> str:
        return str(self.stamp)
