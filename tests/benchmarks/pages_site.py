"""The site, and beside it a page of one line that asks nobody anything: the limit."""

from collections.abc import Iterable
from typing import Any

from clicktodial.wsgi import application as site

LINE = (
    b'<!doctype html><html lang="en"><meta charset="utf-8"><title>Hello</title>'
    b'<meta name="viewport" content="width=device-width"><link rel="icon" href="data:,">'
    b"<h1>Hello</h1>"
)


def application(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    if environ["PATH_INFO"] != "/hello":
        return site(environ, start_response)
    head = [("Content-Type", "text/html"), ("Content-Length", str(len(LINE)))]
    start_response("200 OK", head)
    return [LINE]
