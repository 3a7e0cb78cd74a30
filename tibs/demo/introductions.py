"""Introductions of the demonstration: one in every state, led there by the brokers and firms themselves."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from companies.models import CooperationProfile
from matching.handshake import State
from matching.models import Introduction
from matching.services.introductions import deciding, pausing, sending, writing
from matching.services.introductions.grounds import words_hash
from matching.services.introductions.starting import start_from_profiles
from tibs.accounts.actor import Actor, actor_of

PRESENTATION = (
    "We are a family firm of about thirty people and have made parts to order for more than twenty years. Our "
    "customers value that we deliver small series on time and document every batch."
)
INTEREST = (
    "What you describe is the step that we lack. We would like to start with a small trial order, learn how the two "
    "ways of working fit together, and then agree on regular deliveries for the next year."
)
QUESTION = (
    "Which quantities would make sense for you in the first half of the year, which standards do you ask your partners "
    "to meet, and who of your team would join a first video call of about half an hour?"
)
WAY = (State.COMPANY_AGREED, State.SENT, State.ACKNOWLEDGED, State.WITH_PARTNER, State.INTRODUCED)
STATES = (State.DRAFT, *WAY, State.DECLINED, State.WITHDRAWN, State.ON_HOLD)


def tell_introductions(source: str, now: datetime) -> None:
    """Lead one pair of firms from two countries to each state."""
    for state, (sender, receiver) in zip(STATES, _pairs(source), strict=False):
        _lead(sender, receiver, state, now)


def _pairs(source: str) -> Iterator[tuple[CooperationProfile, CooperationProfile]]:
    """Each firm of one half meets one of the other half, of another country."""
    profiles = list(
        CooperationProfile.objects.published()
        .filter(company__source=source, company__owner__isnull=False)
        .select_related("company__owner")
        .order_by("company__external_id", "pk")
    )
    free = list(profiles)
    while free:
        sender = free.pop(0)
        for receiver in free:
            if receiver.company.country_id != sender.company.country_id:
                free.remove(receiver)
                yield sender, receiver
                break


def _lead(sender: CooperationProfile, receiver: CooperationProfile, state: State, now: datetime) -> None:
    ours, theirs = (actor_of(one.company.owner or AnonymousUser()) for one in (sender, receiver))
    begun = start_from_profiles(profile=sender, partner=receiver, by=ours, now=now)
    texts = {"presentation": PRESENTATION, "interest": INTEREST, "question": QUESTION}
    told = writing.write_texts(
        introduction=begun, texts=texts, language="en", version=begun.version, by=ours, now=now
    )
    if state is State.DRAFT:
        writing.ask_company(introduction=told, by=ours, now=now)
        return
    for step in WAY[: WAY.index(state) + 1] if state in WAY else WAY[:2]:
        told = _step(told, step, ours, theirs, now)
    if state is State.DECLINED:
        deciding.decline(introduction=told, reason="no_capacity", by=theirs, now=now)
    if state is State.WITHDRAWN:
        sending.withdraw(introduction=told, reason="timing", by=ours, now=now)
    if state is State.ON_HOLD:
        until = timezone.localdate(now) + timedelta(days=14)
        pausing.hold(introduction=told, until=until, by=theirs, now=now)


def _step(told: Introduction, to: State, ours: Actor, theirs: Actor, now: datetime) -> Introduction:
    """The broker writes down what the firm said by phone."""
    if to in {State.COMPANY_AGREED, State.INTRODUCED}:
        service, by = (deciding.agree, ours) if to is State.COMPANY_AGREED else (deciding.accept, theirs)
        return service(introduction=told, shown_hash=words_hash(told), language="en", by=by, now=now)
    plain = {
        State.SENT: (sending.send, ours),
        State.ACKNOWLEDGED: (sending.acknowledge, theirs),
        State.WITH_PARTNER: (sending.put_to_company, theirs),
    }
    act, by = plain[to]
    return act(introduction=told, by=by, now=now)
