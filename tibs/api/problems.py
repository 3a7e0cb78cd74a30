"""Every error as a problem document (RFC 9457, `application/problem+json`)."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import structlog
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import get_language, ngettext
from rest_framework.exceptions import APIException, ErrorDetail, ValidationError

from tibs.api import kinds
from tibs.api.kinds import Kind

CONTENT_TYPE = "application/problem+json"


class InvalidCursor(APIException):
    """The cursor is not one that this list gave out."""

    status_code = kinds.INVALID_CURSOR.status


class Refused(APIException):
    """A refusal of exactly this kind."""

    def __init__(self, kind: Kind) -> None:
        super().__init__()
        self.kind = kind
        self.status_code = kind.status


class TooManyRequests(APIException):
    """The asker's limit is used up for `seconds` more."""

    status_code = kinds.TOO_MANY_REQUESTS.status

    def __init__(self, seconds: int) -> None:
        super().__init__()
        self.seconds = seconds


def problem_response(error: Exception, context: Mapping[str, Any]) -> HttpResponse | None:
    """The exception handler of REST framework; None leaves what is our own fault to Django."""
    if isinstance(error, Http404):
        return problem(kinds.NOT_FOUND)
    if isinstance(error, PermissionDenied):
        return problem(kinds.NOT_ALLOWED)
    if not isinstance(error, APIException):
        return None
    kind = _kind_of(error)
    answer = problem(kind, detail=_detail_of(error, kind), errors=list(_errors_of(error)))
    if challenge := getattr(error, "auth_header", None):
        answer.headers["WWW-Authenticate"] = challenge
    if isinstance(error, TooManyRequests):
        answer.headers["Retry-After"] = str(error.seconds)
    return answer


def problem(
    kind: Kind, *, detail: str | Promise = "", errors: Sequence[Mapping[str, str]] = ()
) -> HttpResponse:
    """A problem document in the language that is active; its `code` and `type` are the same in all of them."""
    document: dict[str, Any] = {
        "type": f"{settings.TIBS_PUBLIC_URL}/api/problems/{kind.code}",
        "title": str(kind.title),
        "status": kind.status,
        "detail": str(detail or kind.help),
        "code": kind.code,
        "request_id": structlog.contextvars.get_contextvars().get("request_id", ""),
    }
    if errors:
        document["errors"] = errors
    return HttpResponse(
        json.dumps(document, ensure_ascii=False),
        status=kind.status,
        content_type=CONTENT_TYPE,
        headers={"Cache-Control": "no-store", "Content-Language": get_language() or settings.LANGUAGE_CODE},
    )


def _kind_of(error: APIException) -> Kind:
    if isinstance(error, Refused):
        return error.kind
    if isinstance(error, InvalidCursor):
        return kinds.INVALID_CURSOR
    if isinstance(error, ValidationError):
        return kinds.INVALID_PARAMETERS
    return kinds.of_status(error.status_code)


def _detail_of(error: APIException, kind: Kind) -> str:
    if isinstance(error, TooManyRequests):
        sentence = ngettext(
            "Please ask again in %(seconds)d second.",
            "Please ask again in %(seconds)d seconds.",
            error.seconds,
        )
        return sentence % {"seconds": error.seconds}
    return str(kind.help)


def _errors_of(error: APIException) -> Iterator[dict[str, str]]:
    """One entry for each thing that is wrong with a parameter."""
    if isinstance(error, ValidationError) and isinstance(error.detail, dict):
        for parameter, said in error.detail.items():
            for detail in _flat(said):
                yield {"parameter": parameter, "code": detail.code or "invalid", "detail": str(detail)}


def _flat(said: Any) -> Iterator[ErrorDetail]:
    if isinstance(said, ErrorDetail):
        yield said
    else:
        for part in said.values() if isinstance(said, dict) else said:
            yield from _flat(part)
