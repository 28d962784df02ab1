"""Another site on an origin of its own, such as the company's intranet."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from playwright.sync_api import Page, expect

from clicktodial.simulator import Simulator
from tests.dialing.scene import ADA_DESK

NORA = "+41446681800"


class Elsewhere:
    """The other site's pages, to be written by a test."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.pages: dict[str, tuple[str, dict[str, str]]] = {}

    def write(self, body: str, *, policy: str = "", head: str = "", **headers: str) -> str:
        """The address of a new page with this body, Content-Security-Policy and headers."""
        path = f"/{len(self.pages)}"
        page = f'<!doctype html><html lang="en"><title>Intranet</title>{head}<body>{body}</body>'
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        if policy:
            sent["Content-Security-Policy"] = policy
        self.pages[path] = (page, sent)
        return self.address + path


@contextmanager
def serve() -> Iterator[Elsewhere]:
    """The other site while it is served: by IP address, so that it is not our site either."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            page, headers = elsewhere.pages.get(self.path, ("", {}))
            body = page.encode()
            self.send_response(200 if page else 204)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            if page:
                self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_arguments: object) -> None:
            """Says nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        elsewhere = Elsewhere(f"http://127.0.0.1:{server.server_port}")
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), name="elsewhere")
        thread.start()
        try:
            yield elsewhere
        finally:
            server.shutdown()
            thread.join()


def call_from(window: Page, simulator: Simulator) -> None:
    """The window shows who that is; nothing has rung; pressing Call rings once."""
    expect(window.get_by_role("heading", name="Call Nora Keller?")).to_be_visible()
    assert simulator.calls == ()
    window.get_by_role("button", name="Call", exact=True).click()
    expect(window.get_by_role("main")).to_contain_text("The phone system took the call.")
    assert [(call.destination, call.device) for call in simulator.calls] == [(NORA, ADA_DESK)]
