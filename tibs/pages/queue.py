"""The work queue: which companies wait for a broker today, and for what."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import BooleanField, Case, Q, QuerySet, Value, When
from django.utils import timezone

from companies.choices import Stage, WaitsFor
from companies.lists import ORDERS, with_open_step
from companies.models import Company, Consent, ExpressionOfInterest
from companies.selectors import consents_expiring, without_next_step
from matching.presenting.introduction_lists import waiting_for
from tibs.accounts.actor import Actor
from tibs.core.counting import CappedCount

LINES = 6
MOST_COUNTED = 100
# A clock that ends so soon, or has ended, is shown apart.
RUNS_OUT = timedelta(days=1)
BY_DAY = ORDERS["due"].by
# What the broker moves on; a partner is asked by the broker too.
OURS = (WaitsFor.US, WaitsFor.PARTNER)


@dataclass(frozen=True)
class Waiting:
    """One part of the queue: its first rows, and how many there are."""

    rows: list[Any]
    count: CappedCount

    @property
    def has_more(self) -> bool:
        return self.count.value > len(self.rows)

    def __bool__(self) -> bool:
        return bool(self.rows)


@dataclass(frozen=True)
class WorkQueue:
    """What waits for the reader, the most pressing first in each part."""

    due: Waiting
    leads: Waiting
    planless: Waiting
    waiting: Waiting
    consents: Waiting
    interests: CappedCount
    introductions: CappedCount
    introductions_late: CappedCount
    has_companies: bool

    @property
    def is_clear(self) -> bool:
        return not (self.due or self.leads or self.planless or self.interests or self.introductions)


def queue_of(actor: Actor, now: datetime) -> WorkQueue:
    """The same six questions for one company and for ten thousand."""
    today = timezone.localdate(now)
    care = Company.objects.in_care_of(actor)
    steps = with_open_step(care)
    parts: dict[str, QuerySet[Any]] = {
        "due": steps.filter(Q(step_due__lte=today, step_waits_for__in=OURS)).order_by(*BY_DAY),
        "leads": _leads(care, actor),
        "planless": without_next_step(steps).order_by("stage_changed_at", "id"),
        "waiting": steps.filter(Q(step_waits_for=WaitsFor.COMPANY)).order_by(*BY_DAY),
        "consents": consents_expiring(care, now),
    }
    interests = ExpressionOfInterest.objects.waiting_for(care)
    owed = waiting_for(actor)
    counts = _counts(
        {
            **parts,
            "interests": interests,
            "introductions": owed,
            "introductions_late": owed.filter(due_at__lt=now + RUNS_OUT),
            "companies": care,
        }
    )
    rows = {name: list(_shown(part)[:LINES]) for name, part in parts.items()}
    waiting = {name: Waiting(rows[name], CappedCount(counts[name], MOST_COUNTED)) for name in parts}
    return WorkQueue(
        **waiting,
        interests=CappedCount(counts["interests"], MOST_COUNTED),
        introductions=CappedCount(counts["introductions"], MOST_COUNTED),
        introductions_late=CappedCount(counts["introductions_late"], MOST_COUNTED),
        has_companies=counts["companies"] > 0,
    )


def _leads(care: Any, actor: Actor) -> QuerySet[Company]:
    """Leads that nobody has taken: those that were proposed to the reader first, then by the day of the answer."""
    mine = Case(
        When(Q(proposed_owner__public_id=actor.id), then=Value(True)),
        default=Value(False),
        output_field=BooleanField(),
    )
    leads = care.filter(stage=Stage.LEAD, owner=None).annotate(is_mine=mine).select_related("proposed_owner")
    found: QuerySet[Company] = leads.order_by("-is_mine", "answer_due_at", "id")
    return found


def _shown(part: QuerySet[Any]) -> QuerySet[Any]:
    if part.model is Consent:
        return part.select_related("company__country")
    return part.select_related("country", "owner", *part_related(part))


def part_related(part: QuerySet[Any]) -> Sequence[str]:
    return ("proposed_owner",) if "is_mine" in part.query.annotations else ()


def _counts(parts: dict[str, QuerySet[Any]]) -> dict[str, int]:
    """How many rows each part has, no more than the cap, asked in one query."""
    asked = [
        part.order_by().annotate(part=Value(name)).values_list("part")[:MOST_COUNTED]
        for name, part in parts.items()
    ]
    named = [name for (name,) in asked[0].union(*asked[1:], all=True)]
    return {name: named.count(name) for name in parts}
