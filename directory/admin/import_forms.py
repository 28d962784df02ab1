"""Forms of the import pages: what to read, and which column is what."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from directory.imports import fields, files, mapping
from directory.imports.mapping import NotAMapping
from directory.imports.record import NotReadable
from directory.models import ImportSource


class UploadForm(forms.Form):
    """A file of people, and where they come from."""

    source = forms.ModelChoiceField(
        ImportSource.objects.all(), label=_("Source"), required=False,
        empty_label=_("A new one, called as below"),
        help_text=_("Where these people come from. Only people of this source can be gone."),
    )  # fmt: skip
    name = forms.CharField(
        label=_("New source"), max_length=60, required=False,
        help_text=_("Such as: Personnel, or Branch office."),
    )  # fmt: skip
    file = forms.FileField(
        label=_("File"), help_text=_("CSV or XLSX, with headings in its first row.")
    )
    pictures = forms.FileField(
        label=_("Photos"), required=False,
        help_text=_("A zip of JPEG, PNG or WebP files, each called by its person’s id, or as a "
                    "column of the file says."),
    )  # fmt: skip

    def clean_file(self) -> Any:
        """The upload, if it can be read; its headings are in `columns` then."""
        upload = self.cleaned_data["file"]
        try:
            self.columns = list(files.source_of(upload.file, name=upload.name).columns)
        except NotReadable as reason:
            raise ValidationError(str(reason)) from None
        upload.file.seek(0)
        return upload

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        name = " ".join(given.get("name", "").split())
        if not given.get("source") and not name:
            self.add_error("name", _("Choose a source, or name a new one."))
        return given | {"name": name}

    def source_chosen(self) -> ImportSource:
        """The source, made if it is new."""
        given = self.cleaned_data
        chosen: ImportSource | None = given["source"]
        return chosen or ImportSource.objects.get_or_create(name=given["name"])[0]


class MappingForm(forms.Form):
    """For each column what it holds."""

    match_by = forms.ChoiceField(
        label=_("People who are here without an id are known by"),
        choices=ImportSource.Match.choices,
        required=False,
        help_text=ImportSource._meta.get_field("match_by").help_text,
    )

    def __init__(
        self, *args: Any, columns: Sequence[str], samples: Sequence[str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.columns = columns
        choices: list[Any] = [("", _("— left out —"))]
        choices += [(field.name, str(field.title).capitalize()) for field in fields.ALL.values()]
        for place, (heading, sample) in enumerate(zip(columns, samples, strict=True)):
            self.fields[f"column_{place}"] = forms.ChoiceField(
                label=heading, choices=choices, required=False, help_text=sample
            )

    @staticmethod
    def initial_of(chosen: dict[str, str], columns: Sequence[str]) -> dict[str, str]:
        return {f"column_{place}": chosen.get(name, "") for place, name in enumerate(columns)}

    def rows(self) -> list[Any]:
        """The fields of the columns alone."""
        return [self[f"column_{place}"] for place in range(len(self.columns))]

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        self.everything = {
            heading: given.get(f"column_{place}", "") for place, heading in enumerate(self.columns)
        }
        self.mapping = {heading: name for heading, name in self.everything.items() if name}
        try:
            mapping.read(self.mapping, columns=self.columns)
        except NotAMapping as reason:
            raise ValidationError(str(reason)) from None
        return given
