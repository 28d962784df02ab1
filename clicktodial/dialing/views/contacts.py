"""My contacts: names and numbers beside the directory that only their owner sees."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from clicktodial.audit import trail
from clicktodial.dialing import contact_file, plans
from clicktodial.dialing.contact_file import NotContacts
from clicktodial.dialing.contacts import with_hours
from clicktodial.dialing.forms import ContactFileForm, ContactForm
from clicktodial.dialing.models import Contact
from clicktodial.dialing.models.contact import MOST_CONTACTS

A_PAGE = 50
_FORMS = {
    "csv": ("text/csv; charset=utf-8", contact_file.to_csv),
    "vcf": ("text/vcard; charset=utf-8", contact_file.to_vcards),
}


@never_cache
@require_GET
def contacts(request: HttpRequest) -> HttpResponse:
    """The person's contacts, all or those that are searched for."""
    text = request.GET.get("name", "").replace("\x00", "").strip()[:200]
    mine = Contact.objects.of(request.user)
    pages = Paginator(mine.found(text) if text else mine.all(), A_PAGE)
    page = pages.get_page(request.GET.get("page"))
    context = {"page": page, "contacts": with_hours(page.object_list), "text": text}
    return render(request, "dialing/contacts.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """A new contact; name and number may be filled in by the address, and are saved by hand."""
    given = {field: request.GET.get(field, "")[:200] for field in ("name", "number")}
    me: Any = request.user
    return _edit(request, Contact(user=me), initial=given)


@never_cache
@require_http_methods(["GET", "POST"])
def contact(request: HttpRequest, pk: int) -> HttpResponse:
    """One contact of the person's own, to be changed."""
    return _edit(request, get_object_or_404(Contact, user=request.user, pk=pk))


def _edit(
    request: HttpRequest, entry: Contact, *, initial: dict[str, Any] | None = None
) -> HttpResponse:
    form = ContactForm(
        request.POST or None,
        instance=entry,
        initial=initial,
        rules=plans.dialler_of(request.user).rules,
    )
    if form.is_bound and form.is_valid():
        form.save()
        messages.success(request, _("%(name)s is saved.") % {"name": entry.name})
        return redirect("dialing:contacts")
    status = 422 if form.errors else 200
    return render(request, "dialing/contact.html", {"form": form, "contact": entry}, status=status)


@never_cache
@require_http_methods(["GET", "POST"])
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """GET asks, POST deletes one contact."""
    entry = get_object_or_404(Contact, user=request.user, pk=pk)
    if request.method != "POST":
        return render(request, "dialing/delete_contact.html", {"contact": entry})
    entry.delete()
    messages.success(request, _("%(name)s is deleted.") % {"name": entry.name})
    return redirect("dialing:contacts")


@never_cache
@require_GET
def export(request: HttpRequest, form: str) -> HttpResponse:
    """All contacts of the person's as a file."""
    kind, write = _FORMS[form]
    trail.note(trail.Action.EXPORTED, by=request.user, what="own contacts", form=form)
    answer = HttpResponse(write(Contact.objects.of(request.user)), content_type=kind)
    answer.headers["Content-Disposition"] = f'attachment; filename="contacts.{form}"'
    return answer


@never_cache
@require_http_methods(["GET", "POST"])
def take(request: HttpRequest) -> HttpResponse:
    """Contacts from a file: all of them, or none and why."""
    form = ContactFileForm(request.POST or None, request.FILES or None)
    faults: tuple[str, ...] = ()
    if form.is_bound and form.is_valid():
        content = form.cleaned_data["file"].read(contact_file.MOST_BYTES + 1)
        try:
            rules = plans.dialler_of(request.user).rules
            taken = contact_file.take(request.user, content, rules=rules)
        except NotContacts as problem:
            faults = problem.faults
        else:
            _tell(request, taken)
            return redirect("dialing:contacts")
    context = {"form": form, "faults": faults, "most": MOST_CONTACTS}
    status = 422 if form.errors or faults else 200
    return render(request, "dialing/take_contacts.html", context, status=status)


def _tell(request: HttpRequest, taken: contact_file.Taken) -> None:
    text = ngettext("%(n)d contact is added.", "%(n)d contacts are added.", taken.added)
    said = [text % {"n": taken.added}]
    if taken.known:
        said.append(
            ngettext("%(n)d you had already.", "%(n)d you had already.", taken.known)
            % {"n": taken.known}
        )
    if taken.numberless:
        said.append(
            ngettext(
                "%(n)d has no number and was left out.",
                "%(n)d have no number and were left out.",
                taken.numberless,
            )
            % {"n": taken.numberless}
        )
    messages.success(request, " ".join(said))
