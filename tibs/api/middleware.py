"""What every answer below `/api/` has in common, also where no view of the API was reached."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language_from_request, override

from tibs.api import headers, kinds
from tibs.api.kinds import Kind
from tibs.api.problems import CONTENT_TYPE, problem

# Any site may read: nothing that a browser sends along by itself opens anything, since "*" excludes cookies.
OPEN_TO_ALL_SITES = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Link, RateLimit, RateLimit-Policy, Retry-After, X-Request-Id",
}
PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, HEAD",
    "Access-Control-Allow-Headers": "Accept-Language, If-None-Match",
    "Access-Control-Max-Age": "86400",
}


def api_answers(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Turn pages that report errors into problem documents, refuse plain HTTP, and open reading to all sites."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if not request.path.startswith("/api/"):
            return get_response(request)
        if settings.SECURE_SSL_REDIRECT and not request.is_secure():
            response = _problem(request, kinds.SECURE_CONNECTION_REQUIRED)
        elif _is_too_large(request):
            response = _problem(request, kinds.TOO_LARGE)
        else:
            response = get_response(request)
        if response.status_code >= 400 and response.headers.get("Content-Type") != CONTENT_TYPE:
            _replace(request, response)
        if request.path.startswith("/api/v1/"):
            headers.add(response, OPEN_TO_ALL_SITES | (PREFLIGHT if request.method == "OPTIONS" else {}))
        return response

    return middleware


def _is_too_large(request: HttpRequest) -> bool:
    """By its own word, which the server holds every body to."""
    length = request.headers.get("Content-Length", "")
    return length.isdecimal() and int(length[:20]) > (settings.DATA_UPLOAD_MAX_MEMORY_SIZE or 0)


def _replace(request: HttpRequest, response: HttpResponse) -> None:
    """Put a problem document into the answer; its other headers stay, such as Allow."""
    document = _problem(request, kinds.of_status(response.status_code))
    response.status_code = document.status_code
    response.content = document.content
    headers.add(response, document.headers)
    response.headers["Content-Length"] = str(len(document.content))


def _problem(request: HttpRequest, kind: Kind) -> HttpResponse:
    """In the language of the request: this may be reached before or after the language was active."""
    with override(get_language_from_request(request)):
        return problem(kind)
