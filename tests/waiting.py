"""Waiting for what another process does: with a deadline, never for a fixed time."""

import time
from collections.abc import Callable


def eventually(condition: Callable[[], object], *, within: float = 10) -> bool:
    """Whether `condition()` becomes true before `within` seconds have passed."""
    deadline = time.monotonic() + within
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True
