"""What administrators type in for dial plans: the plan itself, a number to try, a file."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from clicktodial.dialing import exchange, plans, whereabouts
from clicktodial.dialing.models import Cluster, DialPlan
from clicktodial.dialing.whereabouts import Place
from clicktodial.dialplan.exchange import NotAPlan
from clicktodial.dialplan.number import NotANumber


def place_choices() -> list[tuple[str, str]]:
    """The directory's places that a plan may be for."""
    everywhere = ("", gettext("Every location without a plan of its own"))
    named = [(each.code, f"{each.name} ({each.code})") for each in whereabouts.every_place()]
    return [everywhere, *named]


def place_named(code: str) -> Place:
    """The directory's place with this code; one that has only the code where there is none."""
    found = (place for place in whereabouts.every_place() if place.code == code)
    return next(found, Place(code)) if code else Place()


class DialPlanForm(forms.ModelForm):  # type: ignore[type-arg]
    """A plan; its location is one of the directory's, or one that was kept before."""

    class Meta:
        model = DialPlan
        fields = (
            "name",
            "cluster",
            "location",
            "extension_lengths",
            "plus",
            "international_prefix",
            "home_code",
            "national_prefix",
            "outside_prefix",
        )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields.get("location")  # who may only look has no fields
        if field:
            choices = place_choices()
            kept = self.instance.location
            if kept not in dict(choices):
                choices.append((kept, kept))
            self.fields["location"] = forms.ChoiceField(
                label=_("Location"),
                required=False,
                choices=choices,
                help_text=_("Locations of the directory that have a code."),
            )


class TryForm(forms.Form):
    """A number to try, and where somebody would dial it."""

    number = forms.CharField(
        label=_("Number"), max_length=300, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    cluster = forms.ModelChoiceField(
        Cluster.objects.all(), label=_("Home cluster"), empty_label=None
    )
    location = forms.ChoiceField(label=_("Location of the caller"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", gettext("unknown")), *place_choices()[1:]]
        self.fields["location"] = forms.ChoiceField(
            label=_("Location of the caller"), required=False, choices=choices
        )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if {"number", "cluster", "location"} <= cleaned.keys():
            rules = plans.at(cleaned["cluster"], place_named(cleaned["location"]))
            try:
                cleaned["read"] = rules.read(cleaned["number"])
            except NotANumber as problem:
                self.add_error("number", str(problem))
            for flaw in rules.kept.flaws:
                self.add_error("cluster", flaw)
            cleaned["rules"] = rules
        return cleaned


class ImportForm(forms.Form):
    """A file with a plan, and for whom it is to be."""

    cluster = forms.ModelChoiceField(Cluster.objects.all(), label=_("Cluster"), empty_label=None)
    location = forms.ChoiceField(label=_("Location"), required=False)
    file = forms.FileField(
        label=_("File"), help_text=_("A dial plan that was exported here, or written by hand.")
    )
    replace = forms.BooleanField(
        label=_("Put it in the place of the plan that is kept for that location"), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["location"] = forms.ChoiceField(
            label=_("Location"), required=False, choices=place_choices()
        )

    def clean_file(self) -> Any:
        upload = self.cleaned_data["file"]
        try:
            return exchange.loads(upload.read(exchange.MOST_BYTES + 1))
        except NotAPlan as wrong:
            raise ValidationError([str(fault) for fault in wrong.faults]) from None

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        cluster, location = cleaned.get("cluster"), cleaned.get("location", "")
        kept = cluster and cluster.dial_plans.filter(location=location).exists()
        if kept and not cleaned.get("replace"):
            self.add_error(
                "replace", _("There is a plan already. Tick this to have it replaced by the file.")
            )
        return cleaned
