"""What is the same for everybody, caches may share."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse


class PublicAnswers:
    """Says of a public answer that it depends on nobody's cookies and language.

    Others below have said that it does, as they say of every answer, and a browser would fetch a
    stylesheet anew after each sign-in.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = self.get_response(request)
        if answer.headers.get("Cache-Control", "").startswith("public"):
            answer.headers["Vary"] = "Accept-Encoding"
        return answer
