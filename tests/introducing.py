"""Introductions in any state, made in one line: a Polish sender and a Finnish receiver with people and profiles."""

from typing import Any

from django.utils import timezone

from companies.models import Company, CooperationProfile
from matching.choices import DeclineReason, IntroductionStatus
from matching.models import Introduction
from tests import factories
from tibs.accounts.models import User

STATEMENT = "We plane oak boards for makers of furniture and look for a partner who dries them. " * 2
BEFORE_SENT = {IntroductionStatus.DRAFT, IntroductionStatus.COMPANY_AGREED}
BEFORE_TOLD = BEFORE_SENT | {IntroductionStatus.SENT, IntroductionStatus.ACKNOWLEDGED}


def side(
    country: str, name: str, broker: User | None = None, **values: Any
) -> tuple[Company, CooperationProfile]:
    """A served company of a country with one contact person who has an account, and its published profile."""
    host = factories.host(country)
    owner = broker or factories.broker(f"Broker {country}", organisation=host).membership.user
    company = factories.company(name, host=host, owner=owner)
    factories.contact(company, user=factories.person(f"Person {country}"))
    return company, factories.profile(company, **values)


def introduction(
    sender: CooperationProfile,
    receiver: CooperationProfile,
    *,
    status: IntroductionStatus = IntroductionStatus.DRAFT,
    **values: Any,
) -> Introduction:
    """An introduction as it stands in that state; the owner is whoever acts next."""
    now = timezone.now()
    mine, theirs = sender.company, receiver.company
    low, high = sorted((mine, theirs), key=lambda company: company.pk)
    given = {
        "sender_company": mine,
        "receiver_company": theirs,
        "sender_profile": sender,
        "receiver_profile": receiver,
        "low_company": low,
        "high_company": high,
        "sender_broker": mine.owner,
        "receiver_broker": theirs.owner,
        "owner": mine.owner if status in BEFORE_SENT else theirs.owner,
        "presentation": STATEMENT,
        "interest": STATEMENT,
        "question": STATEMENT,
        "clock_started_at": now,
        "first_asked_at": None if status == IntroductionStatus.DRAFT else now,
        "asked_sender_at": None if status == IntroductionStatus.DRAFT else now,
        "sent_at": None if status in BEFORE_SENT else now,
        "told_receiver_at": None if status in BEFORE_TOLD else now,
        "held_from": IntroductionStatus.SENT if status == IntroductionStatus.ON_HOLD else "",
        "hold_until": now.date() if status == IntroductionStatus.ON_HOLD else None,
        "decline_reason": DeclineReason.NO_FIT if status == IntroductionStatus.DECLINED else "",
        "introduced_at": now if status == IntroductionStatus.INTRODUCED else None,
    } | values
    return Introduction.objects.create(status=status, **given)
