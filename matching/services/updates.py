"""A changed profile costs one row of products: its own list anew, and its place in the lists of others.

The weights and means are those of the newest run, so that a score is the one that the run would give. The work is
done beside the lock and written under it, if nothing that it read has changed meanwhile; else it is done again.
"""

from dataclasses import dataclass, field

from django.db.models import F
from django.utils import timezone

from companies.models import CooperationProfile
from matching.engine.search import TOP, search_one
from matching.models import Match, MatchRun, Renewal
from matching.services import snapshots, vectors
from matching.services.board import Board, board_of, forget
from matching.services.lists import LOCK, floors, let_go, pairs_of, rank_again
from matching.services.results import Pair, matches_of, upsert
from tibs.core.locks import one_at_a_time

# Partners whose lists a changed profile may enter. On a platform with fewer profiles that is everybody.
CANDIDATES = 2000
TRIES = 3


class KeptChangingError(RuntimeError):
    """Each time the work was done, what it had read was changed again."""


@dataclass(frozen=True)
class Found:
    """The new pairs of a profile, and the digests of everything that they were computed from."""

    run: MatchRun
    profile: int
    matches: list[Match] = field(default_factory=list)
    digests: dict[int, str] = field(default_factory=dict)

    @property
    def partners(self) -> set[int]:
        return {key for match in self.matches for key in (match.first_id, match.second_id)} - {self.profile}


def renew(profile_id: int) -> bool:
    """Bring the matches of one profile up to date, if somebody asked; whether there was anything to do."""
    asked = Renewal.objects.waiting().filter(pk=profile_id).values_list("asked", flat=True).first()
    if asked is None:
        return False
    try:
        _renew(profile_id, asked)
    except Exception as error:
        Renewal.objects.filter(pk=profile_id, asked=asked).update(
            attempts=F("attempts") + 1, error=repr(error)[:500]
        )
        raise
    return True


def _renew(profile_id: int, asked: int) -> None:
    for _try in range(TRIES):
        run = MatchRun.objects.latest_done()
        if run is None or run.encoder_version != vectors.encoder().version:
            return _serve(profile_id, asked)  # the next run compares everything
        if _write(_compute(profile_id, run), asked):
            return None
        forget()
    raise KeptChangingError(profile_id)


def _compute(profile_id: int, run: MatchRun) -> Found:
    if vectors.out_of_date([profile_id]):
        vectors.store(vectors.encode([profile_id]))
    board = board_of(run)
    profile = board.snapshot.profiles.get(profile_id)
    if profile is None:
        return Found(run, profile_id)
    keys = board.snapshot.keys
    ranked = search_one(board.arrays, profile, top=CANDIDATES)
    lowest = floors((keys[partner.id] for partner in ranked), profile_id)
    chosen = [
        keys[partner.id]
        for place, partner in enumerate(ranked)
        if place < TOP or partner.score >= lowest.get(keys[partner.id], 0)
    ]
    digests = {key: board.snapshot.digests[key] for key in (profile_id, *chosen)}
    return Found(run, profile_id, _matches(board, run, profile_id, chosen), digests)


def _matches(board: Board, run: MatchRun, own: int, partners: list[int]) -> list[Match]:
    keys = board.snapshot.keys
    row_keys = [keys[public_id] for public_id in board.arrays.ids]
    rows = {key: row for row, key in enumerate(row_keys)}
    pairs = [Pair(rows[min(own, key)], rows[max(own, key)]) for key in partners]
    return list(matches_of(run, board.arrays, row_keys, pairs)) if pairs else []


def _write(found: Found, asked: int) -> bool:
    """Write what was found; False where a run finished or a profile changed since it was read."""
    with one_at_a_time(LOCK):
        if not _still_holds(found):
            return False
        old = pairs_of([found.profile])
        touched = {key for pair in old.values_list("first", "second") for key in pair}
        let_go(old)
        upsert(found.matches)
        rank_again(touched | found.partners | {found.profile})
        _serve(found.profile, asked)
    return True


def _still_holds(found: Found) -> bool:
    """Whether no run finished since, and everybody is as they were read and may still be matched."""
    wanted = {found.profile, *found.digests}
    allowed = CooperationProfile.objects.matchable().filter(pk__in=wanted).values_list("pk", flat=True)
    is_newest = MatchRun.objects.latest_done() == found.run
    return is_newest and snapshots.digests_of(allowed) == found.digests


def _serve(profile_id: int, asked: int) -> None:
    Renewal.objects.filter(pk=profile_id).update(served=asked, served_at=timezone.now(), attempts=0, error="")
