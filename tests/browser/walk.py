"""Every page of the site, once a kind: from the URL resolver, and by the links found on the way."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from django.urls import Resolver404, URLPattern, URLResolver, get_resolver, resolve
from playwright.sync_api import Page

LINKS = "() => [...document.querySelectorAll('a[href]')].map((it) => it.href)"
LEFT_OUT = {
    "admin/r/<path:content_type_id>/<path:object_id>/",  # leads to another page
    "admin/<path:object_id>/",  # the same
}


def every_page(page: Page, *, site: str) -> Iterator[str]:
    """Opens each kind of page in turn; yields its route while it is open."""
    seen: set[str] = set()
    # An empty form comes last: where a filled one was found, it shows nothing new.
    waiting = sorted((f"/{route}" for route in fixed_routes()), key=_is_an_empty_form)
    while waiting:
        path = waiting.pop(0)
        route = route_of(path)
        if route is None or route in seen or _is_as_another(route, seen):
            continue
        if not _is_a_page(page, site + path):
            continue
        seen.add(route)
        page.goto(site + path)
        waiting = sorted([*waiting, *_paths(page, site)], key=_is_an_empty_form)
        yield route


def _is_as_another(route: str, seen: set[str]) -> bool:
    """Whether Django's own page for another model, just like this one, has been seen."""
    if _is_an_empty_form(route):
        return route.removesuffix("add/") + "<path:object_id>/change/" in seen
    end = route.rpartition("<path:object_id>")[2]
    return end in ("/history/", "/delete/") and any(it.endswith(end) for it in seen)


def _is_an_empty_form(path: str) -> bool:
    return path.lstrip("/").startswith("admin/") and path.endswith("/add/")


def fixed_routes() -> list[str]:
    """The routes without a variable part, in the order of the resolver."""
    return [route for route in _routes(get_resolver().url_patterns) if not set(route) & set("<(^")]


def route_of(path: str) -> str | None:
    """The kind of page that an address is; None where it is none of ours."""
    try:
        route = resolve(path.partition("?")[0]).route
    except Resolver404:
        return None
    is_admin_row = route.endswith("<path:object_id>/")
    return None if route in LEFT_OUT or is_admin_row or "(?P<url>" in route else route


def _routes(patterns: list[URLPattern | URLResolver], before: str = "") -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from _routes(pattern.url_patterns, before + str(pattern.pattern))
        else:
            yield before + str(pattern.pattern)


def _is_a_page(page: Page, address: str) -> bool:
    """Whether a GET is answered with HTML, neither a file nor another page."""
    answer = page.request.get(address, max_redirects=0)
    return answer.ok and "text/html" in answer.headers.get("content-type", "")


def _paths(page: Page, site: str) -> list[str]:
    """Where the page's links lead on this site."""
    found = []
    for href in page.evaluate(LINKS):
        parts = urlsplit(href)
        if f"{parts.scheme}://{parts.netloc}" == site:
            found.append(parts.path + (f"?{parts.query}" if parts.query else ""))
    return found
