"""The Celery application of a drill: parts take long enough to be killed in their midst, and are written down.

`TIBS_DRILL_WITHOUT=leases` takes the leases away: the ledger must then show work that was done twice.
"""

import os
import time
from collections.abc import Callable
from pathlib import Path

import django

django.setup()

from matching.engine.encoders import CharEncoder  # noqa: E402  # after the setup
from matching.models import PartKind, RunPart  # noqa: E402
from matching.services import parts, runs, vectors  # noqa: E402
from tibs.celery import app  # noqa: E402
from tibs.core import leases  # noqa: E402
from tibs.drills import market  # noqa: E402

FOLDER = Path(os.environ["TIBS_DRILL_FOLDER"])
COMPUTED, BUSY = FOLDER / "computed", FOLDER / "busy"


def slowed(do: Callable[[RunPart], parts.Store]) -> Callable[[RunPart], parts.Store]:
    """The same part, a while longer; one file names the process at work, the end of each computation is a line."""

    def wrapped(part: RunPart) -> parts.Store:
        BUSY.write_text(str(os.getpid()))
        store = do(part)
        is_last = part.kind == PartKind.MERGE
        time.sleep(market.LAST_PART_SECONDS if is_last else market.PART_SECONDS)
        with COMPUTED.open("a") as lines:
            lines.write(f"{part.pk}\n")
        return store

    return wrapped


def take_leases_away() -> None:
    """Whoever is told of a part does it, whether or not somebody else does."""

    def waiting(rows: leases.LeasedQuerySet[RunPart], now: object) -> leases.LeasedQuerySet[RunPart]:
        return rows.filter(done_at=None)

    leases.LeasedQuerySet.waiting = waiting  # type: ignore[method-assign,assignment]  # that is the control


STAND_IN = CharEncoder()
vars(vectors).update(encoder=lambda: STAND_IN, default_version=lambda: STAND_IN.version)
runs.ENCODE_BATCH, runs.TILE_SIZE = (int(os.environ[f"TIBS_DRILL_{name}"]) for name in ("BATCH", "TILE"))
runs.SWEPT_PARTS = market.SWEPT_PARTS
parts.DO = {kind: slowed(do) for kind, do in parts.DO.items()}
if os.environ.get("TIBS_DRILL_WITHOUT") == "leases":
    take_leases_away()
__all__ = ["app"]
