"""What every page knows of the signed-in person's last call."""

from typing import Any

from django.http import HttpRequest


def call_bar(request: HttpRequest) -> dict[str, Any]:
    return {}
