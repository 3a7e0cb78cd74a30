"""What a change to many companies is about: how it stands now, and how to put it back.

States hold codes, ids and moments only; words that people wrote stay where they were written.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from django.utils import timezone

from brokers.services.leaving import hold_seat
from companies.choices import BulkKind, Stage
from companies.models import Company, NextStep
from companies.services.ownership import record_hand_over
from companies.services.stages import note_in_profiles, record_move
from tibs.accounts.actor import Actor
from tibs.accounts.models import User

type State = dict[str, Any]
type States = dict[str, State]


def read_stages(companies: Sequence[Company]) -> States:
    """The stage and since when, with the open next step, which a resting stage would end."""
    steps = _open_steps(companies)
    return {
        company.public_id: {
            "stage": company.stage,
            "since": company.stage_changed_at.isoformat(),
            "step": steps.get(company.pk, (None, ""))[0],
        }
        for company in companies
    }


def restore_stage(company: Company, state: State, by: Actor) -> None:
    """A move like any other for whoever follows the stage: introductions of a firm that rests again end."""
    start = Stage(company.stage)
    company.stage, company.stage_changed_at = state["stage"], datetime.fromisoformat(state["since"])
    company.save(update_fields=["stage", "stage_changed_at", "updated_at"])
    note_in_profiles(company, start, timezone.now())
    _reopen(state["step"])
    record_move(company, start, by)


def read_owners(companies: Sequence[Company]) -> States:
    """Who is responsible and since when; with the stage, because after the first one somebody has to be."""
    return {
        company.public_id: {
            "owner": company.owner.public_id if company.owner else "",
            "claimed": company.claimed_at.isoformat() if company.claimed_at else "",
            "stage": company.stage,
        }
        for company in companies
    }


def restore_owner(company: Company, state: State, by: Actor) -> None:
    """A hand-over like any other: what went along the first time comes back with the company.

    NotAllowedError where who was responsible does not work there any more.
    """
    before, company.owner = company.owner, User.objects.filter(public_id=state["owner"]).first()
    if company.owner:
        hold_seat(user=company.owner, organisation=company.host)
    company.claimed_at = datetime.fromisoformat(state["claimed"]) if state["claimed"] else None
    company.save(update_fields=["owner", "claimed_at", "updated_at"])
    if company.owner:
        record_hand_over(company, before, by)


def read_steps(companies: Sequence[Company]) -> States:
    """Which step is open, and when it was last changed."""
    steps = _open_steps(companies)
    states = {company.public_id: steps.get(company.pk, (None, "")) for company in companies}
    return {public_id: {"step": step, "at": at} for public_id, (step, at) in states.items()}


def restore_step(company: Company, state: State, by: Actor) -> None:
    company.next_steps.filter(done_at=None).delete()
    _reopen(state["step"])


def _open_steps(companies: Sequence[Company]) -> dict[int, tuple[int, str]]:
    rows = NextStep.objects.filter(company__in=companies, done_at=None)
    return {
        company: (step, at.isoformat())
        for company, step, at in rows.values_list("company_id", "pk", "updated_at")
    }


def _reopen(step: int | None) -> None:
    if step is not None:
        NextStep.objects.filter(pk=step).update(done_at=None)


READ: dict[str, Callable[[Sequence[Company]], States]] = {
    BulkKind.MOVE: read_stages,
    BulkKind.HAND_OVER: read_owners,
    BulkKind.NEXT_STEP: read_steps,
}
RESTORE: dict[str, Callable[[Company, State, Actor], None]] = {
    BulkKind.MOVE: restore_stage,
    BulkKind.HAND_OVER: restore_owner,
    BulkKind.NEXT_STEP: restore_step,
}
