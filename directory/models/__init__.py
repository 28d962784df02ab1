"""What the directory knows."""

from directory.models.agreed import AgreedRow, Reading
from directory.models.changes import Change, SelfService
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
from directory.models.trees import LdapTree
from directory.models.wrong import Report, WrongNumber

__all__ = [
    "AgreedRow",
    "Change",
    "Department",
    "Favourite",
    "ImportItem",
    "ImportRun",
    "ImportSource",
    "KindVisibility",
    "LdapTree",
    "Location",
    "Number",
    "OwnField",
    "Person",
    "PersonKey",
    "PersonText",
    "PlaceKey",
    "PlacesStamp",
    "Reading",
    "Report",
    "SelfService",
    "Spelling",
    "WordKey",
    "WrongNumber",
]
