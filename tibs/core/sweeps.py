"""Sweeps go through what is due row by row, so that one row that fails does not keep the others."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from functools import partial

import structlog
from django.db import transaction
from django.db.models import Model, QuerySet

logger = structlog.get_logger(__name__)

BATCH = 200
type Due[Row: Model] = Callable[[datetime], QuerySet[Row]]
type Step[Row: Model] = Callable[[Row, datetime], bool]
type Steps[Row: Model] = Sequence[tuple[Due[Row], Step[Row]]]


def take_due[Row: Model](
    steps: Steps[Row], *, hold: Callable[[int], Row | None], now: datetime, sweep: str
) -> int:
    """Take the steps of a clock for all rows that are due; how many did something.

    `hold` locks a row as the services do and gives it, or None where it is out of the clock; whether it is still due
    is asked after that, so that many may do this at a time and each step is taken once. The order of the steps is
    kept: the last of a clock first, so that one that stood still does not remind whoever is late anyway.
    """
    return sum(
        len(take_each(_first(due(now)), partial(_take_step, due, step, hold, now), sweep=sweep))
        for due, step in steps
    )


def _first[Row: Model](rows: QuerySet[Row]) -> list[int]:
    return list(rows.order_by("pk").values_list("pk", flat=True)[:BATCH])


def _take_step[Row: Model](
    due: Due[Row], step: Step[Row], hold: Callable[[int], Row | None], now: datetime, key: int
) -> bool:
    row = hold(key)
    return row is not None and due(now).filter(pk=key).exists() and step(row, now)


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
