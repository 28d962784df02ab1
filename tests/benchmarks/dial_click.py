"""A whole click beside an empty signed-in view that writes twice, by the WSGI handler."""

import io
from collections.abc import Callable, Iterator
from itertools import cycle
from pathlib import Path
from types import ModuleType
from urllib.parse import urlencode
from uuid import uuid4

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connection, models
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_POST

from clicktodial import urls as product
from clicktodial.dialing import clusters as doors
from clicktodial.dialing.models import Call, Cluster, Node
from clicktodial.sealed import Sealed
from clicktodial.webdialer import Secret
from tests.benchmarks.yardsticks import Figure, Work, answering, compare
from tests.chaos.clicks import TOKEN
from tests.chaos.company import Person
from tests.chaos.storm import sign_in

CLUSTERS = 64
PEOPLE = 512  # nobody clicks more often than a person may
TIMES = 128

Handler = Callable[..., object]


class Note(models.Model):
    """What the empty view writes."""

    text = models.CharField(max_length=80)
    written_at = models.DateTimeField(auto_now_add=True)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "benchmarks"

    def __str__(self) -> str:
        return self.text


@require_POST
def write_twice(request: HttpRequest) -> HttpResponse:
    """One INSERT and one UPDATE, each committed by itself, as Django does without being told."""
    note = Note.objects.create(text=request.POST["number"])
    Note.objects.filter(pk=note.pk).update(settled_at=timezone.now())
    return HttpResponse()


def measure(_folder: Path) -> Iterator[Figure]:
    with connection.schema_editor() as editor:
        editor.create_model(Note)
    addresses = ModuleType("addresses")
    addresses.urlpatterns = [*product.urlpatterns, path("empty/", write_twice)]  # type: ignore[attr-defined]
    settings.ROOT_URLCONF = addresses
    handler = get_wsgi_application()
    with answering(CLUSTERS) as ports:
        cookies = _enter(ports)
        works = {
            "empty view, INSERT and UPDATE": _post(handler, "/empty/", cookies),
            "click": _post(handler, "/dial/", cookies),
        }
        spent = compare("click", works, times=TIMES)
        doors.close_all()
    placed = Call.objects.filter(outcome="accepted").count()
    assert placed == Call.objects.count() > 0, "some clicks were not accepted"
    empty, click = spent.values()
    yield Figure("click_over_empty_post", click / empty, 2.5)


def _enter(ports: tuple[int, ...]) -> list[str]:
    """The session cookies of people at as many clusters as there are ports."""
    homes = []
    for place, port in enumerate(ports):
        homes.append(
            Cluster.objects.create(
                name=f"cluster{place}",
                application_user="clicktodial",
                proxy_password=Sealed.around(Secret("proxy-word")),
                calls_a_second=8,
            )
        )
        Node.objects.create(
            cluster=homes[-1], host="127.0.0.1", port=port, secure=False, generation="literal"
        )
    people = [
        Person(f"click{n}", homes[n % CLUSTERS].name, f"SEP{n:012d}", f"{n} ; Internal")
        for n in range(PEOPLE)
    ]
    return [sign_in(person, homes[n % CLUSTERS]) for n, person in enumerate(people)]


def _post(handler: Handler, where: str, cookies: list[str]) -> Work:
    turns = cycle(cookies)

    def post() -> None:
        fields = {"number": "+41442000001", "click": str(uuid4())}
        body = urlencode(fields).encode()
        environ = {
            "REQUEST_METHOD": "POST",
            "PATH_INFO": where,
            "SERVER_NAME": "127.0.0.1",
            "SERVER_PORT": "80",
            "REMOTE_ADDR": "127.0.0.1",
            "CONTENT_TYPE": "application/x-www-form-urlencoded",
            "CONTENT_LENGTH": str(len(body)),
            "HTTP_HOST": "127.0.0.1",
            "HTTP_COOKIE": f"sessionid={next(turns)}; csrftoken={TOKEN}",
            "HTTP_X_CSRFTOKEN": TOKEN,
            "HTTP_X_FRAGMENT": "callbar",
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(body),
        }
        told: list[str] = []
        response = handler(environ, lambda status, _headers: told.append(status))
        b"".join(response)  # type: ignore[call-overload]
        response.close()  # type: ignore[attr-defined]
        assert told == ["200 OK"], told

    return post
