"""Requests that a partner site may repeat until it has the answer: what they ask for happens once."""

import hashlib
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from rest_framework.request import Request
from rest_framework.response import Response

from brokers.models import ApiClient, IdempotencyKey
from tibs.api import kinds
from tibs.api.problems import Refused
from tibs.core.locks import nobody_else

HEADER = "Idempotency-Key"
LONGEST = 255
REMEMBERED = timedelta(days=1)

type Answer = tuple[int, dict[str, Any]]


def once(request: Request, client: ApiClient, now: datetime, work: Callable[[], Answer]) -> Response:
    """The answer of `work`, which runs once for each key of a site within a day; later equal requests get the same.

    Key, work and answer are one transaction: a crash leaves nothing, so that the next attempt does the work.
    Refused for a missing key (400), a request with the same key under way (409), another payload (422).
    """
    key, fingerprint = _key(request), _fingerprint(request)
    with transaction.atomic():
        if not nobody_else(f"brokers.idempotency:{client.pk}:{key}"):
            raise Refused(kinds.REQUEST_UNDER_WAY)
        IdempotencyKey.objects.filter(client=client, key=key, created_at__lt=now - REMEMBERED).delete()
        known = IdempotencyKey.objects.filter(client=client, key=key).first()
        if known:
            if known.fingerprint != fingerprint:
                raise Refused(kinds.KEY_USED_BEFORE)
            return Response(known.answer, status=known.status, headers={"Idempotent-Replayed": "true"})
        status, answer = work()
        IdempotencyKey.objects.create(
            client=client, key=key, fingerprint=fingerprint, status=status, answer=answer
        )
    return Response(answer, status=status)


def _key(request: Request) -> str:
    key = request.headers.get(HEADER, "").strip()
    if not key or len(key) > LONGEST or not key.isascii() or not key.isprintable():
        raise Refused(kinds.KEY_MISSING)
    return key


def _fingerprint(request: Request) -> str:
    asked = f"{request.method} {request.get_full_path()}\n".encode()
    return hashlib.sha256(asked + request.body).hexdigest()
