"""The page for errors of our own: it needs neither database nor session, and gives a reference."""

from django.http import HttpRequest, HttpResponseServerError
from django.template import loader
from django.views.decorators.csrf import requires_csrf_token

from clicktodial import logs


@requires_csrf_token
def server_error(request: HttpRequest) -> HttpResponseServerError:
    """What people see when something went wrong, with the reference to look for in the log."""
    page = loader.get_template("500.html")
    return HttpResponseServerError(page.render({"reference": logs.request_id()}))
