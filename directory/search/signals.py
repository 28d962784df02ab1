"""Ordinary saves keep the search keys; the models' own save makes it one transaction."""

from typing import Any

from django.db.models.signals import post_save, pre_save
from django.dispatch import receiver

from directory.models import Department, Location, Person
from directory.search import document, index


@receiver(pre_save, sender=Person)
def _sort(instance: Person, **signal: Any) -> None:
    shown = instance.preferred_name or instance.given_name
    instance.sort_key = document.sort_key(shown=shown, family=instance.family_name)


@receiver(post_save, sender=Person)
def _refresh_person(instance: Person, **signal: Any) -> None:
    index.refresh([instance.pk])


@receiver(post_save, sender=Department)
def _refresh_department(instance: Department, **signal: Any) -> None:
    index.refresh_departments([instance.pk])


@receiver(post_save, sender=Location)
def _refresh_location(instance: Location, **signal: Any) -> None:
    index.refresh_locations([instance.pk])
