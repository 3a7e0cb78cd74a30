"""Pages about the API, for the people who use it."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from tibs.api.description import document
from tibs.api.kinds import KINDS
from tibs.figures import API_REQUESTS, API_WINDOW


@login_not_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Every operation with an example to copy, read from the description that machines get."""
    site = request.build_absolute_uri("/").rstrip("/")
    context = {
        "operations": [
            # Put together by hand: gaps such as {reference} stay readable.
            {"path": path, "command": _command(method, site + path), **described}
            for path, methods in document()["paths"].items()
            for method, described in methods.items()
        ],
        "problems": KINDS.values(),
        "schema_url": request.build_absolute_uri(reverse("api_schema")),
        "requests": API_REQUESTS,
        "seconds": int(API_WINDOW.total_seconds()),
    }
    return render(request, "api/home.html", context)


def _command(method: str, address: str) -> str:
    if method == "get":
        return f'curl "{address}"'
    return (
        f'curl -X {method.upper()} "{address}" -H "Authorization: Bearer $KEY" '
        '-H "Idempotency-Key: $(uuidgen)" -H "Content-Type: application/json" -d @body.json'
    )


@login_not_required
@require_safe
def problem_kind(request: HttpRequest, code: str) -> HttpResponse:
    """What a kind of problem means and what helps: the page that the `type` of a problem document leads to."""
    if code not in KINDS:
        raise Http404
    return render(request, "api/problem.html", {"kind": KINDS[code]})
