"""What the page of a cooperation shows, and what each reader can do on it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from companies.policies import can_decide_for_company
from matching import sides
from matching.agreement_words import State, state_of, stated_by
from matching.choices import CooperationStatus, MeetingStatus
from matching.cooperation_stages import OPEN_COOPERATIONS
from matching.handshake import Side
from matching.meeting_times import Slot, slot
from matching.models import Agreement, Cooperation, FollowUp, Meeting
from matching.policies import can_work_on_cooperation
from tibs.accounts.actor import Actor

SENTENCES = {
    State.TO_STATE: _("Both firms confirm the words of the agreement now."),
    State.RETURNED: _(
        "The agreement was sent back with a question. Correct it, and both firms confirm it again."
    ),
    State.TO_VALIDATE: _("Both firms confirmed the agreement. Somebody of neither side validates it now."),
    State.COUNTS: _("The agreement is validated and counts."),
    State.ENDED: _("The talks have ended without an agreement that counts."),
}


@dataclass(frozen=True)
class ShownMeeting:
    """A meeting with its times on both clocks, and what the reader can do with it."""

    row: Meeting
    slots: list[Slot]
    time: Slot | None
    ends: Slot | None
    can_choose: bool
    can_note: bool
    is_planned: bool
    is_past: bool


def page_of_cooperation(cooperation: Cooperation, actor: Actor, now: datetime) -> dict[str, Any]:
    """Everything on the page; some six queries, however much there is."""
    works = can_work_on_cooperation(actor, cooperation)
    is_open = cooperation.status in OPEN_COOPERATIONS
    meetings = [
        shown_meeting(meeting, cooperation, actor, now)
        for meeting in cooperation.meetings.order_by("-created_at", "-id")
    ]
    agreement = agreement_of(cooperation)
    state = state_of(agreement) if agreement else None
    return {
        "cooperation": cooperation,
        "sides": [
            {"company": sides.company_of(cooperation, side), "broker": sides.broker_of(cooperation, side)}
            for side in (Side.SENDER, Side.RECEIVER)
        ],
        "introduction_url": introduction_url(cooperation, actor),
        "is_open": is_open,
        "is_late": bool(cooperation.next_due_date and cooperation.next_due_date < timezone.localdate(now)),
        "works": works and is_open,
        "shows_why": works and bool(cooperation.no_deal_reason),
        "meetings": meetings,
        "has_planned": any(meeting.is_planned for meeting in meetings),
        "agreement": agreement,
        "agreement_state": state,
        "agreement_sentence": sentence_for(agreement, state),
        "waits_for_reader": bool(
            agreement and state == State.TO_STATE and companies_to_state(agreement, actor)
        ),
        "follow_ups": follow_ups_of(cooperation, actor, now) if agreement and agreement.validated_at else [],
    }


def introduction_url(cooperation: Cooperation, actor: Actor) -> str:
    """The page with the contact data: a firm has one of its own."""
    is_of_firm = any(company.pk in actor.companies for company in sides.companies_of(cooperation))
    page = "own_introduction" if is_of_firm else "introduction"
    return reverse(page, args=[cooperation.introduction.public_id])


def shown_meeting(meeting: Meeting, cooperation: Cooperation, actor: Actor, now: datetime) -> ShownMeeting:
    one, other = (company.country for company in sides.companies_of(cooperation))
    can_meet = cooperation.status != CooperationStatus.NO_DEAL
    is_proposed = meeting.status == MeetingStatus.PROPOSED
    waits_for = Side(meeting.proposed_side).other if meeting.proposed_side else None
    begins = None if is_proposed else meeting.starts_at
    return ShownMeeting(
        row=meeting,
        slots=[slot(moment, one, other) for moment in meeting.slots if moment > now] if is_proposed else [],
        time=slot(begins, one, other) if begins else None,
        ends=slot(begins + timedelta(minutes=meeting.minutes_long), one, other) if begins else None,
        can_choose=can_meet and is_proposed and waits_for in sides.sides_of(actor, cooperation),
        can_note=can_meet
        and meeting.status == MeetingStatus.FIXED
        and bool(begins and begins <= now)
        and can_work_on_cooperation(actor, cooperation),
        is_past=bool(begins and begins <= now),
        is_planned=can_meet and meeting.status in {MeetingStatus.PROPOSED, MeetingStatus.FIXED},
    )


def agreement_of(cooperation: Cooperation) -> Agreement | None:
    """The agreement of a cooperation with what its state is read from."""
    rows = Agreement.objects.filter(cooperation=cooperation).select_related(
        "evidence", "validated_by", "returned_for"
    )
    agreement = rows.prefetch_related("statements__company").first()
    if agreement:
        agreement.cooperation = cooperation
    return agreement


def companies_to_state(agreement: Agreement, actor: Actor) -> list[Any]:
    """The firms for which the reader can confirm the words now."""
    done = stated_by(agreement)
    return [
        company
        for company in sides.companies_of(agreement.cooperation)
        if company.pk not in done and can_decide_for_company(actor, company)
    ]


def follow_ups_of(cooperation: Cooperation, actor: Actor, now: datetime) -> list[dict[str, Any]]:
    """The follow-ups that the reader may see, and which of them can be answered now."""
    today = timezone.localdate(now)
    rows = FollowUp.objects.visible_to(actor).filter(agreement__cooperation=cooperation)
    return [
        {
            "row": row,
            "is_due": row.done_at is None and row.due_date <= today,
            "can_read": can_decide_for_company(actor, row.company),
        }
        for row in rows.select_related("company").order_by("due_date", "pk")
    ]


def sentence_for(agreement: Agreement | None, state: State | None) -> str:
    """How far an agreement has come, for people."""
    if agreement and state == State.RETURNED and agreement.returned_for:
        return str(
            _(
                "%(company)s says that this is not what was agreed. The brokers correct it, and both firms confirm it "
                "again."
            )
            % {"company": agreement.returned_for.name}
        )
    return str(SENTENCES[state]) if state else ""
