"""People as a source knows them, for tests."""

from typing import Any

from clicktodial.signin.known import Known, Source
from directory.models import Person


def known(username: str = "ada", **told: Any) -> Known:
    told = {"source": Source.LDAP, "subject": f"id-of-{username}", "username": username} | told
    return Known(**told)


def entry(given_name: str = "Ada", **fields: Any) -> Person:
    return Person.objects.create(given_name=given_name, family_name="Lovelace", **fields)
