"""Sweeps go through what is due row by row, so that one row that fails does not keep the others."""

from collections.abc import Callable, Iterable

import structlog
from django.db import transaction

logger = structlog.get_logger(__name__)


def take_each(keys: Iterable[int], take: Callable[[int], bool], *, sweep: str) -> list[int]:
    """Call `take` for each key in a transaction of its own; the keys for which it says that it did something.

    What fails is rolled back and logged under the name of the sweep, and the next run tries it again.
    """
    return [key for key in list(keys) if _take(key, take, sweep)]


def _take(key: int, take: Callable[[int], bool], sweep: str) -> bool:
    try:
        with transaction.atomic():
            return take(key)
    except Exception as error:  # whatever it is, the rows after this one are due as well
        logger.exception("sweep_failed", sweep=sweep, key=key, error=type(error).__name__)
        return False
