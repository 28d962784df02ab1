"""The search index: plain tables in sorted order, written only by directory.search.index."""

from django.db import models

from directory.models.people import Person
from directory.models.places import Department, Location
from directory.models.sorted_text import SortedTextField


class PersonKey(models.Model):
    """One way to begin to write a person: a rotation of the name, or another word."""

    key = SortedTextField()
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="search_keys")
    is_name = models.BooleanField()

    class Meta:
        indexes = (models.Index(fields=("key", "person"), name="people_by_key"),)

    def __str__(self) -> str:
        return self.key


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
