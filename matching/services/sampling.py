"""A sample of each run is compared with what single updates would find: they must agree."""

import random

from django.db import transaction

from matching import events
from matching.engine.search import TOP, search_one
from matching.models import Match, MatchRun
from matching.services.board import Board, board_of
from matching.services.lists import pairs_of
from tibs.accounts.actor import system
from tibs.events.recording import record

SIZE = 20
# What sums of float32 numbers in another order may change of a score.
TOLERANCE = 1e-5
SAMPLER = system("matching.sample")


def compare(run_id: int) -> float | None:
    """Compare `SIZE` profiles of a finished run, note the largest difference of a score, and tell staff of a wide one.

    None where a newer run has taken over, or nothing was left to compare.
    """
    run = MatchRun.objects.get(pk=run_id)
    if run != MatchRun.objects.latest_done():
        return None
    board = board_of(run)
    keys = sorted(set(run.profile_ids) & set(board.snapshot.profiles))
    chosen = random.Random(run.public_id).sample(keys, min(SIZE, len(keys)))  # noqa: S311  # a sample, no secret
    if not chosen:
        return None
    gap = max(gap_of(board, run, key) for key in chosen)
    _note(run, len(chosen), gap)
    return gap


def gap_of(board: Board, run: MatchRun, profile_id: int) -> float:
    """The largest difference between the stored scores of a profile's own list and those of a single update."""
    keys = board.snapshot.keys
    ranked = search_one(board.arrays, board.snapshot.profiles[profile_id], top=TOP)
    fresh = {keys[partner.id]: partner.score for partner in ranked}
    stored = {_partner(pair, profile_id): pair.score for pair in _own_list(run, profile_id)}
    # A partner in one of the lists alone may only stand at its end, where scores are equal or a profile changed.
    lowest = min(stored.values(), default=0.0)
    missed = [score - lowest for key, score in fresh.items() if key not in stored and len(stored) == TOP]
    shared = [abs(fresh[key] - score) for key, score in stored.items() if key in fresh]
    return max([*shared, *missed], default=0.0)


def _own_list(run: MatchRun, profile_id: int) -> list[Match]:
    pairs = pairs_of([profile_id]).filter(run=run)
    return [pair for pair in pairs if _rank(pair, profile_id) is not None]


def _rank(pair: Match, profile_id: int) -> int | None:
    return pair.first_rank if pair.first_id == profile_id else pair.second_rank


def _partner(pair: Match, profile_id: int) -> int:
    return pair.second_id if pair.first_id == profile_id else pair.first_id


@transaction.atomic
def _note(run: MatchRun, number: int, gap: float) -> None:
    MatchRun.objects.filter(pk=run.pk).update(sampled=number, sample_gap=gap)
    if gap > TOLERANCE:
        record(events.RUN_STRAYED, about=run, by=SAMPLER, facts={"gap": gap})
