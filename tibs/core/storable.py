"""Whether PostgreSQL could store the texts of a request."""

import json
import re
from collections.abc import Iterator
from itertools import chain
from typing import Any

from django.http import HttpRequest, QueryDict

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_FORMS = frozenset({"application/x-www-form-urlencoded", "multipart/form-data"})


def is_storable(request: HttpRequest) -> bool:
    """False when path, query, cookies, form or JSON body hold NUL or a lone surrogate.

    Forms and bodies are read by way of the request, which keeps what it read: nothing is read twice.
    """
    try:
        return not any(_UNSTORABLE.search(text) for text in _texts(request))
    except RecursionError:  # JSON nested so deeply that no view could read it either
        return False


def _texts(request: HttpRequest) -> Iterator[str]:
    yield request.path
    yield from request.COOKIES.values()
    yield from _values(request.GET)
    content_type = request.content_type or ""
    if content_type in _FORMS:
        yield from _values(request.POST)
    elif content_type.endswith("json"):
        yield from _strings(_parsed(request.body))


def _values(data: QueryDict) -> Iterator[str]:
    return chain.from_iterable((name, *map(str, values)) for name, values in data.lists())


def _parsed(body: bytes) -> Any:
    try:
        return json.loads(body)
    except ValueError:  # the view answers with its own words
        return None


def _strings(value: Any) -> Iterator[str]:
    waiting = [value]
    while waiting:
        part = waiting.pop()
        if isinstance(part, str):
            yield part
        elif isinstance(part, dict):
            yield from part
            waiting.extend(part.values())
        elif isinstance(part, list):
            waiting.extend(part)
