"""What came after the introductions of the demonstration: cooperations in every state, and a joint strategy."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.utils import timezone

from companies.choices import Stage
from companies.models import Company
from matching.choices import DeclineReason, IntroductionStatus
from matching.models import Agreement, Cooperation, FollowUp, Introduction, JointStrategy, Meeting
from matching.services.agreements import (
    return_agreement,
    state_agreement,
    validate_agreement,
    write_agreement,
)
from matching.services.cooperations import Step, give_up, open_cooperation
from matching.services.follow_ups import answer_follow_up, ask_what_is_due
from matching.services.meetings import Proposal, note_meeting, propose_meeting, take_slot
from matching.services.strategies import (
    add_activity,
    add_member,
    draft_strategy,
    move_strategy,
    sign_strategy,
)
from matching.strategy_words import words_hash
from regions.models import S3Domain
from tibs.accounts.actor import Actor, actor_of
from tibs.accounts.models import User
from tibs.accounts.roles import RoleCode
from tibs.core.months import months_after

STORY = Path(__file__).parent / "story" / "cooperations.toml"
MET = ("held", "no_deal")
AGREED = ("written", "stated", "returned", "followed", "answered")


@dataclass(frozen=True)
class Told:
    """One cooperation of the story, and the brokers who act in it."""

    cooperation: Cooperation
    facts: dict[str, Any]
    sender: Actor
    receiver: Actor


def tell_cooperations(source: str, now: datetime) -> None:
    """Tell every cooperation of the story between firms of the source, and the strategy of the first ones."""
    story = tomllib.loads(STORY.read_text(encoding="utf-8"))
    firms = {code: _firms(source, code) for code in ("PL", "FI", "DK", "DE", "EE", "LT", "LV")}
    for facts in story["cooperation"]:
        sender, receiver = (next(firms[code]) for code in facts["sides"])
        told = _introduced(sender, receiver, facts, now)
        _meet(told, now)
        if facts["reached"] in AGREED:
            _agree(told, now)
    ask_what_is_due(now=now)
    _plan_together(story["strategy"], now)


def _firms(source: str, country: str) -> Iterator[Company]:
    """Firms that can be introduced, the last ones of the story first."""
    rows = Company.objects.filter(source=source, country=country, stage=Stage.ACTIVE, owner__isnull=False)
    return iter(rows.select_related("owner", "country").order_by("-pk"))


def _introduced(sender: Company, receiver: Company, facts: dict[str, Any], now: datetime) -> Told:
    """Two firms as they stand after their introduction."""
    sender_broker, receiver_broker = sender.owner, receiver.owner
    if sender_broker is None or receiver_broker is None:
        raise LookupError("Firms of the story that are introduced have brokers.")
    low, high = sorted((sender, receiver), key=lambda company: company.pk)
    texts = dict.fromkeys(("presentation", "interest", "question"), "")
    given = Introduction.objects.create(
        status=IntroductionStatus.INTRODUCED,
        sender_company=sender,
        receiver_company=receiver,
        sender_profile=sender.profiles.first(),
        receiver_profile=receiver.profiles.get(),
        low_company=low,
        high_company=high,
        sender_broker=sender_broker,
        receiver_broker=receiver_broker,
        owner=sender_broker,
        clock_started_at=now,
        sent_at=now,
        told_receiver_at=now,
        introduced_at=now,
        ended_at=now,
        **texts,
    )
    by = actor_of(given.sender_broker)
    return Told(open_cooperation(given, by), facts, by, actor_of(given.receiver_broker))


def _meet(told: Told, now: datetime) -> None:
    reached = told.facts["reached"]
    if reached in {"proposed", "fixed"}:
        meeting = _proposed(told, now + timedelta(days=9), now)
        if reached == "fixed":
            take_slot(meeting=meeting, moment=meeting.slots[1], by=told.receiver, now=now)
    if reached in MET:
        before = now - timedelta(days=20)
        meeting = _proposed(told, before + timedelta(days=9), before)
        meeting = take_slot(meeting=meeting, moment=meeting.slots[0], by=told.receiver, now=before)
        due = timezone.localdate(now) + timedelta(days=8)
        step = Step(told.facts["step"], due, told.cooperation.introduction.receiver_broker)
        minutes = told.facts["minutes"]
        note_meeting(meeting=meeting, minutes=minutes, then=step, channel="video", by=told.sender, now=now)
    if reached == "no_deal":
        give_up(cooperation=told.cooperation, reason=DeclineReason.PRICE, by=told.receiver, now=now)


def _proposed(told: Told, first: datetime, now: datetime) -> Meeting:
    at_nine = first.replace(hour=9, minute=0, second=0, microsecond=0)
    slots = [at_nine + timedelta(days=days) for days in (0, 1, 2)]
    proposal = Proposal(slots, 60, told.facts.get("place", ""))
    return propose_meeting(cooperation=told.cooperation, proposal=proposal, by=told.sender, now=now)


def _agree(told: Told, now: datetime) -> None:
    facts, reached = told.facts, told.facts["reached"]
    names = ("type", "subject", "benefit", "areas", "value_band", "jobs_expected")
    values = {name: facts[name] for name in names if name in facts}
    values["signed_date"] = timezone.localdate(months_after(now, -facts["months"]))
    agreement = write_agreement(cooperation=told.cooperation, values=values, by=told.sender, now=now)
    if reached == "written":
        return
    _state(agreement, told, now)
    if reached == "returned":
        return_agreement(agreement=agreement, note=facts["note"], by=_staff())
    if reached in {"followed", "answered"}:
        validate_agreement(agreement=agreement, by=_staff(), now=now)
    if reached == "answered":
        _answer(agreement, told, now)


def _state(agreement: Agreement, told: Told, now: datetime) -> None:
    """Both brokers write down what their firms said."""
    introduction = told.cooperation.introduction
    for company, by in (
        (introduction.sender_company, told.sender),
        (introduction.receiver_company, told.receiver),
    ):
        contact = company.contacts.order_by("pk").first()
        signer = contact.name if contact else company.name
        shown = agreement.text_hash
        state_agreement(agreement=agreement, company=company, signer=signer, shown_hash=shown, by=by, now=now)


def _answer(agreement: Agreement, told: Told, now: datetime) -> None:
    company = told.cooperation.introduction.sender_company
    values = {
        "still_cooperating": True,
        "turnover_change": "to_25",
        "jobs_created": 1,
        "innovation_introduced": True,
        "satisfaction": 5,
        "recommends": 9,
        "note": told.facts["note"],
    }
    for follow_up in FollowUp.objects.filter(
        agreement=agreement, company=company, due_date__lte=timezone.localdate(now)
    ):
        answer_follow_up(follow_up=follow_up, values=values, by=told.sender, now=now)


def _staff() -> Actor:
    return actor_of(User.objects.filter(platform_role=RoleCode.STAFF).order_by("pk")[0])


def _plan_together(facts: dict[str, Any], now: datetime) -> None:
    """The two firms of the first cooperation plan together; the sender's broker leads."""
    first = Cooperation.objects.order_by("pk")[0].introduction
    lead = actor_of(first.sender_broker)
    texts = {name: facts[name] for name in ("title", "goal", "roles", "funding", "risks")}
    domain = S3Domain.objects.get(code=facts["domain"])
    firms = [first.sender_company, first.receiver_company]
    draft = draft_strategy(values=texts | {"domain": domain}, companies=firms, by=lead)
    for firm, contribution in zip(firms, facts["contributions"], strict=False):
        add_member(strategy=draft, company=firm, contribution=contribution, by=lead)
    day = timezone.localdate(now)
    members = list(draft.members.order_by("pk"))
    for number, what in enumerate(facts["activities"]):
        responsible = members[number % len(members)]
        due = day + timedelta(days=90 * (number + 1))
        add_activity(strategy=draft, what=what, responsible=responsible, due_date=due, by=lead)
    _sign(draft, now)
    move_strategy(strategy=draft, by=lead, now=now)


def _sign(draft: JointStrategy, now: datetime) -> None:
    shown = words_hash(JointStrategy.objects.get(pk=draft.pk))
    for member in draft.members.select_related("company__owner"):
        company = member.company
        contact = company.contacts.order_by("pk").first()
        if company.owner:
            sign_strategy(
                strategy=draft,
                company=company,
                signer=contact.name if contact else company.name,
                shown_hash=shown,
                by=actor_of(company.owner),
                now=now,
            )
