"""What every request passes through, whoever sends it."""

import secrets
from collections.abc import Callable
from contextlib import nullcontext
from typing import Any

import structlog
from django.core.exceptions import BadRequest
from django.db import connection
from django.http import HttpRequest, HttpResponse

from tibs.core.statements import written_by
from tibs.core.storable import is_storable

GetResponse = Callable[[HttpRequest], HttpResponse]

# What an answer bears that could not be given because the database was away.
LOST_DATABASE = "tibs_lost_database"
READING = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
# What may be written while reading: who saw what, and the session.
WRITTEN_WHILE_READING = frozenset({"django_session", "companies_disclosure", "matching_impression"})


class WriteWhileReadingError(RuntimeError):
    """A GET request tried to change the database; links must be safe to follow."""


def request_id(get_response: GetResponse) -> GetResponse:
    """Give the request an id that its log lines, its answer and its tasks carry."""

    def middleware(request: HttpRequest) -> HttpResponse:
        identifier = secrets.token_hex(8)
        with structlog.contextvars.bound_contextvars(request_id=identifier):
            response = get_response(request)
        response.headers["X-Request-Id"] = identifier
        return response

    return middleware


def read_once_more(get_response: GetResponse) -> GetResponse:
    """Ask a reading request a second time when its connection to the database was lost on the way.

    A restart of PostgreSQL cuts connections that looked sound when the request began. What only reads may be repeated;
    what writes is answered with 503, because nobody knows how far it came.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.method not in READING or not getattr(response, LOST_DATABASE, False):
            return response
        connection.close()
        return get_response(request)

    return middleware


def reading_never_writes(get_response: GetResponse) -> GetResponse:
    """Refuse every change of the database during a reading request, but for the few tables named above.

    It reads the SQL, so a function of the database that writes is not seen.
    """

    def refuse(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if refused := written_by(sql) - WRITTEN_WHILE_READING:
            raise WriteWhileReadingError(f"A reading request would write {', '.join(sorted(refused))}.")
        return execute(sql, params, many, context)

    def middleware(request: HttpRequest) -> HttpResponse:
        with connection.execute_wrapper(refuse) if request.method in READING else nullcontext():
            return get_response(request)

    return middleware


def refuse_unstorable_text(get_response: GetResponse) -> GetResponse:
    """Answer 400 to text that PostgreSQL cannot hold (NUL, lone surrogates), before any view sees it."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if not is_storable(request):
            raise BadRequest("The request holds text that cannot be stored.")
        return get_response(request)

    return middleware
