"""The days of the week that are worked, kept as ISO 8601's digits: 12345 is Monday to Friday."""

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.db import models
from django.utils.dates import WEEKDAYS
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

_EACH_ONCE = RegexValidator(
    r"^1?2?3?4?5?6?7?\Z", _("Write the days as digits in their order, 1 for Monday.")
)


class DaysFormField(forms.MultipleChoiceField):
    """A tick for each day; what comes out is the text that is kept."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **options: Any) -> None:
        days = [(str(place), name) for place, name in enumerate(WEEKDAYS.values(), start=1)]
        super().__init__(choices=days, **options)

    def prepare_value(self, value: Any) -> Any:
        return list(value) if isinstance(value, str) else value

    def clean(self, value: Any) -> str:
        return "".join(sorted(super().clean(value)))


class WorkingDaysField(models.CharField):  # type: ignore[type-arg]
    """Working days; empty stands for those that are usual."""

    default_validators = [_EACH_ONCE]

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **{"max_length": 7, "blank": True, **options})

    def formfield(self, **options: Any) -> Any:
        said = {
            "label": capfirst(self.verbose_name),
            "help_text": self.help_text,
            "required": not self.blank,
        }
        return DaysFormField(**said)
