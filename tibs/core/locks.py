"""Locks that live in PostgreSQL, so that every process on every machine respects them."""

import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction


@contextmanager
def one_at_a_time(name: str) -> Iterator[None]:
    """A transaction in which nobody else holds the lock `name`; waits for its turn."""
    with transaction.atomic():
        wait_for_turn(name)
        yield


def wait_for_turn(name: str) -> None:
    """Take the lock `name` until the present transaction ends; wait while somebody holds it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [zlib.crc32(name.encode())])


def nobody_else(name: str) -> bool:
    """Take the lock `name` until the present transaction ends, or say at once that somebody holds it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [zlib.crc32(name.encode())])
        return bool(cursor.fetchone()[0])
