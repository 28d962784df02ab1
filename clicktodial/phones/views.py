"""What desk phones show: a menu, a search, its results, one entry's numbers, favourites."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clicktodial.dialplan.number import NotANumber
from clicktodial.phones.door import Phone, for_phones
from clicktodial.phones.objects import MOST_ENTRIES, Entry, Field, Item, Key
from directory import favourites, search
from directory.models import Department, Person
from directory.search import NumberRow, Row
from directory.search.found import Found, numbers_of
from directory.visibility import people_shown_to

Dialled = tuple[NumberRow, str, str]
"""A number with the digits that a phone dials for it, and what has to be keyed in behind."""
LONGEST_SEARCH = 30
"""Characters; the address of the next page repeats them within the phone's 256."""
MOST_PAGES = 10


@dataclass(frozen=True, slots=True)
class _Leaf:
    """A page of a list: of which one (by the name of its address, and the question), and where."""

    name: str
    q: str = ""
    page: int = 1
    names_only: bool = False
    """A menu of names that lead to all numbers of each, in place of numbers to dial."""

    @classmethod
    def asked_for(cls, request: HttpRequest, name: str, q: str = "") -> "_Leaf":
        text = request.GET.get("page", "")
        page = int(text) if text.isdecimal() and len(text) < 4 else 1
        return cls(name, q, min(max(page, 1), MOST_PAGES), "names" in request.GET)

    def url(self, phone: Phone, *, page: int = 0, names_only: bool = False) -> str:
        """The address of another page of this list, or of this one with the names only."""
        names = "yes" if names_only or self.names_only else ""
        return phone.url(self.name, q=self.q, page=page or self.page, names=names)


@for_phones
def menu(request: HttpRequest, phone: Phone) -> bytes:
    """What there is."""
    items = [
        Item(_("Search by name"), phone.url("by_name")),
        Item(_("Search by number"), phone.url("by_number")),
    ]
    if phone.owner:
        items.append(Item(_("My favourites"), phone.url("favourites")))
    if _department_of(phone):
        items.append(Item(_("My department"), phone.url("department")))
    return phone.writer.menu(_("Directory"), _("Choose"), items)


@for_phones
def by_name(request: HttpRequest, phone: Phone) -> bytes:
    """The question for a name."""
    fields = [Field(_("Name, department or place"), "q", "A")]
    return phone.writer.question(
        _("Directory"), _("Beginnings will do"), phone.url("people"), fields
    )


@for_phones
def by_number(request: HttpRequest, phone: Phone) -> bytes:
    """The question for digits."""
    fields = [Field(_("First or last digits"), "q", "T")]
    return phone.writer.question(_("Directory"), _("Enter digits"), phone.url("people"), fields)


@for_phones
def people(request: HttpRequest, phone: Phone) -> bytes:
    """A page of whom the search finds, each with a number to dial."""
    if "\ufffd" in request.GET.get("q", ""):  # old phones write what is entered in Latin-1
        request.encoding = "iso-8859-1"
    text = request.GET.get("q", "").replace("\x00", "").strip()[:LONGEST_SEARCH]
    if not text:
        return phone.writer.text(_("Directory"), _("Enter at least one letter or digit."))
    leaf = _Leaf.asked_for(request, "people", text)
    found = search.find(text, viewer=phone.viewer, limit=MOST_ENTRIES * leaf.page)
    return _list(phone, found, title=text, leaf=leaf)


@for_phones
def department(request: HttpRequest, phone: Phone) -> bytes:
    """A page of the department of whoever uses the phone."""
    own = _department_of(phone)
    if own is None:
        raise Http404
    leaf = _Leaf.asked_for(request, "department")
    most = MOST_ENTRIES * leaf.page
    found = search.find("", viewer=phone.viewer, department=own, limit=most)
    return _list(phone, found, title=own.name, leaf=leaf)


@for_phones
def kept(request: HttpRequest, phone: Phone) -> bytes:
    """The favourites of whoever uses the phone, in their order."""
    if not phone.owner:
        raise Http404
    leaf = _Leaf.asked_for(request, "favourites")
    ids = favourites.of(phone.owner.pk)
    shown = ids[MOST_ENTRIES * (leaf.page - 1) : MOST_ENTRIES * leaf.page]
    rows = search.show(shown, viewer=phone.viewer)
    more = len(ids) > MOST_ENTRIES * leaf.page
    return _rows(phone, rows, title=_("My favourites"), leaf=leaf, more=more)


@for_phones
def person(request: HttpRequest, phone: Phone, pk: int) -> bytes:
    """Every number of one entry that can be dialled."""
    shown = Person.objects.filter(people_shown_to(phone.viewer), is_active=True, pk=pk).first()
    if shown is None:
        raise Http404
    numbers = numbers_of([pk], viewer=phone.viewer).get(pk, ())
    entries = [
        Entry(f"{row.label}{after}", digits) for row, digits, after in _dialled(numbers, phone)
    ]
    if not entries:
        return phone.writer.text(shown.name, _("No number is shown here."))
    return phone.writer.directory(shown.name, shown.title, entries, _dial_keys())


def _department_of(phone: Phone) -> Department | None:
    if phone.owner is None:
        return None
    return Department.objects.filter(people__account=phone.owner.pk).first()


def _list(phone: Phone, found: Found, *, title: str, leaf: _Leaf) -> bytes:
    if found.nearest and any(_dialled(row.numbers, phone) for row in found.nearest):
        nearest = _("Nearest: “%(part)s”") % {"part": found.nearest_to}
        return _rows(phone, found.nearest, title=title, leaf=leaf, instead=nearest)
    if not found.people:
        said = [_("Nobody found."), *found.tried]
        return phone.writer.text(title, "\n".join(said))
    rows = found.people[MOST_ENTRIES * (leaf.page - 1) :]
    meant = ", ".join(found.corrected)
    instead = _("Instead: %(words)s") % {"words": meant} if meant else ""
    more = bool(found.next)
    return _rows(phone, rows, title=title, leaf=leaf, more=more, instead=instead)


def _rows(
    phone: Phone,
    rows: Sequence[Row],
    *,
    title: str,
    leaf: _Leaf,
    more: bool = False,
    instead: str = "",
) -> bytes:
    """These people's numbers; `instead` says what they were found by, if not by what was asked."""
    listed = [(row, numbers) for row in rows if (numbers := _dialled(row.numbers, phone))]
    turns = _turns(phone, leaf, more=more)
    if not listed:
        return phone.writer.text(title, _("Nobody here has a number to dial."), turns)
    if leaf.names_only:
        items = [Item(row.name, phone.url("person", row.pk)) for row, _numbers in listed]
        keys = [Key(_("Select"), "SoftKey:Select"), Key(_("Exit"), "SoftKey:Exit")]
        return phone.writer.menu(title, instead or _("Choose"), items, [*keys, *turns])
    entries = list(_entries(listed))
    prompt = ngettext("%(n)d entry", "%(n)d entries", len(entries)) % {"n": len(entries)}
    if more or leaf.page > 1:
        prompt = _("Page %(page)d") % {"page": leaf.page}
    if len(entries) < sum(len(numbers) for _row, numbers in listed):
        turns.append(Key(_("More"), leaf.url(phone, names_only=True)))
    return phone.writer.directory(title, instead or prompt, entries, [*_dial_keys(), *turns])


def _turns(phone: Phone, leaf: _Leaf, *, more: bool) -> list[Key]:
    turns = []
    if more and leaf.page < MOST_PAGES:
        turns.append(Key(_("Next"), leaf.url(phone, page=leaf.page + 1)))
    if leaf.page > 1:
        turns.append(Key(_("Prev"), leaf.url(phone, page=leaf.page - 1)))
    return turns


def _entries(listed: Sequence[tuple[Row, Sequence[Dialled]]]) -> Iterable[Entry]:
    """One entry for each number as far as they fit, at least the first of everybody."""
    room = MOST_ENTRIES - len(listed)
    for row, numbers in listed:
        for place, (number, digits, after) in enumerate(numbers):
            if place:
                if room <= 0:
                    break
                room -= 1
            kind = f" ({number.note})" if number.note and place else ""
            yield Entry(f"{row.name}{kind}{after}", digits)


def _dialled(numbers: Iterable[NumberRow], phone: Phone) -> list[Dialled]:
    """Each number that this phone can dial."""
    found = []
    for row in numbers:
        if not row.dialable:
            continue
        try:
            number = phone.rules.read(row.e164_or_written)
            after = phone.rules.read(row.display).after
        except NotANumber:
            continue
        digits = phone.rules.dial(number).digits
        found.append((row, digits, f" x{after}" if after.isdigit() else ""))
    return found


def _dial_keys() -> list[Key]:
    return [
        Key(_("Dial"), "SoftKey:Dial"),
        Key(_("Edit"), "SoftKey:EditDial"),
        Key(_("Exit"), "SoftKey:Exit"),
    ]
