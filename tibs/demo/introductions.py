"""Introductions of the demonstration: led to each state by the brokers and firms themselves, each step on its day."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from companies.choices import Purpose
from companies.services.consents import give_consent
from matching.handshake import State
from matching.models import Introduction
from matching.services.introductions import deciding, pausing, sending, writing
from matching.services.introductions.grounds import words_hash
from matching.services.introductions.ringing import follow_clocks
from matching.services.introductions.starting import start_from_profiles
from tibs.demo.cast import Cast, read
from tibs.demo.clock import ago, at

TEXTS = ("presentation", "interest", "question")
WAY = (State.COMPANY_AGREED, State.SENT, State.ACKNOWLEDGED, State.WITH_PARTNER, State.INTRODUCED)
# How far somebody had come who then rested, gave up or heard nothing.
BEFORE = {
    State.DRAFT: (),
    State.ON_HOLD: WAY[:3],
    State.WITHDRAWN: WAY[:3],
    State.DECLINED: WAY[:4],
    State.EXPIRED: WAY[:2],
    State.ACCEPTED: WAY,
}
PATIENCE = 30


def tell_introductions(cast: Cast, now: datetime, *, expired: bool = False) -> None:
    """Lead each pair of the story to its state; first those that nobody answered, while no other clock runs."""
    for told in read("introductions")["introduction"]:
        if (told["state"] == State.EXPIRED) is expired:
            lead(cast, told, State(told["state"]), now)


def lead(cast: Cast, told: Mapping[str, Any], state: State, now: datetime) -> Introduction:
    """Begin an introduction so many days ago, and take it to a state."""
    steps = WAY[: WAY.index(state) + 1] if state in WAY else BEFORE[state]
    days = _spread(told["began"], told["last"], len(steps) + 1)
    with at(ago(now, days[0], 7)):
        introduction = _begun(cast, told)
    for step, day in zip(steps, days[1:], strict=True):
        if state is State.ACCEPTED and step is State.INTRODUCED:
            _let_consent_end(cast, introduction, ago(now, day + 2, 16))
        with at(ago(now, day, 8 + steps.index(step))):
            introduction = _step(cast, introduction, step)
    with at(ago(now, told["last"], 14)):
        return _end(cast, introduction, state, told)


def _spread(first: int, last: int, number: int) -> list[float]:
    """As many days ago, evenly spread."""
    return [first - (first - last) * place / max(number - 1, 1) for place in range(number)]


def _begun(cast: Cast, told: Mapping[str, Any]) -> Introduction:
    sender, receiver = cast.profile(told["sender"]), cast.profile(told["receiver"])
    by = cast.broker(sender.company)
    begun = start_from_profiles(profile=sender, partner=receiver, by=by)
    texts = {name: told[name] for name in TEXTS}
    written = writing.write_texts(
        introduction=begun, texts=texts, language="en", version=begun.version, by=by
    )
    return writing.ask_company(introduction=written, by=by)


def _step(cast: Cast, told: Introduction, to: State) -> Introduction:
    """The firms decide on their own pages."""
    sender, receiver = told.sender_company, told.receiver_company
    if to in {State.COMPANY_AGREED, State.INTRODUCED}:
        act: Callable[..., Introduction] = deciding.agree if to is State.COMPANY_AGREED else deciding.accept
        by = cast.firm(sender if to is State.COMPANY_AGREED else receiver)
        return act(introduction=told, shown_hash=words_hash(told), language="en", by=by)
    plain: dict[State, tuple[Callable[..., Introduction], Any]] = {
        State.SENT: (sending.send, sender),
        State.ACKNOWLEDGED: (sending.acknowledge, receiver),
        State.WITH_PARTNER: (sending.put_to_company, receiver),
    }
    service, company = plain[to]
    return service(introduction=told, by=cast.broker(company))


def _let_consent_end(cast: Cast, told: Introduction, moment: datetime) -> None:
    """The sender's last consent is found to be two years old, so that the two are not introduced before a new one."""
    company = told.sender_company
    given = moment - timedelta(days=2 * 366)
    give_consent(
        company=company,
        purpose=Purpose.PUBLISH_ANONYMOUS,
        language=company.language,
        by=cast.broker(company),
        now=given,
    )


def _end(cast: Cast, told: Introduction, state: State, facts: Mapping[str, Any]) -> Introduction:
    ours, theirs = cast.broker(told.sender_company), cast.broker(told.receiver_company)
    reason, note = facts.get("reason", ""), facts.get("note", "")
    if state is State.DECLINED:
        return deciding.decline(introduction=told, reason=reason, note=note, by=theirs)
    if state is State.WITHDRAWN:
        return sending.withdraw(introduction=told, reason=reason, note=note, by=ours)
    if state is State.ON_HOLD:
        until = timezone.localdate() + timedelta(days=facts["hold"])
        return pausing.hold(introduction=told, until=until, by=theirs)
    if state is State.EXPIRED:
        _ring_until_it_returns(told)
    return told


def _ring_until_it_returns(told: Introduction) -> None:
    """Nobody answers: every day the clocks are looked at, as on a platform that runs."""
    morning = timezone.now()
    for day in range(PATIENCE):
        with at(morning + timedelta(days=day)):
            follow_clocks(now=timezone.now())
        if Introduction.objects.filter(pk=told.pk, status=State.EXPIRED).exists():
            return
