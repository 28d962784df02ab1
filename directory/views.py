"""The directory's pages; each reads the request, asks one question and answers."""

from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.models import User
from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import cache_control
from django.views.decorators.http import condition, require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from clicktodial.dialplan.number import NotANumber
from clicktodial.rates import at_most
from directory import departments as department_tree
from directory import doubts, facets, favourites, owners, search, unlisted
from directory.forms import NarrowingForm
from directory.models import Department, Favourite, Location, Person
from directory.models.people import photo_version
from directory.models.places import above
from directory.search.found import numbers_of
from directory.search.terms import LONGEST_TEXT
from directory.visibility import Viewer, people_shown_to, viewer_of

MOST_REPORTS = 100

lookup = at_most("LOOKUPS_A_MINUTE")


class SignedIn(HttpRequest):
    """What LoginRequiredMiddleware lets through."""

    user: User


@require_safe
@lookup
@vary_on_headers("X-Fragment")
@cache_control(private=True, no_cache=True)
def search_page(request: SignedIn) -> HttpResponse:
    """The page, or with `X-Fragment: results` only what changes while somebody types."""
    text = request.GET.get("q", "").replace("\x00", "")[:LONGEST_TEXT].strip()
    form = SimpleLazyObject(lambda: NarrowingForm(request.GET))
    fragment = request.headers.get("X-Fragment", "")
    if fragment == "filters":
        return render(request, "directory/_filters.html", {"form": form})
    is_narrowed = any(request.GET.get(name) for name in NarrowingForm.base_fields)
    narrowed = form.narrowed() if is_narrowed else {}
    viewer = viewer_of(request.user)
    context: dict[str, Any] = {"query": text, "narrowed": narrowed, "form": form}
    if text or narrowed:
        context |= _people(request, text, viewer=viewer, narrowed=narrowed)
        context["first_page"] = _address(request.path, q=text, **narrowed)
        if text and not narrowed and not context["people"]:
            context["identified"] = _identified(text, viewer)
        for page in ("next", "previous"):
            if after := getattr(context["found"], page):
                context[f"{page}_page"] = _address(request.path, q=text, after=after, **narrowed)
    else:
        context |= _start(viewer)
    if fragment == "facets":
        return render(request, "directory/_facets.html", {"facets": _facets(request, context)})
    page = "_results" if fragment == "results" else "search"
    return render(request, f"directory/{page}.html", context)


def _facets(request: SignedIn, context: dict[str, Any]) -> list[tuple[facets.Facet, str]]:
    """The filters that narrow this answer, each with the address of the narrowed one."""
    text, narrowed = context["query"], context["narrowed"]
    shown = [row.pk for row in context.get("people", ())]
    found = facets.of(text, shown, viewer=viewer_of(request.user), narrowed=narrowed)
    return [(each, _narrowed(request.path, text, narrowed, each)) for each in found]


def _narrowed(path: str, text: str, narrowed: dict[str, Any], facet: facets.Facet) -> str:
    fields = narrowed | {facet.field: "" if facet.is_on else facet.value}
    return _address(path, q=text, **fields)


def _people(
    request: SignedIn, text: str, *, viewer: Viewer, narrowed: dict[str, Any]
) -> dict[str, Any]:
    """One page of a list of people, as the templates `_rows` and `_pages` want it."""
    after = request.GET.get("after", "")
    try:
        found = search.find(text, viewer=viewer, after=after, **narrowed)
    except search.BadCursor:  # an old bookmark, perhaps
        after, found = "", search.find(text, viewer=viewer, **narrowed)
    return {
        "found": found,
        "people": found.people,
        "is_first_page": not found.previous,
        "first_page": request.path,
        "previous_page": found.previous and _address(request.path, after=found.previous),
        "next_page": found.next and _address(request.path, after=found.next),
        "people_path": _people_path(),
    }


def _identified(text: str, viewer: Viewer) -> owners.Identified | None:
    """What is known of the number, if the text is one and anything is known."""
    if not any(sign.isdigit() for sign in text):
        return None
    try:
        known = owners.identify(text, viewer=viewer)
    except NotANumber:
        return None
    return known if known.says_something else None


def _address(path: str, **fields: Any) -> str:
    said = {name: getattr(value, "pk", value) for name, value in fields.items() if value}
    return f"{path}?{urlencode(said)}" if said else path


def _start(viewer: Viewer) -> dict[str, Any]:
    mine = favourites.of(viewer.user_id) if viewer.user_id else []
    own = Department.objects.filter(people=viewer.person_id).first()
    return {
        "favourites": search.show(mine, viewer=viewer),
        "answers": doubts.answers_for(viewer.user_id),
        "own_department": own,
        "colleagues": search.find("", viewer=viewer, department=own).people if own else (),
        "people_path": _people_path(),
    }


def _people_path() -> str:
    """The addresses of people without their ids, so that a row need not ask for its own."""
    return reverse("directory:person", args=[0]).removesuffix("0/")


@require_safe
@lookup
def person(request: SignedIn, pk: int) -> HttpResponse:
    """Everything about one entry that this viewer may see."""
    viewer = viewer_of(request.user)
    related = ("department", "location", "manager")
    shown = Person.objects.filter(people_shown_to(viewer)).select_related(*related)
    entry = get_object_or_404(shown, pk=pk)
    reports = entry.reports.filter(is_active=True)[: MOST_REPORTS + 1]
    context = {
        "person": entry,
        "numbers": numbers_of([entry.pk], viewer=viewer).get(entry.pk, ()),
        "unlisted": unlisted.of([entry.pk], viewer=viewer).get(entry.pk, ()),
        "departments": [*above(entry.department)[::-1], entry.department]
        if entry.department
        else (),
        "reports": reports[:MOST_REPORTS],
        "has_more_reports": len(reports) > MOST_REPORTS,
        "managers": [entry.manager],
        "assistants": search.show(_ids(entry.assistants.all()), viewer=viewer),
        "deputy": search.show([entry.deputy_id] if entry.deputy_id else [], viewer=viewer),
        "helps": Person.objects.filter(_helped_by(entry), is_active=True).distinct()[:MOST_REPORTS],
        "heads": entry.heads.all(),
        "is_favourite": Favourite.objects.filter(user=request.user, person=entry).exists(),
        "people_path": _people_path(),
    }
    return render(request, "directory/person.html", context)


def _ids(people: QuerySet[Person]) -> list[int]:
    return list(people.order_by("sort_key", "pk").values_list("pk", flat=True))


def _helped_by(entry: Person) -> Q:
    return Q(assistants=entry) | Q(deputy=entry)


def _photo_version(request: SignedIn, pk: int) -> str | None:
    shown = Person.objects.filter(people_shown_to(viewer_of(request.user)), pk=pk)
    version = photo_version(shown.values_list("photo", flat=True).first() or "")
    return f'"{version}"' if version else None


@require_safe
@cache_control(private=True, max_age=300)
@condition(etag_func=_photo_version)
def photo(request: SignedIn, pk: int) -> HttpResponse:
    """The photo of somebody whose page this viewer may see."""
    entry = get_object_or_404(Person, people_shown_to(viewer_of(request.user)), pk=pk)
    try:
        with entry.photo.open() as file:
            return HttpResponse(file.read(), content_type="image/webp")
    except (ValueError, OSError) as error:  # none, or its file is gone
        raise Http404 from error


@require_POST
def favourite(request: SignedIn, pk: int) -> HttpResponse:
    """Keeps somebody at hand (keep=yes) or no more, and goes back."""
    entry = get_object_or_404(Person, is_active=True, pk=pk)
    if request.POST.get("keep") == "yes":
        favourites.add(entry, user=request.user)
    else:
        favourites.remove(entry, user=request.user)
    return _back(request)


def _back(request: SignedIn) -> HttpResponseRedirect:
    target = request.POST.get("next", "")
    secure = request.is_secure()
    if not url_has_allowed_host_and_scheme(
        target, allowed_hosts={request.get_host()}, require_https=secure
    ):
        target = reverse("directory:favourites")
    return HttpResponseRedirect(target)


@require_safe
def favourites_page(request: SignedIn) -> HttpResponse:
    """The signed-in person's favourites in their own order."""
    viewer = viewer_of(request.user)
    people = search.show(favourites.of(request.user.pk), viewer=viewer)
    context = {"people": people, "people_path": _people_path()}
    return render(request, "directory/favourites.html", context)


@require_POST
def move_favourite(request: SignedIn, pk: int) -> HttpResponse:
    """Moves a favourite one place up or down."""
    steps = {"up": -1, "down": 1}
    by = steps.get(request.POST.get("direction", ""), 0)
    favourites.move(get_object_or_404(Person, pk=pk), user=request.user, by=by)
    return HttpResponseRedirect(reverse("directory:favourites"))


@require_safe
def departments(request: SignedIn) -> HttpResponse:
    """The tree of all departments."""
    return render(request, "directory/departments.html", {"branches": department_tree.tree()})


@require_safe
@lookup
def department(request: SignedIn, pk: int) -> HttpResponse:
    """A department: what it belongs to, its head, what belongs to it, its people."""
    entry = get_object_or_404(Department.objects.select_related("head"), pk=pk)
    branch = department_tree.branch_of(entry.pk, department_tree.tree())
    context = {
        "department": entry,
        "head": [entry.head] if entry.head and entry.head.is_active else (),
        "above": above(entry)[::-1],
        "branches": branch.children if branch else (),
        **_people(request, "", viewer=viewer_of(request.user), narrowed={"department": entry}),
    }
    return render(request, "directory/department.html", context)


@require_safe
def locations(request: SignedIn) -> HttpResponse:
    """All locations, with how many people work there."""
    active = Count("people", filter=Q(people__is_active=True))
    context = {"locations": Location.objects.annotate(count=active)}
    return render(request, "directory/locations.html", context)


@require_safe
@lookup
def location(request: SignedIn, pk: int) -> HttpResponse:
    """A location: address, time of day, its people."""
    entry = get_object_or_404(Location, pk=pk)
    viewer = viewer_of(request.user)
    people = _people(request, "", viewer=viewer, narrowed={"location": entry})
    return render(request, "directory/location.html", {"location": entry, **people})
