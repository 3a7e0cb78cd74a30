"""Sweeps: one row after the other, each on its own."""

from collections.abc import Callable, Iterable

import structlog
from django.db import transaction

logger = structlog.get_logger(__name__)


def each_alone(keys: Iterable[int], act: Callable[[int], bool], *, what: str) -> int:
    """Do `act` for every key, each in its own transaction; how many did something.

    One that fails is undone and logged under `what`, and stops no other; the next sweep comes to it again.
    """
    return sum(_guarded(key, act, what) for key in keys)


def _guarded(key: int, act: Callable[[int], bool], what: str) -> bool:
    try:
        with transaction.atomic():
            return act(key)
    except Exception as error:  # whatever is wrong with one row is no reason to leave the others
        logger.exception("sweep_failed", what=what, key=key, error=type(error).__name__)
        return False
