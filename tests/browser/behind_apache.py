"""The site behind an Apache that signs people in, and browsers that find its name on loopback."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from ipaddress import ip_network
from typing import Any

from django.test import override_settings
from playwright.sync_api import Browser, Page

from clicktodial import settings as product
from clicktodial.signin import proxy
from clicktodial.ways_in import RemoteUser
from clicktodial.webdialer import Secret
from tests.apache import HOST, SECRET
from tests.browser import chromium as chromiums
from tests.browser import site as sites

AFTER = "django.contrib.auth.middleware.LoginRequiredMiddleware"
MIDDLEWARE = "clicktodial.signin.proxy.ProxyMiddleware"


@contextmanager
def served() -> Iterator[str]:
    """The site's own address, which people do not see, while it is served."""
    place = product.MIDDLEWARE.index(AFTER)
    middleware = [*product.MIDDLEWARE[:place], MIDDLEWARE, *product.MIDDLEWARE[place:]]
    with override_settings(MIDDLEWARE=middleware), sites.serve() as address:
        yield address


def believe(settings: Any, **more: str) -> None:
    """The environment that the documentation gives a site behind such a proxy."""
    settings.REMOTE_USER = RemoteUser(
        header="X-Remote-User",
        proxies=(ip_network("127.0.0.1"),),
        secret=Secret(SECRET),
        **more,
    )
    settings.AUTHENTICATION_BACKENDS = [*settings.AUTHENTICATION_BACKENDS, proxy.PATH]
    settings.ALLOWED_HOSTS = [HOST, "localhost"]
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    settings.PROXIES = 1


def computer(
    chromium: Browser, *flags: str, environment: Mapping[str, str] | None = None
) -> Browser:
    """A Chromium that looks for the site's name on this machine."""
    here = f"--host-resolver-rules=MAP {HOST} 127.0.0.1"
    return chromiums.start_with(chromium.browser_type, here, *flags, environment=environment)


def spoofed(name: str) -> dict[str, str]:
    """What somebody sends who would like to be somebody else."""
    return {
        "X-Remote-User": name,
        "X_Remote_User": name,
        "X-Remote-Email": f"{name}@example.com",
        "X-Remote-Groups": "Help desk people",
        "X-Remote-User-Secret": SECRET[:-1],
        "X-Forwarded-For": "127.0.0.1",
    }


def who(page: Page) -> str:
    """The user name that the page's menu tells."""
    page.locator(".menu summary").click()
    return page.locator(".menu-who").inner_text().removeprefix("Signed in as ")
