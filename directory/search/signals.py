"""Ordinary saves keep the search keys; the models' own save makes it one transaction."""

from typing import Any

from django.db import connection
from django.db.models.signals import post_delete, post_migrate, post_save, pre_save
from django.dispatch import receiver

from directory.models import Department, Location, Person, PersonText
from directory.models.bulk import updated
from directory.search import document, index, sql


@receiver(pre_save, sender=Person)
def _sort(instance: Person, **signal: Any) -> None:
    shown = instance.preferred_name or instance.given_name
    instance.sort_key = document.sort_key(shown=shown, family=instance.family_name)


@receiver(post_save, sender=Person)
def _refresh_person(
    instance: Person, update_fields: frozenset[str] | None = None, **signal: Any
) -> None:
    index.refresh_saved(instance, fields=update_fields)


@receiver(post_delete, sender=Person)
def _forget_person(instance: Person, **signal: Any) -> None:
    index.forget([instance.pk])


@receiver(updated, sender=Person)
def _refresh_people(ids: list[int], fields: frozenset[str], **signal: Any) -> None:
    if fields & index.FIELDS:
        index.refresh(ids)


@receiver(post_save, sender=Department)
def _refresh_department(instance: Department, **signal: Any) -> None:
    index.refresh_departments([instance.pk])


@receiver(updated, sender=Department)
def _refresh_departments(ids: list[int], **signal: Any) -> None:
    index.refresh_departments(ids)


@receiver(post_save, sender=Location)
def _refresh_location(instance: Location, **signal: Any) -> None:
    index.refresh_locations([instance.pk])


@receiver(updated, sender=Location)
def _refresh_locations(ids: list[int], **signal: Any) -> None:
    index.refresh_locations(ids)


@receiver(post_delete, sender=Department)
def _leave_department(instance: Department, **signal: Any) -> None:
    _leave("department_id", instance.pk)


@receiver(post_delete, sender=Location)
def _leave_location(instance: Location, **signal: Any) -> None:
    _leave("location_id", instance.pk)


def _leave(column: str, pk: int) -> None:
    # The deletion has set the people's column to null without telling anybody.
    question = f"SELECT DISTINCT person_id FROM directory_personkey WHERE {column} = %s"  # noqa: S608
    index.refresh([person for (person,) in sql.fetch(question, [pk])])
    index.places_changed()


@receiver(post_migrate)
def _fill(app_config: Any, **signal: Any) -> None:
    """People who were there before the search's tables get their keys at once."""
    if app_config.name != "directory" or PersonText._meta.db_table not in (
        connection.introspection.table_names()
    ):
        return
    if not PersonText.objects.exists():
        ids = Person.objects.filter(is_active=True).order_by("pk").values_list("pk", flat=True)
        index.refresh(ids.iterator(chunk_size=2000))
        index.refresh_departments(Department.objects.values_list("pk", flat=True))
        index.refresh_locations(Location.objects.values_list("pk", flat=True))
