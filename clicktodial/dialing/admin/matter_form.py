"""The file of client matters, as an administrator uploads it."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from clicktodial.dialing import matter_file


class MatterFileForm(forms.Form):
    """A CSV file, and what becomes of those that are not in it."""

    file = forms.FileField(
        label=_("CSV file"),
        help_text=_(
            "UTF-8, a code and a name on each line, with comma, semicolon or tab between them. "
            "A first line “code,name” may stand above."
        ),
    )
    others = forms.ChoiceField(
        label=_("Those that are not in the file"),
        choices=[("keep", _("stay as they are")), ("leave", _("are not offered any more"))],
        initial="keep",
    )

    def clean_file(self) -> Any:
        upload = self.cleaned_data["file"]
        try:
            return matter_file.read(upload.read(matter_file.MOST_BYTES + 1))
        except matter_file.NotMatters as wrong:
            raise ValidationError(list(wrong.faults)) from None
