"""What people may ask of dialling, checked."""

from collections.abc import Mapping, Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from clicktodial.dialing.devices import Choice
from clicktodial.dialing.inputs import (
    BehalfField,
    FacField,
    NotDialable,
    NumberField,
    Reader,
    offer,
)
from clicktodial.dialing.models import ClientMatter, Contact, DialProfile, Mode
from clicktodial.dialing.models.contact import LONGEST_NAME, LONGEST_NOTE, MOST_CONTACTS
from clicktodial.dialing.plans import Rules
from clicktodial.dialing.questions import Given
from clicktodial.dialplan.number import Number

_OUT_OF_DATE = _("This page is out of date. Open it again, then call.")


class DialForm(forms.Form):
    """A click: a number and the token that makes it one call at most.

    The page that asks first adds what it has shown and what the person gave there.
    """

    number = NumberField()
    fac = FacField(required=False)
    cmc = forms.CharField(required=False, max_length=16)
    other_cmc = forms.CharField(
        label=_("Another code"),
        required=False,
        max_length=150,
        widget=forms.TextInput(attrs={"list": "matters", "autocomplete": "off"}),
    )
    agreed = forms.BooleanField(required=False)
    shown = forms.CharField(
        required=False, max_length=200, error_messages={"max_length": _OUT_OF_DATE}
    )
    way = forms.TypedChoiceField(
        required=False,
        choices=Mode,
        coerce=Mode,
        empty_value=None,
        error_messages={"invalid_choice": _OUT_OF_DATE},
    )
    phone = forms.CharField(
        required=False, max_length=400, error_messages={"max_length": _OUT_OF_DATE}
    )
    only = forms.BooleanField(required=False)
    behalf = BehalfField(required=False)
    click = forms.UUIDField(error_messages=dict.fromkeys(("required", "invalid"), _OUT_OF_DATE))

    def __init__(self, *args: Any, rules: Reader | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(NumberField, self.fields["number"]).rules = rules

    def clean(self) -> dict[str, Any]:
        """A typed client matter counts before a chosen one, and must be one that is kept."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        typed = cleaned.get("other_cmc", "")
        code = typed or cleaned.get("cmc", "")
        if code and ClientMatter.objects.exists():
            offered = ClientMatter.objects.filter(is_active=True)
            found = offered.filter(code=code).first() or offered.filter(name__iexact=code).first()
            if found is None:
                self.add_error("other_cmc", _("No client matter has this code. Search by name."))
            else:
                code = found.code
        elif code and not (code.isdecimal() and code.isascii() and len(code) <= 16):
            self.add_error("other_cmc", _("A client matter code is 1 to 16 digits."))
        cleaned["cmc"] = code
        return cleaned

    @property
    def offers(self) -> tuple[str, ...]:
        """What may have been meant by a text that is no one number, to be chosen from."""
        wrong = self.errors.as_data().get("number", ())
        return next((each.offers for each in wrong if isinstance(each, NotDialable)), ())

    @property
    def given(self) -> Given:
        """What the person gave on the page that asks; call it on a clean form."""
        names = ("fac", "cmc", "agreed", "shown")
        return Given(**{name: self.cleaned_data[name] for name in names})

    @property
    def phone_key(self) -> str:
        """The key of the phone that is to dial this call only; empty for the usual one."""
        cleaned = self.cleaned_data
        key: str = cleaned.get("phone", "")
        return key if cleaned["only"] or cleaned["behalf"] else ""

    def behalf_of(self, profile: DialProfile) -> int | None:
        """The delegation by which somebody else's phone dials; None for the person's own way.

        What the click names counts, then a way that it names, then what the person has chosen.
        """
        cleaned = getattr(self, "cleaned_data", {})
        named: int | None = cleaned.get("behalf")
        return named if named is not None or cleaned.get("way") else profile.dials_for_id

    @property
    def comes_from_the_page(self) -> bool:
        """Whether a page was shown before, and not only a link clicked."""
        return bool(self.data.get("shown"))


class DeviceForm(forms.Form):
    """The choice of a device and line among those that Unified CM lists."""

    phone = forms.ChoiceField(
        label=_("Which phone should dial?"),
        error_messages={
            "required": _("Choose a phone."),
            "invalid_choice": _("That phone is not listed. Choose one of these."),
        },
    )

    def __init__(self, *args: Any, choices: Sequence[Choice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.listed = {choice.key: choice for choice in choices}
        offer(self, "phone", [(key, key) for key in self.listed])

    def clean_phone(self) -> Choice:
        return self.listed[self.cleaned_data["phone"]]


class PasswordForm(forms.Form):
    """A person's Unified CM password; kept sealed in the session, never elsewhere."""

    password = forms.CharField(
        label=_("Password for the phone system"),
        strip=False,
        max_length=256,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}, render_value=False),
        error_messages={"required": _("Enter your password for the phone system.")},
    )


class TokenForm(forms.Form):
    """What single sign-on brought back in the address's fragment."""

    token = forms.CharField(max_length=8192, widget=forms.HiddenInput)
    state = forms.CharField(max_length=200, required=False, widget=forms.HiddenInput)


class ModeForm(forms.ModelForm):  # type: ignore[type-arg]
    """The way a person dials, and when to be asked first."""

    class Meta:
        model = DialProfile
        fields = ("mode", "asks_phone", "asks_outside_hours", "hang_up_seconds", "keeps_bar")
        widgets = {"mode": forms.RadioSelect}
        labels = {
            "mode": _("Dial with"),
            "asks_phone": _("Ask me every time"),
            "asks_outside_hours": _("Ask me outside working hours"),
            "hang_up_seconds": _("Seconds that Hang up stands out"),
            "keeps_bar": _("Keep the call bar open"),
        }

    def __init__(self, *args: Any, offered: Sequence[Mode], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "mode", [(mode.value, str(mode.label)) for mode in offered])


class KeepForm(forms.Form):
    """A number to be kept at hand, and its name where the page knows it."""

    number = NumberField()
    name = forms.CharField(required=False, max_length=LONGEST_NAME)

    def __init__(self, *args: Any, rules: Rules, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(NumberField, self.fields["number"]).rules = rules


class ContactForm(forms.ModelForm):  # type: ignore[type-arg]
    """A contact of one's own; its number is read by the dial plan, and kept as it is shown."""

    number = NumberField()

    class Meta:
        model = Contact
        fields = ("name", "number", "note")

    def __init__(self, *args: Any, rules: Rules, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(NumberField, self.fields["number"]).rules = rules

    def clean_name(self) -> str:
        return " ".join(self.cleaned_data["name"].split())

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        number: Number | None = cleaned.get("number")
        if number is None:
            return cleaned
        columns = Contact.columns_of(number)
        cleaned["number"] = columns["number"]
        self.instance.key = columns["key"]
        if not cleaned.get("name"):
            return cleaned
        mine = Contact.objects.of(self.instance.user)
        if mine.filter(name=cleaned["name"], key=columns["key"]).exclude(pk=self.instance.pk):
            self.add_error("number", _("You have this name with this number already."))
        elif self.instance.pk is None and mine.count() >= MOST_CONTACTS:
            self.add_error(None, _("You have %(n)d contacts, the most.") % {"n": MOST_CONTACTS})
        return cleaned


class ContactFileForm(forms.Form):
    """A file of contacts."""

    file = forms.FileField(
        label=_("File"),
        error_messages={"required": _("Choose a file."), "empty": _("The file is empty.")},
        widget=forms.FileInput(attrs={"accept": ".csv,.vcf,text/csv,text/vcard"}),
    )


class NoteForm(forms.Form):
    """What somebody notes on a call."""

    note = forms.CharField(label=_("My note"), required=False, max_length=LONGEST_NOTE)


class PhoneNamesForm(forms.Form):
    """A name of one's own for each line that is listed; an empty one takes it back."""

    def __init__(
        self,
        *args: Any,
        choices: Sequence[Choice],
        names: Mapping[tuple[str, str], str],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._choices = {f"name-{choice.key}": choice for choice in choices}
        for field, choice in self._choices.items():
            self.fields[field] = forms.CharField(
                label=_("My name for it"),
                required=False,
                max_length=40,
                initial=names.get((choice.device.name, choice.line.text), ""),
            )

    @property
    def rows(self) -> list[tuple[Choice, forms.BoundField]]:
        return [(choice, self[field]) for field, choice in self._choices.items()]

    @property
    def named(self) -> list[tuple[Choice, str]]:
        """The names as they were entered; call it on a clean form."""
        return [(each, self.cleaned_data[field]) for field, each in self._choices.items()]
