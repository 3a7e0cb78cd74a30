"""What came after introductions of the demonstration: cooperations and agreements in every state."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from companies.choices import Purpose
from companies.services.consents import give_consent
from matching.handshake import State
from matching.models import Agreement, Cooperation, FollowUp, Introduction, Meeting
from matching.services.agreements import (
    return_agreement,
    state_agreement,
    validate_agreement,
    write_agreement,
)
from matching.services.cooperations import Step, give_up
from matching.services.follow_ups import answer_follow_up, ask_what_is_due
from matching.services.introductions.meeting import give_feedback
from matching.services.meetings import (
    Proposal,
    cancel_meeting,
    note_meeting,
    propose_meeting,
    take_slot,
)
from tibs.accounts.actor import Actor
from tibs.demo.cast import Cast, read
from tibs.demo.clock import ago, at
from tibs.demo.introductions import lead

MET = ("held", "no_deal")
AGREED = ("written", "dropped", "stated", "confirmed", "returned", "followed", "answered")
STATED = AGREED[2:]
WORDS = ("type", "subject", "benefit", "areas", "value_band", "jobs_expected")
# Firms that agreed longer ago are told of before everybody else, and are asked after half a year what became of it.
LONG_AGO, HALF_A_YEAR, A_YEAR = 100, 183, 366


@dataclass(frozen=True)
class Told:
    """One cooperation of the story, and the brokers who act in it."""

    cast: Cast
    cooperation: Cooperation
    facts: Mapping[str, Any]
    sender: Actor
    receiver: Actor


def tell_cooperations(cast: Cast, now: datetime, *, long_ago: bool = False) -> None:
    """Introduce the firms of the story, and let them meet and agree as far as it says."""
    for facts in read("cooperations")["cooperation"]:
        if (facts["began"] > LONG_AGO) is long_ago:
            told = _introduced(cast, facts, now)
            _meet(told, now)
            if facts["reached"] in AGREED:
                _agree(told, now)


def _introduced(cast: Cast, facts: Mapping[str, Any], now: datetime) -> Told:
    introduction = lead(cast, facts, State.INTRODUCED, now)
    sender, receiver = cast.broker(introduction.sender_company), cast.broker(introduction.receiver_company)
    if note := facts.get("feedback"):
        with at(ago(now, facts["last"] - 1, 10)):
            give_feedback(introduction=introduction, note=note, by=receiver)
    told = Introduction.objects.select_related("cooperation__introduction").get(pk=introduction.pk)
    return Told(cast, told.cooperation, facts, sender, receiver)


def _meet(told: Told, now: datetime) -> None:
    """Times are proposed two days after the introduction; whoever met did so a week later."""
    facts, reached = told.facts, told.facts["reached"]
    if reached not in {"proposed", "fixed", *MET}:
        return
    asked = ago(now, facts["last"] - 2, 11)
    with at(asked):
        meeting = _proposed(told, ago(now, facts["last"] - 8, 8) if reached in MET else now + timedelta(9))
    if facts.get("cancelled"):
        with at(ago(now, facts["last"] - 4, 12)):
            cancel_meeting(meeting=meeting, by=told.receiver)
            _proposed(told, now + timedelta(days=12))
    if reached in {"fixed", *MET}:
        with at(ago(now, facts["last"] - 3, 12)):
            meeting = take_slot(meeting=meeting, moment=meeting.slots[0], by=told.receiver)
    if reached in MET:
        with at(ago(now, facts["last"] - 8, 13)):
            _note(told, meeting, now)
    if reached == "no_deal":
        with at(ago(now, 2, 11)):
            give_up(cooperation=told.cooperation, reason=facts["reason"], by=told.receiver)


def _proposed(told: Told, first: datetime) -> Meeting:
    at_nine = first.replace(hour=9, minute=0, second=0, microsecond=0)
    slots = [at_nine + timedelta(days=days) for days in (0, 1, 2)]
    proposal = Proposal(slots, 60, told.facts.get("place", ""))
    return propose_meeting(cooperation=told.cooperation, proposal=proposal, by=told.sender)


def _note(told: Told, meeting: Meeting, now: datetime) -> None:
    due = timezone.localdate(now) + timedelta(days=told.facts["due"])
    step = Step(told.facts["step"], due, told.cooperation.introduction.receiver_broker)
    note_meeting(meeting=meeting, minutes=told.facts["minutes"], then=step, channel="video", by=told.sender)


def _agree(told: Told, now: datetime) -> None:
    facts, reached = told.facts, told.facts["reached"]
    written = facts["signed"] - 1
    with at(ago(now, written, 9)):
        agreement = _written(told, ago(now, facts["signed"]))
    if reached in STATED:
        with at(ago(now, written, 11)):
            _state(agreement, told, is_one_side=reached == "stated")
    with at(ago(now, written - 1, 12)):
        if reached == "dropped":
            give_up(cooperation=told.cooperation, reason=facts["reason"], by=told.receiver)
        if reached == "returned":
            return_agreement(agreement=agreement, note=facts["return_note"], by=told.cast.staff())
        if reached in {"followed", "answered"}:
            validate_agreement(agreement=agreement, by=told.cast.staff())
    if reached in {"followed", "answered"}:
        _follow(agreement, told, now)


def _written(told: Told, signed: datetime) -> Agreement:
    facts = told.facts
    values = {name: facts[name] for name in WORDS if name in facts}
    if text := facts.get("publishable"):
        for company in _companies(told):
            give_consent(
                company=company, purpose=Purpose.SUCCESS_STORY, language="en", by=told.cast.firm(company)
            )
        values |= {"is_publishable": True, "public_text": text}
    values["signed_date"] = timezone.localdate(signed)
    return write_agreement(cooperation=told.cooperation, values=values, by=told.sender)


def _companies(told: Told) -> list[Any]:
    introduction = told.cooperation.introduction
    return [introduction.sender_company, introduction.receiver_company]


def _state(agreement: Agreement, told: Told, *, is_one_side: bool) -> None:
    """The firms confirm the words on their own pages."""
    for company in _companies(told)[: 1 if is_one_side else 2]:
        state_agreement(
            agreement=agreement,
            company=company,
            signer=told.cast.signer(company),
            shown_hash=agreement.text_hash,
            by=told.cast.firm(company),
        )


def _follow(agreement: Agreement, told: Told, now: datetime) -> None:
    """Both firms are asked when the time comes; of the answered ones the sender answers always, the other once."""
    for months in (HALF_A_YEAR, A_YEAR):
        day = told.facts["signed"] - months - 1
        if day > 0:
            with at(ago(now, day, 6)):
                ask_what_is_due(now=timezone.now())
            if told.facts["reached"] == "answered":
                with at(ago(now, day - 5, 10)):
                    _answer(agreement, told, is_both=months == HALF_A_YEAR)


def _answer(agreement: Agreement, told: Told, *, is_both: bool) -> None:
    due = FollowUp.objects.filter(
        agreement=agreement, done_at=None, due_date__lte=timezone.localdate(), company__in=_companies(told)
    )
    for follow_up in due.select_related("company").order_by("pk"):
        is_sender = follow_up.company_id == told.cooperation.introduction.sender_company_id
        if is_both or is_sender:
            values = {
                "still_cooperating": True,
                "turnover_change": "to_25" if is_sender else "to_10",
                "jobs_created": 1,
                "innovation_introduced": is_sender,
                "satisfaction": told.facts["satisfaction"],
                "recommends": 9,
                "note": told.facts["note"] if is_sender else "",
            }
            by = told.cast.firm(follow_up.company)
            answer_follow_up(follow_up=follow_up, values=values, by=by)
