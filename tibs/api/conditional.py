"""Answers that need not be sent again: ETag and If-None-Match."""

import hashlib
from typing import cast

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from rest_framework.request import Request


def etag_of(*facts: object) -> str:
    """A strong entity tag that changes whenever one of the facts does."""
    return f'"{hashlib.sha256(repr(facts).encode()).hexdigest()[:32]}"'


def unchanged(request: Request, etag: str) -> HttpResponse | None:
    """304 for a reader who has this version, 412 for one who insists on another; None when the body is due."""
    # Django's function works on the headers that both kinds of request share.
    answer = get_conditional_response(cast(HttpRequest, request), etag=etag)
    if answer is not None and answer.status_code == 304:
        answer.headers["ETag"] = etag
    return answer
