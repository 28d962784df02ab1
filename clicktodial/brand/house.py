"""What a page shows of the company; asks settings alone, so that error pages have it, too."""

from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse

from clicktodial.brand.joined import joined
from clicktodial.style.links import Link

COLOUR = "#0c5f99"
"""The product's own, as its icon has it."""


@dataclass(frozen=True, slots=True)
class Picture:
    address: str
    width: int  # where it is 32 pixels high


@dataclass(frozen=True, slots=True)
class House:
    name: str
    colour: str
    logo: Picture | None
    logo_dark: Picture | None
    links: list[Link]
    stylesheet: str
    admin_stylesheet: str
    script: str


def house() -> House:
    """The company's name, look and links, as the settings have them."""
    accent = settings.ACCENT_COLOUR
    return House(
        name=settings.SITE_NAME,
        colour=accent.accent[0] if accent else COLOUR,
        logo=_picture("light"),
        logo_dark=_picture("dark"),
        links=settings.LINKS,
        stylesheet=address_of("site.css"),
        admin_stylesheet=address_of("admin.css"),
        script=address_of("page.js"),
    )


def address_of(name: str) -> str:
    """Where a joined file is served as it is today."""
    stem, _, kind = name.partition(".")
    return reverse("brand:joined", args=[stem, joined(name).digest, kind])


def _picture(ground: str) -> Picture | None:
    found = settings.LOGO if ground == "light" else settings.LOGO_DARK
    if found is None:
        return None
    return Picture(reverse("brand:logo", args=[ground, found.digest]), found.width_at)
