"""Waiting for what another process or thread does: with a deadline, never for a fixed time."""

import time
from collections.abc import Callable

from django.db import connection

BLOCKED = "SELECT count(*) FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid))"


def eventually(condition: Callable[[], object], *, within: float = 10) -> bool:
    """Whether `condition()` becomes true before `within` seconds have passed."""
    deadline = time.monotonic() + within
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


def somebody_waits_for_us() -> bool:
    """Whether another connection waits for a row that this one holds."""
    with connection.cursor() as cursor:
        cursor.execute(BLOCKED)
        return bool(cursor.fetchone()[0])
