"""What people may ask of dialling, checked."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from clicktodial.dialing.devices import Choice
from clicktodial.dialing.models import ClientMatter, Contact, DialProfile, Mode
from clicktodial.dialing.models.contact import LONGEST_NAME, LONGEST_NOTE, MOST_CONTACTS
from clicktodial.dialing.plans import Rules, at
from clicktodial.dialing.questions import Given
from clicktodial.dialing.whereabouts import Place
from clicktodial.dialplan.codes import Fac, NotACode
from clicktodial.dialplan.number import NotANumber, Number


class Reader(Protocol):
    """Whoever knows how a person's numbers are read; raises NotANumber."""

    def read(self, text: str) -> Number: ...


class NumberField(forms.CharField):
    """A text that is read as one number to dial, by the rules where the person is."""

    default_error_messages = {"required": _("Enter a number to call.")}

    def __init__(self, **kwargs: Any) -> None:
        # The dial plan has its own, better sentence for a text that is too long.
        super().__init__(label=_("Number"), strip=True, **kwargs)
        self.rules: Reader | None = None

    def clean(self, value: Any) -> Number:
        text = super().clean(value)
        try:
            return (self.rules or at(None, Place())).read(text)
        except NotANumber as problem:
            raise ValidationError(str(problem), code="not_a_number") from None


def offer(form: forms.BaseForm, name: str, choices: Sequence[tuple[str, str]]) -> None:
    """Let the field take these choices and no others."""
    cast(forms.ChoiceField, form.fields[name]).choices = list(choices)


class FacField(forms.CharField):
    """A forced authorisation code: a value that does not print, and is never sent back."""

    def __init__(self, **kwargs: Any) -> None:
        attributes = {"autocomplete": "off", "inputmode": "numeric"}
        widget = forms.PasswordInput(attrs=attributes, render_value=False)
        super().__init__(
            label=_("Authorisation code (FAC)"), max_length=40, widget=widget, **kwargs
        )

    def clean(self, value: Any) -> Fac | None:
        text = super().clean(value)
        try:
            return Fac(text) if text else None
        except NotACode as problem:
            raise ValidationError(str(problem), code="not_a_code") from None


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
    shown = forms.CharField(required=False, max_length=200)
    way = forms.TypedChoiceField(required=False, choices=Mode, coerce=Mode, empty_value=None)
    phone = forms.CharField(required=False, max_length=400)
    only = forms.BooleanField(required=False)
    click = forms.UUIDField(
        error_messages=dict.fromkeys(
            ("required", "invalid"), _("This page is out of date. Open it again, then call.")
        )
    )

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
    def given(self) -> Given:
        """What the person gave on the page that asks; call it on a clean form."""
        names = ("fac", "cmc", "agreed", "shown")
        return Given(**{name: self.cleaned_data[name] for name in names})

    @property
    def phone_key(self) -> str:
        """The key of the phone that is to dial this call only; empty for the usual one."""
        key: str = self.cleaned_data["phone"]
        return key if self.cleaned_data["only"] else ""

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
            "invalid_choice": _("That phone is not listed for you. Choose one of these."),
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
        label=_("Unified CM password"),
        strip=False,
        max_length=256,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}, render_value=False),
        error_messages={"required": _("Enter your Unified CM password.")},
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
