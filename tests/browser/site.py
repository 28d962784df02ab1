"""The real site on a free port: the whole middleware, hashed static files, a thread a request."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.core.management import call_command
from django.core.servers.basehttp import ThreadedWSGIServer
from django.core.wsgi import get_wsgi_application
from django.test import override_settings
from django.test.testcases import QuietWSGIRequestHandler

from clicktodial import settings


@contextmanager
def product_storages() -> Iterator[None]:
    """The product's own storage of static files; other tests do without hashed names."""
    with override_settings(STORAGES=settings.STORAGES):
        yield


def collect() -> None:
    """Static files under their hashed names, compressed as they will be served."""
    with product_storages():
        call_command("collectstatic", interactive=False, verbosity=0)


@contextmanager
def serve() -> Iterator[str]:
    """The site's address while it is served."""
    with product_storages():
        server = ThreadedWSGIServer(("127.0.0.1", 0), QuietWSGIRequestHandler)
        server.set_app(get_wsgi_application())
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), name="site")
        thread.start()
        try:
            # Not by the address that the simulated nodes have: they are another site, as in life.
            yield f"http://localhost:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()
            server.server_close()
