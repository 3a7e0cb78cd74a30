"""The Celery application of a drill: parts take long enough to be killed in their midst, and are written down.

`TIBS_DRILL_WITHOUT=leases` takes the leases and their tokens away: the ledger must then show results stored twice.
"""

import os
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import django

django.setup()

from celery.signals import worker_ready  # noqa: E402  # after the setup

from matching.engine.encoders import CharEncoder  # noqa: E402
from matching.models import RunPart  # noqa: E402
from matching.services import parts, runs, vectors  # noqa: E402
from tibs.celery import app  # noqa: E402
from tibs.core import leases  # noqa: E402
from tibs.drills import market, stage  # noqa: E402

FOLDER = Path(os.environ["TIBS_DRILL_FOLDER"])
COMPUTED = FOLDER / "computed"


def slowed(do: Callable[[RunPart], parts.Store]) -> Callable[[RunPart], parts.Store]:
    """The same part, a while longer in computing and in storing; the end of each computation is a line."""

    def wrapped(part: RunPart) -> parts.Store:
        stage.note_busy(FOLDER, part.pk, stage.COMPUTING)
        store = do(part)
        time.sleep(market.PART_SECONDS)
        with COMPUTED.open("a") as lines:
            lines.write(f"{part.pk}\n")

        def slow_store() -> bytes:
            result = store()
            market.note_stored(part.pk)
            stage.note_busy(FOLDER, part.pk, stage.STORING)
            time.sleep(market.STORE_SECONDS)
            return result

        return slow_store

    return wrapped


def noted(work_on: Callable[[int], list[int]]) -> Callable[[int], list[int]]:
    """The same work; whoever kills processes sees when this one has nothing to do."""

    def wrapped(part_id: int) -> list[int]:
        try:
            return work_on(part_id)
        finally:
            stage.note_idle(FOLDER)

    return wrapped


def take_leases_away() -> None:
    """Whoever is told of a part does it and stores what came out, whether or not somebody else does or did."""

    def waiting(rows: leases.LeasedQuerySet[RunPart], now: object) -> leases.LeasedQuerySet[RunPart]:
        return rows.all()

    def finish(rows: leases.LeasedQuerySet[RunPart], pk: int, token: int, now: datetime) -> bool:
        return rows.filter(pk=pk).update(done_at=now, lease_until=None) == 1

    leases.LeasedQuerySet.waiting = waiting  # type: ignore[method-assign,assignment]  # that is the control
    leases.LeasedQuerySet.finish = finish  # type: ignore[method-assign,assignment]


@worker_ready.connect
def say_ready(**_: object) -> None:
    (FOLDER / stage.READY).touch()


STAND_IN = CharEncoder()
vars(vectors).update(encoder=lambda: STAND_IN, default_version=lambda: STAND_IN.version)
runs.ENCODE_BATCH, runs.TILE_SIZE = (int(os.environ[f"TIBS_DRILL_{name}"]) for name in ("BATCH", "TILE"))
runs.SWEPT_PARTS = market.SWEPT_PARTS
parts.DO = {kind: slowed(do) for kind, do in parts.DO.items()}
vars(parts).update(work_on=noted(parts.work_on))
if os.environ.get("TIBS_DRILL_WITHOUT") == "leases":
    take_leases_away()
__all__ = ["app"]
