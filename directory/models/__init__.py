"""What the directory knows."""

from directory.models.imports import ImportItem, ImportRun, ImportSource
from directory.models.keys import (
    PersonKey,
    PersonText,
    PlaceKey,
    PlacesStamp,
    Spelling,
    WordKey,
)
from directory.models.numbers import KindVisibility, Number
from directory.models.owned import OwnField
from directory.models.people import Favourite, Person
from directory.models.places import Department, Location

__all__ = [
    "Department",
    "Favourite",
    "ImportItem",
    "ImportRun",
    "ImportSource",
    "KindVisibility",
    "Location",
    "Number",
    "OwnField",
    "Person",
    "PersonKey",
    "PersonText",
    "PlaceKey",
    "PlacesStamp",
    "Spelling",
    "WordKey",
]
