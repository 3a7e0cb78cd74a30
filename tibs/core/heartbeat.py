"""The sign of life that travels from beat through the queue and a worker into the cache.

A fresh one proves that all three work; `/health/ready` shows its age.
"""

import time

from django.core.cache import cache

KEY = "heartbeat"
EVERY = 30.0
# Four in a row are missing: more than a restart of beat or a worker takes.
LATE = 4 * EVERY


def beat() -> None:
    """Say that beat and a worker are alive now."""
    cache.set(KEY, time.time(), timeout=None)


def age() -> float | None:
    """Seconds since the last sign of life on any machine; None when there was none yet."""
    last = cache.get(KEY)
    return None if last is None else max(0.0, time.time() - last)
