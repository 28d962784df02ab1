"""`{% dial number %}`: any number in any template as a link that dials."""

from urllib.parse import urlencode

from django import template
from django.conf import settings
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _

from clicktodial import hours
from clicktodial.brand import icons
from clicktodial.dialing import unlisted
from clicktodial.dialplan import number as numbers
from clicktodial.dialplan import spoken as speech
from clicktodial.dialplan.number import NotANumber

register = template.Library()


@register.simple_tag
def dial(
    number: object,
    name: str = "",
    kind: str = "",
    text: str = "",
    off_hours: str | None = None,
) -> SafeString:
    """A link that dials the number, or `tel:` where dialling is off.

    `name` and `kind` go into its accessible name, with the number digit by digit; `kind` stands
    before the number, `text` replaces it. `off_hours` is the time at the other end where it is
    outside working hours, "" where it is not; None leaves it to the number's country. What cannot
    be dialled is shown as it is. Asks no database.
    """
    written = str(number or "")
    if unlisted.is_reference(written):
        return _unlisted(written, name=name, kind=kind)
    try:
        read = numbers.read(written, region=settings.DEFAULT_COUNTRY)
    except NotANumber:
        return format_html('<span class="number">{}</span>', text or written)
    shown = text or read.display
    # An extension says by itself what it is.
    said = "" if read.kind is numbers.Kind.EXTENSION else kind
    if off_hours is None:
        there = hours.of_number(read)
        off_hours = there.off if there else ""
    who = ", ".join(filter(None, (name, said, read.spoken, off_hours)))
    label = _("Call %(who)s") % {"who": who}
    if settings.DIALING:
        href = f"{reverse('dialing:dial')}?{urlencode({'number': written})}"
    else:
        href = f"tel:{read.digits}"
    return format_html(
        '<a class="dial" href="{}"{} aria-label="{}">{}{}<bdi dir="ltr">{}</bdi>{}</a>',
        href,
        format_html(' data-number="{}"', written) if settings.DIALING else "",
        label,
        icons.drawn("phone"),
        format_html('<span class="dial-kind">{}</span>', kind) if kind else "",
        shown,
        format_html(' <span class="dial-off">{}</span>', off_hours) if off_hours else "",
    )


@register.simple_tag
def digits(text: object, style: str = "number") -> SafeString:
    """A number to be read: shown in its groups, and heard digit by digit."""
    return format_html(
        '<bdi class="{}" dir="ltr" aria-hidden="true">{}</bdi>'
        '<span class="visually-hidden">{}</span>',
        style,
        text,
        spoken(text),
    )


@register.filter
def spoken(text: object) -> str:
    """A number in words for a label; words that stand in its place stay as they are."""
    written = str(text)
    has_words = any(sign.isalpha() for sign in written.replace("ext.", ""))
    return written if has_words else speech.of(written)


@register.filter
def isolated(text: object) -> str:
    """A number in a sentence: its groups keep their order where one writes from right to left."""
    return (
        f"\N{FIRST STRONG ISOLATE}{text}\N{POP DIRECTIONAL ISOLATE}"
        if get_language_bidi()
        else str(text)
    )


def _unlisted(text: str, *, name: str, kind: str) -> SafeString:
    shown = unlisted.shown(text)
    if not settings.DIALING:
        return format_html('<span class="muted">{}</span>', shown)
    who = ", ".join(filter(None, (name, kind, shown)))
    return format_html(
        '<a class="dial" href="{}?{}" data-number="{}" data-shown="{}" aria-label="{}">{}{}</a>',
        reverse("dialing:dial"),
        urlencode({"number": text}),
        text,
        shown,
        _("Call %(who)s") % {"who": who},
        icons.drawn("phone"),
        shown,
    )
