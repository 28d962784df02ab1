"""What the directory knows."""

from directory.models.keys import (
    PersonKey,
    PersonText,
    PlaceKey,
    PlacesStamp,
    Spelling,
    WordKey,
)
from directory.models.numbers import Number
from directory.models.people import Favourite, Person
from directory.models.places import Department, Location

__all__ = [
    "Department",
    "Favourite",
    "Location",
    "Number",
    "Person",
    "PersonKey",
    "PersonText",
    "PlaceKey",
    "PlacesStamp",
    "Spelling",
    "WordKey",
]
