"""The course of a run: queued, encoding, matching, merging, done. Each stage is a set of parts; its last part plans
the next. Every function may be called again at any time and then changes nothing."""

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from matching import events
from matching.engine.search import plan_tiles
from matching.engine.weights import Weights
from matching.models import MatchRun, PartKind, RunPart, RunStatus
from matching.models.match_run import UNDER_WAY
from matching.services import snapshots, vectors
from matching.services.frozen import pack_means
from tibs.accounts.actor import Actor, system
from tibs.accounts.permissions import Permission
from tibs.core.errors import NotAllowedError, WrongStateError
from tibs.events.recording import record

ENCODE_BATCH = 8
TILE_SIZE = 2048
MOST_REPLANS = 5
# Enough to keep every worker busy until the next sweep, and too few to fill the queue with repetitions.
SWEPT_PARTS = 100
SYSTEM = system("matching.run")

STAGES = {
    RunStatus.ENCODING: PartKind.ENCODE,
    RunStatus.MATCHING: PartKind.TILE,
    RunStatus.MERGING: PartKind.MERGE,
}


def request_run(*, by: Actor) -> MatchRun:
    """Ask for a full matching. WrongStateError when one is under way: there is never more than one."""
    if not (by.is_system or by.may(Permission.RUN_MATCHING)):
        raise NotAllowedError(_("You may not start a matching."))
    try:
        with transaction.atomic():
            run = MatchRun.objects.create(weights=Weights().as_mapping())
            record(events.RUN_REQUESTED, about=run, by=by)
    except IntegrityError as error:
        raise WrongStateError(_("A matching is under way already.")) from error
    return run


@transaction.atomic
def advance(run_id: int) -> list[int]:
    """Plan the next stage when the present one is finished; the keys of parts to start, if any were planned."""
    run = MatchRun.objects.select_for_update().get(pk=run_id)
    if run.status not in UNDER_WAY or _is_busy(run):
        return []
    if run.status == RunStatus.QUEUED:
        return _plan_encoding(run) or _plan_matching(run)
    if run.status == RunStatus.ENCODING:
        return _plan_matching(run)
    if run.status == RunStatus.MATCHING:
        return _plan(run, RunStatus.MERGING, [{}])
    _finish(run)
    return []


@transaction.atomic
def replan(run_id: int, stale_hash: str) -> list[int]:
    """A profile changed under a run: read its new words, freeze a new snapshot and compare again.

    Many workers may see the same change; only the first finds the run still on the snapshot `stale_hash`.
    """
    run = MatchRun.objects.select_for_update().get(pk=run_id)
    if run.status not in {RunStatus.MATCHING, RunStatus.MERGING} or run.snapshot_hash != stale_hash:
        return []
    if run.replans >= MOST_REPLANS:
        fail(run_id, "Profiles kept changing while they were compared.")
        return []
    run.parts.exclude(kind=PartKind.ENCODE).delete()
    run.replans += 1
    return _plan_encoding(run) or _plan_matching(run)


@transaction.atomic
def fail(run_id: int, reason: str) -> None:
    """End a run whose part failed too often, and say so to staff."""
    changed = MatchRun.objects.filter(pk=run_id, status__in=UNDER_WAY).update(
        status=RunStatus.FAILED, error=reason[:500], finished_at=timezone.now()
    )
    if changed:
        record(events.RUN_FAILED, about=MatchRun.objects.get(pk=run_id), by=SYSTEM)


def sweep() -> tuple[list[int], list[int]]:
    """What lost messages and killed workers left: keys of runs to advance and of parts to do."""
    for part in RunPart.objects.parked().filter(run__status__in=UNDER_WAY, lease_until=None):
        fail(part.run_id, part.error)
    lost = RunPart.objects.parked().filter(run__status__in=UNDER_WAY, lease_until__lt=timezone.now())
    for part in lost:
        fail(part.run_id, "A part lost its worker three times.")
    runs = list(MatchRun.objects.under_way().values_list("pk", flat=True))
    waiting = RunPart.objects.waiting(timezone.now()).filter(run__in=runs)
    return runs, list(waiting.order_by("pk").values_list("pk", flat=True)[:SWEPT_PARTS])


def _is_busy(run: MatchRun) -> bool:
    kind = STAGES.get(RunStatus(run.status))
    return kind is not None and run.parts.filter(kind=kind, done_at=None).exists()


def _plan_encoding(run: MatchRun) -> list[int]:
    keys = vectors.out_of_date()
    batches = [keys[start : start + ENCODE_BATCH] for start in range(0, len(keys), ENCODE_BATCH)]
    return _plan(run, RunStatus.ENCODING, [{"profiles": batch} for batch in batches]) if batches else []


def _plan_matching(run: MatchRun) -> list[int]:
    snapshot = snapshots.take(snapshots.matchable_ids())
    version = vectors.encoder().version
    means = snapshots.means_of(snapshot, version)
    run.profile_ids = list(snapshot.profiles)
    run.snapshot_hash = snapshot.hash
    run.encoder_version = version
    run.means = pack_means(means)
    tiles = plan_tiles(snapshot.arrays(Weights.from_mapping(run.weights), means), TILE_SIZE)
    if not tiles:
        return _plan(run, RunStatus.MERGING, [{}])
    return _plan(run, RunStatus.MATCHING, [vars(tile) for tile in tiles])


def _plan(run: MatchRun, status: RunStatus, tasks: list[dict[str, object]]) -> list[int]:
    run.status = status
    run.save()
    first = (run.parts.filter(kind=STAGES[status]).aggregate(last=Max("number"))["last"] or 0) + 1
    parts = RunPart.objects.bulk_create(
        RunPart(run=run, kind=STAGES[status], number=first + place, task=task)
        for place, task in enumerate(tasks)
    )
    return [part.pk for part in parts]


def _finish(run: MatchRun) -> None:
    run.status = RunStatus.DONE
    run.finished_at = timezone.now()
    run.save(update_fields=["status", "finished_at", "updated_at"])
    record(events.RUN_FINISHED, about=run, by=SYSTEM, facts={"pairs": run.pairs})
