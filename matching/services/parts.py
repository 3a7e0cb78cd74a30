"""Doing one part of a run: claim it, compute, and store the result in one transaction."""

from collections.abc import Callable
from functools import lru_cache

import structlog
from django.db import transaction
from django.utils import timezone

from matching.engine import search
from matching.engine.features import Arrays
from matching.engine.tiles import Tile
from matching.engine.weights import Weights
from matching.models import MatchRun, PartKind, RunPart
from matching.models.match_run import UNDER_WAY
from matching.services import results, runs, snapshots, vectors
from matching.services.frozen import pack_candidates, unpack_candidates, unpack_means
from matching.services.snapshots import Snapshot
from tibs.core.leases import kept_alive

logger = structlog.get_logger(__name__)

Store = Callable[[], bytes]


class SnapshotChangedError(RuntimeError):
    """A profile of the run changed after the run froze it."""


def work_on(part_id: int) -> list[int]:
    """Do one part if nobody else does; the keys of parts that can start now."""
    token = RunPart.objects.claim(part_id, timezone.now())
    if not token:
        return []
    part = RunPart.objects.select_related("run").get(pk=part_id)
    try:
        with kept_alive(RunPart.objects.all(), part_id, token):
            return _finish(part, token, DO[PartKind(part.kind)](part))
    except SnapshotChangedError:
        RunPart.objects.give_back(part_id, token, "The profiles changed.")
        return runs.replan(part.run_id, part.run.snapshot_hash)
    except Exception as error:
        logger.exception("part_failed", part=part_id, run=part.run.public_id)
        RunPart.objects.give_back(part_id, token, repr(error))
        return []


@transaction.atomic
def _finish(part: RunPart, token: int, store: Store) -> list[int]:
    """Store the effect and the mark together, unless the run ended or the lease went to another worker meanwhile.

    The run is locked before its part, in the order in which `runs.replan` does it.
    """
    if not MatchRun.objects.select_for_update().filter(pk=part.run_id, status__in=UNDER_WAY).first():
        return []
    if not RunPart.objects.finish(part.pk, token, timezone.now()):
        return []
    RunPart.objects.filter(pk=part.pk).update(result=store())
    return runs.advance(part.run_id)


def _encode(part: RunPart) -> Store:
    encoded = vectors.encode(part.task["profiles"])

    def store() -> bytes:
        vectors.store(encoded)
        return b""

    return store


def _tile(part: RunPart) -> Store:
    _snapshot, arrays = _of_run(part.run)
    candidates = pack_candidates(search.run_tile(arrays, Tile(**part.task)))
    return lambda: candidates


def _merge(part: RunPart) -> Store:
    snapshot, arrays = _of_run(part.run)
    tiles = part.run.parts.filter(kind=PartKind.TILE).order_by("number").values_list("result", flat=True)
    lists = search.rescore(arrays, search.merge(arrays, [unpack_candidates(found) for found in tiles]))

    def store() -> bytes:
        results.write(part.run, snapshot, arrays, lists)
        return b""

    return store


DO: dict[PartKind, Callable[[RunPart], Store]] = {
    PartKind.ENCODE: _encode,
    PartKind.TILE: _tile,
    PartKind.MERGE: _merge,
}


def _of_run(run: MatchRun) -> tuple[Snapshot, Arrays]:
    return _arrays(run.pk, run.snapshot_hash)


@lru_cache(maxsize=1)
def _arrays(run_id: int, snapshot_hash: str) -> tuple[Snapshot, Arrays]:
    """The arrays of a run, built once in each worker process and kept until another run comes."""
    run = MatchRun.objects.get(pk=run_id)
    snapshot = snapshots.take(run.profile_ids)
    if snapshot.hash != snapshot_hash:
        raise SnapshotChangedError
    return snapshot, snapshot.arrays(Weights.from_mapping(run.weights), unpack_means(run.means))
