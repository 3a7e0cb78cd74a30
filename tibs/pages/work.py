"""What waits for a broker or a coordinator today."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from brokers.models import HostOrganisation
from companies.models import Company
from matching.models import Match, MatchRun, RunStatus
from matching.models.match import MatchQuerySet
from matching.models.match_run import UNDER_WAY
from matching.services.review import to_review
from matching.wording import WORTH_REVIEW
from tibs.accounts.actor import Actor
from tibs.pages.pairs import Pair, best_pairs
from tibs.pages.queue import BESIDE, WorkQueue, queue_of


@dataclass(frozen=True)
class RunState:
    """How the matching stands: the newest run, and the one whose results are shown."""

    newest: MatchRun | None
    done: MatchRun | None

    @property
    def has_failed(self) -> bool:
        return self.newest is not None and self.newest.status == RunStatus.FAILED

    @property
    def is_under_way(self) -> bool:
        return self.newest is not None and self.newest.status in UNDER_WAY


@dataclass(frozen=True)
class Desk:
    """Everything on the home page of somebody who works with companies.

    `pairs` are the best of the matches that wait for a decision, or of all where none waits.
    """

    organisations: list[HostOrganisation]
    queue: WorkQueue
    pairs: list[Pair]
    run: RunState


def desk_of(actor: Actor, now: datetime) -> Desk:
    """The same few questions for one company and for ten thousand."""
    queue = queue_of(actor, now)
    matches = to_review(actor) if queue.matches else _matches(actor)
    return Desk(
        organisations=list(
            HostOrganisation.objects.filter(pk__in=actor.organisations).order_by("short_name")
        ),
        queue=queue,
        pairs=best_pairs(matches, actor, is_own=_is_own(actor), limit=BESIDE, each_once=True),
        run=run_state(),
    )


def run_state() -> RunState:
    """The newest matching, and the newest whose results stand."""
    runs = MatchRun.objects.defer("profile_ids", "means", "weights")
    newest = runs.order_by("-pk").first()
    done = newest if newest is None or newest.status == RunStatus.DONE else runs.latest_done()
    return RunState(newest, done)


def _matches(actor: Actor) -> MatchQuerySet:
    """Matches in the actor's care that deserve a look."""
    mine = Company.objects.in_care_of(actor)
    return Match.objects.visible_to(actor).still_open().of_companies(mine).filter(score__gte=WORTH_REVIEW)


def _is_own(actor: Actor) -> Callable[[Company], bool]:
    return lambda company: company.host_id in actor.organisations
