"""What htmx asks for."""

from django.http import HttpRequest


def wants_part(request: HttpRequest) -> bool:
    """Whether the browser swaps a part of the page; restoring the history needs all of it."""
    headers = request.headers
    return headers.get("HX-Request") == "true" and headers.get("HX-History-Restore-Request") != "true"
