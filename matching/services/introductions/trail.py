"""The audit records of introductions: one for the side that acted, and one for the other where it learns of it."""

from matching import events
from matching.handshake import ENDED, Act, Cause, Side
from matching.models import Introduction
from tibs.accounts.actor import Actor
from tibs.events.recording import Entry, record_all
from tibs.events.vocabulary import Event

OF_ACTS: dict[Act, tuple[Event, Side | None]] = {
    Act.START: (events.INTRODUCTION_STARTED, Side.SENDER),
    Act.WRITE: (events.INTRODUCTION_WRITTEN, Side.SENDER),
    Act.ASK: (events.INTRODUCTION_ASKED, Side.SENDER),
    Act.AGREE: (events.INTRODUCTION_AGREED, Side.SENDER),
    Act.SEND: (events.INTRODUCTION_SENT, Side.SENDER),
    Act.ACKNOWLEDGE: (events.INTRODUCTION_ACKNOWLEDGED, Side.RECEIVER),
    Act.PUT: (events.INTRODUCTION_PUT, Side.RECEIVER),
    Act.ACCEPT: (events.INTRODUCTION_ACCEPTED, Side.RECEIVER),
    Act.INTRODUCE: (events.INTRODUCED, Side.SENDER),
    Act.FEEDBACK: (events.INTRODUCTION_FEEDBACK, Side.RECEIVER),
    Act.DECLINE: (events.INTRODUCTION_DECLINED, None),
    Act.WITHDRAW: (events.INTRODUCTION_WITHDRAWN, Side.SENDER),
    Act.TAKE_BACK: (events.INTRODUCTION_STOPPED, None),
    Act.HOLD: (events.INTRODUCTION_HELD, None),
    Act.RESUME: (events.INTRODUCTION_RESUMED, None),
    Act.TRANSFER: (events.INTRODUCTION_TRANSFERRED, None),
    Act.EXPIRE: (events.INTRODUCTION_EXPIRED, None),
    Act.STOP: (events.INTRODUCTION_STOPPED, None),
}
# What the other firm's timeline says of the same moment.
FOR_THE_OTHER: dict[Act, Event] = {
    Act.SEND: events.INTRODUCTION_RECEIVED,
    Act.INTRODUCE: events.CONTACTS_EXCHANGED,
}


def write(introduction: Introduction, act: Act, by: Actor, *, before: str, side: Side) -> None:
    """Record what happened; `side` is whose company it concerns, where the act does not tell."""
    record_all(entries(introduction, act, before=before, side=side), by=by)


def entries(
    introduction: Introduction, act: Act, *, before: str, side: Side, cause: Cause | None = None
) -> list[Entry]:
    """The same before it is recorded; `cause` stands in the record of the own side alone."""
    event, own = OF_ACTS[act]
    own = own or side
    facts = {"from": before, "to": introduction.status, "reason": introduction.decline_reason or cause}
    told = {name: value for name, value in facts.items() if value}
    if introduction.sent_at is None and own is Side.RECEIVER:
        # The receiving firm never heard of it: its timeline stays silent, and the sender's does not say why.
        told_sender = events.INTRODUCTION_CLOSED if introduction.status in ENDED else event
        return [Entry(told_sender, introduction, introduction.company_on(Side.SENDER).public_id)]
    found = [Entry(event, introduction, introduction.company_on(own).public_id, facts=told)]
    echo = FOR_THE_OTHER.get(act)
    if introduction.status in ENDED:
        echo = events.INTRODUCTION_CLOSED
    if echo and introduction.sent_at:
        found.append(Entry(echo, introduction, introduction.company_on(own.other).public_id))
    return found
