"""Phone lists of a search, a department or a location: to print, and as files."""

from typing import Any

from django.contrib.auth.decorators import permission_required
from django.http import HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from clicktodial.audit import trail
from clicktodial.rates import at_most
from clicktodial.sheets import csv_answer
from directory import lists
from directory.forms import NarrowingForm
from directory.search.terms import LONGEST_TEXT
from directory.views import SignedIn
from directory.visibility import viewer_of

FORMS = ("print", "csv", "vcards")


@require_safe
@never_cache
@permission_required("directory.export_people", raise_exception=True)
@at_most("EXPORTS_A_MINUTE")
def phone_list(request: SignedIn) -> HttpResponseBase:
    """Everybody whom the search of the same address finds, to print (form=print) or as a file."""
    text = request.GET.get("q", "").replace("\x00", "")[:LONGEST_TEXT].strip()
    narrowed = NarrowingForm(request.GET).narrowed()
    form = request.GET.get("form", "")
    form = form if form in FORMS else FORMS[0]
    found = lists.collect(text, viewer=viewer_of(request.user), **narrowed)
    said = {name: str(value) for name, value in narrowed.items()}
    trail.note(trail.Action.EXPORTED, by=request.user, form=form, people=len(found.people), **said)
    return _answer(request, form, found, text=text, narrowed=narrowed)


def _answer(
    request: SignedIn, form: str, found: lists.List, *, text: str, narrowed: dict[str, Any]
) -> HttpResponseBase:
    if form == "csv":
        return csv_answer("people", heading=lists.heading(), rows=lists.lines(found.people))
    if form == "vcards":
        site = request.build_absolute_uri("/").rstrip("/")
        cards = lists.vcards(found.people, site=site)
        answer = StreamingHttpResponse(cards, content_type="text/vcard; charset=utf-8")
        answer.headers["Content-Disposition"] = 'attachment; filename="people.vcf"'
        return answer
    context = {"list": found, "query": "", "text": text, "most": lists.MOST}
    context |= {"narrowed": narrowed, "now": timezone.localtime()}
    return render(request, "directory/phone_list.html", context)
