"""Every address of the site with what to ask there: the table of tests/test_canary_numbers.py.

A new route needs a line here: its name, then one question or more. Braces stand for a fact of the
test's world, such as {anna} for the id of the person whose numbers are the canaries, or {n_group}
for the number that a group sees.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, get_resolver


@dataclass(frozen=True)
class Ask:
    """One request; a POST where there are `data`, of JSON where they `are_json`."""

    path: str
    data: dict[str, str] | None = None
    are_json: bool = False
    headers: tuple[tuple[str, str], ...] = ()
    tells: str = ""
    """The canary by which the answer may name its owner: to those who see it, and to nobody else.

    An answer that repeats a whole number asked for is not searched for that number's digits.
    """
    may_be_silent: bool = False
    """Whether the answer need not name the owner even to those who see the canary."""
    read: Callable[[Any], str] | None = None
    """How to read an answer that is no text, such as a QR code."""


FRAGMENT = (("X-Fragment", "results"),)
BAR = (("X-Fragment", "callbar"),)
KINDS = ("everyone", "department", "group", "nobody", "unlisted", "kind")


def each(
    path: str, *, digits: str, data: dict[str, str] | None = None, **how: Any
) -> tuple[Ask, ...]:
    """The same question about every canary; `digits` is "n" for a whole number, "l" for its end."""

    def ask(kind: str) -> Ask:
        asked = f"{{{digits}_{kind}}}"
        sent = data and {name: text.replace("%s", asked) for name, text in data.items()}
        return Ask(path.replace("%s", asked), data=sent, tells=kind, **how)

    return tuple(map(ask, KINDS))


NOTHING: tuple[Ask, ...] = ()

ROUTES: dict[str, tuple[Ask, ...]] = {
    # The administration
    "doctor:doctor": (Ask("/admin/doctor/"),),
    "doctor:cluster": NOTHING,  # tells of a cluster and of no person
    # The directory
    "directory:search": (
        Ask("/"),
        Ask("/?q=anna"),
        Ask("/?q=anna", headers=FRAGMENT),
        Ask("/?department={department}"),
        Ask("/?location={location}&q=can"),
        *each("/?q=%s", digits="l"),
        Ask("/?q=anna+{l_nobody}"),  # names her all the same: nearest to the question
    ),
    "directory:who": (Ask("/who/"), *each("/who/?number=%s", digits="n")),
    "directory:who_many": (
        Ask("/who/many/"),
        *each("/who/many/?%s", digits="n", data={"numbers": "%s"}),
        *each("/who/many/?%s", digits="n", data={"numbers": "%s", "form": "csv"}),
    ),
    "directory:phone_list": (
        Ask("/list/?q=anna"),
        Ask("/list/?q=anna&form=csv"),
        Ask("/list/?q=anna&form=vcards"),
        *each("/list/?form=csv&q=%s", digits="l"),
    ),
    "directory:person": (Ask("/people/{anna}/"), Ask("/people/{other}/")),
    "directory:card": (Ask("/people/{anna}/card.vcf"),),
    "directory:codes": (Ask("/people/{anna}/codes/"),),
    "directory:org": (Ask("/people/{anna}/org/"), Ask("/people/{other}/org/")),
    "directory:own": (Ask("/me/"),),
    "directory:own_history": (Ask("/me/history/"),),
    "directory:wrong": (
        Ask("/wrong/"),
        Ask("/wrong/?number={reference}"),
        *each("/wrong/?number=%s", digits="n"),
    ),
    "directory:told": (Ask("/wrong/1/told/", data={}),),
    "directory:photo": (Ask("/people/{anna}/photo/"),),
    "directory:favourite": (Ask("/people/{anna}/favourite/", data={"keep": "yes"}),),
    "directory:favourites": (Ask("/favourites/"),),
    "directory:move_favourite": (Ask("/favourites/{anna}/move/", data={"direction": "up"}),),
    "directory:departments": (Ask("/departments/"),),
    "directory:department": (Ask("/departments/{department}/"),),
    "directory:locations": (Ask("/locations/"),),
    "directory:location": (Ask("/locations/{location}/"),),
    # The site
    "login": (Ask("/sign-in/"),),
    "signed_out": (Ask("/signed-out/"),),
    "oidc_authentication_init": (Ask("/sign-in/openid/"),),
    "oidc_authentication_callback": (Ask("/sign-in/openid/back/?code=x&state=y"),),
    "clicktodial.signin.views.admin_sign_in": (Ask("/admin/login/"),),
    "start:administrator": (Ask("/start/"),),
    "logout": NOTHING,  # a POST that signs the walker out
    "brand:joined": (Ask("/brand/app-0.css"),),
    "brand:offline": (Ask("/offline/"),),
    "brand:worker": (Ask("/worker.js"),),
    "brand:logo": (Ask("/brand/logo-light-0"),),
    "brand:icon": (Ask("/brand/icon-192-any.png"),),
    "brand:manifest": (Ask("/manifest.webmanifest"),),
    "languages:language": (Ask("/language/", data={"language": "en"}),),
    # The API; asked with the viewer's token
    "api:tokens": (Ask("/dial/tokens/"),),
    "api:revoke": NOTHING,  # a POST that takes the walker's token
    "api:openapi": (Ask("/api/v1/openapi.json"),),
    "api:people": (Ask("/api/v1/people?q=anna"), *each("/api/v1/people?q=%s", digits="l")),
    "api:person": (Ask("/api/v1/people/{anna}"),),
    "api:number": each("/api/v1/numbers/%s", digits="n"),
    "api:calls": (Ask("/api/v1/calls", data={"number": "{reference}"}, are_json=True),),
    "api:call": (Ask("/api/v1/calls/{click}"),),
    "api:hang_up": (Ask("/api/v1/calls/{click}/hang-up", data={}, are_json=True),),
    "api:clicktodial.api.door.nowhere": (Ask("/api/nowhere"),),
    # Desk phones; asked as the viewer's own, which has no administrator's eyes
    "phones:menu": (Ask("/phone/?{phone}"),),
    "phones:by_name": (Ask("/phone/name/?{phone}"),),
    "phones:by_number": (Ask("/phone/number/?{phone}"),),
    "phones:people": (
        Ask("/phone/people/?{phone}&q=anna"),
        Ask("/phone/people/?{phone}&q=anna&names=yes"),
        *each("/phone/people/?{phone}&q=%s", digits="l", may_be_silent=True),
    ),
    "phones:person": (Ask("/phone/people/{anna}/?{phone}"),),
    "phones:department": (Ask("/phone/department/?{phone}"),),
    "phones:favourites": (Ask("/phone/favourites/?{phone}"),),
    # Dialling
    "dialing:dial": (
        Ask("/dial/"),
        Ask("/dial/?number={reference}"),
        Ask("/dial/", data={"number": "{reference}", "click": "{fresh}"}),
        Ask("/dial/", data={"number": "{reference}", "click": "{fresh}"}, headers=BAR),
        *each("/dial/?number=%s", digits="n", may_be_silent=True),
    ),
    "dialing:profile": (Ask("/dial/profile/"),),
    "dialing:delegations": (Ask("/dial/delegations/"),),
    "dialing:add_delegation": (Ask("/dial/delegations/add/?name=anna"),),
    "dialing:choose_delegation": (Ask("/dial/delegations/choose/", data={}),),
    "dialing:delegated_phone": (Ask("/dial/delegations/phone/?number={reference}"),),
    "dialing:withdraw_delegation": (Ask("/dial/delegations/1/withdraw/", data={}),),
    "dialing:phones": (Ask("/dial/phones/"),),
    "dialing:proxy": (Ask("/dial/proxy/?number={reference}"),),
    "dialing:device": (Ask("/dial/device/?number={reference}&click={fresh}"),),
    "dialing:identity": (Ask("/dial/identity/?number={reference}"),),
    "dialing:forget": (Ask("/dial/identity/forget/", data={}),),
    "dialing:sign_on": (Ask("/dial/identity/sign-on/", data={"number": "{reference}"}),),
    "dialing:anywhere": (Ask("/dial/anywhere/"),),
    "dialing:way": (Ask("/dial/anywhere/links/"),),
    "dialing:opensearch": (Ask("/dial/opensearch.xml"),),
    "dialing:script": (Ask("/dial/script/1/click-to-dial.js"),),
    "dialing:token": (Ask("/dial/token/"),),
    "dialing:calls": (Ask("/dial/calls/"),),
    "dialing:call": (Ask("/dial/calls/{click}/"), Ask("/dial/calls/{click}/", headers=BAR)),
    "dialing:end": (Ask("/dial/calls/{click}/end/", data={}, headers=BAR),),
    "dialing:put_away": (Ask("/dial/calls/{click}/put-away/", data={}, headers=BAR),),
    "dialing:window": (Ask("/dial/calls/{click}/window/"),),
    "dialing:note": (Ask("/dial/calls/{click}/note/", data={"note": "hers"}),),
    "dialing:erase": (Ask("/dial/calls/{click}/erase/"),),
    "dialing:erase_all": (Ask("/dial/calls/erase/"),),
    "dialing:contacts": (Ask("/dial/contacts/"),),
    "dialing:add_contact": (
        Ask("/dial/contacts/add/?number={reference}&name=Anna"),
        Ask("/dial/contacts/add/", data={"number": "{reference}", "name": "Anna"}),
    ),
    "dialing:take_contacts": (Ask("/dial/contacts/file/"),),
    "dialing:contacts_csv": (Ask("/dial/contacts/mine.csv"),),
    "dialing:contacts_vcf": (Ask("/dial/contacts/mine.vcf"),),
    "dialing:contact": (Ask("/dial/contacts/{contact}/"),),
    "dialing:delete_contact": (Ask("/dial/contacts/{contact}/delete/"),),
    "dialing:speed": (Ask("/dial/speed/"),),
    "dialing:add_speed": (Ask("/dial/speed/add/", data={"number": "{reference}"}),),
    "dialing:add_favourites": (Ask("/dial/speed/favourites/", data={}),),
    "dialing:move_speed": (Ask("/dial/speed/{speed}/move/", data={"direction": "up"}),),
    "dialing:remove_speed": (Ask("/dial/speed/{speed}/remove/", data={}),),
}


def walk(resolver: Any = None, path: str = "", names: tuple[str, ...] = ()) -> Iterator[Any]:
    """Name and pattern of every route."""
    for each in (resolver or get_resolver()).url_patterns:
        if isinstance(each, URLPattern):
            yield ":".join((*names, each.name or each.lookup_str)), f"{path}{each.pattern}"
        else:
            inside = (*names, each.namespace) if each.namespace else names
            yield from walk(each, f"{path}{each.pattern}", inside)
