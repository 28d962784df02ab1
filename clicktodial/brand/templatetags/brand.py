"""`{% house as house %}`: the company's name, look and links, also where there is no request."""

from django import template

from clicktodial import logs
from clicktodial.brand import house as houses
from clicktodial.brand.house import House

register = template.Library()


@register.simple_tag
def reference() -> str:
    """By which the log knows this request, for an error page to show."""
    return logs.request_id()


@register.simple_tag
def house() -> House:
    """What a page shows of the company."""
    return houses.house()
