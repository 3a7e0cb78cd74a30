"""What every request passes through, whoever sends it."""

import re
import secrets
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from typing import Any

import structlog
from django.db import connection
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

GetResponse = Callable[[HttpRequest], HttpResponse]

READING = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
WRITE = re.compile(
    r'^\s*(?:INSERT\s+INTO|UPDATE|DELETE\s+FROM|MERGE\s+INTO|TRUNCATE)\s+(?:ONLY\s+)?"?(\w+)', re.I
)
# What may be written while reading: who saw what, and the session.
WRITTEN_WHILE_READING = frozenset({"django_session", "companies_disclosure", "matching_impression"})
UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


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


def reading_never_writes(get_response: GetResponse) -> GetResponse:
    """Refuse every change of the database during a reading request, but for the few tables named above."""

    def refuse(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        written = WRITE.match(sql)
        if written and written[1] not in WRITTEN_WHILE_READING:
            raise WriteWhileReadingError(f"A reading request would write {written[1]}.")
        return execute(sql, params, many, context)

    def middleware(request: HttpRequest) -> HttpResponse:
        with connection.execute_wrapper(refuse) if request.method in READING else nullcontext():
            return get_response(request)

    return middleware


def refuse_unstorable_text(get_response: GetResponse) -> GetResponse:
    """Answer 400 to text that PostgreSQL cannot hold (NUL, lone surrogates), before any view sees it."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if any(UNSTORABLE.search(text) for text in _texts(request)):
            return render(request, "400.html", status=400)
        return get_response(request)

    return middleware


def _texts(request: HttpRequest) -> Iterator[str]:
    yield request.path
    yield from _values(request.GET)
    if request.content_type in {"application/x-www-form-urlencoded", "multipart/form-data"}:
        yield from _values(request.POST)


def _values(data: QueryDict) -> Iterator[str]:
    for name, values in data.lists():
        yield name
        yield from (value for value in values if isinstance(value, str))
