"""Content-Security-Policy: Django 6's middleware and setting, also on Django 5.2."""

from collections.abc import Callable, Iterable
from copy import deepcopy

from django.conf import settings
from django.http import HttpRequest, HttpResponse

try:
    from django.middleware.csp import ContentSecurityPolicyMiddleware
except ImportError:

    class ContentSecurityPolicyMiddleware:  # type: ignore[no-redef]
        """Sends `SECURE_CSP`, or the response's own policy where a view gave it one."""

        def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
            self.get_response = get_response

        def __call__(self, request: HttpRequest) -> HttpResponse:
            response = self.get_response(request)
            policy = getattr(response, "_csp_config", settings.SECURE_CSP)
            response.headers.setdefault(
                "Content-Security-Policy",
                "; ".join(f"{name} {' '.join(sources)}" for name, sources in policy.items()),
            )
            return response


def allow_forms_to(response: HttpResponse, origins: Iterable[str]) -> HttpResponse:
    """The response, whose forms may also post to these origins (scheme, host and port)."""
    policy = deepcopy(settings.SECURE_CSP)
    policy["form-action"] = [*policy["form-action"], *sorted(set(origins))]
    response._csp_config = policy  # type: ignore[attr-defined]
    return response


__all__ = ["ContentSecurityPolicyMiddleware", "allow_forms_to"]
