"""One step of an introduction: locked, allowed by the table, written down, told, and with its clock set anew."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from companies.models import CooperationProfile
from companies.policies import require
from companies.services.expressions import reopen_interest
from companies.services.refused_interest import close_refused
from matching import handshake
from matching.choices import LONGEST_NOTE, DeclineReason, IntroductionStatus
from matching.handshake import Act, Move, Side, State, Who
from matching.models import Introduction, IntroductionStep, Renewal
from matching.policies import roles_in
from matching.services.holding import hold_firms
from matching.services.introductions import clocks, telling, trail
from tibs.accounts.actor import Actor
from tibs.accounts.models import User
from tibs.core.errors import BadInputError, WrongStateError

RELATED = (
    "sender_company__country",
    "sender_company__host",
    "receiver_company__country",
    "receiver_company__host",
    "sender_broker",
    "receiver_broker",
    "owner",
    "sender_profile",
    "receiver_profile",
    "expression",
    "match",
)
STAMPS = {
    Act.ASK: "asked_sender_at",
    Act.SEND: "sent_at",
    Act.ACKNOWLEDGE: "acknowledged_at",
    Act.PUT: "told_receiver_at",
    Act.INTRODUCE: "introduced_at",
}


def as_it_stands(introduction: Introduction) -> Introduction:
    """The introduction, locked, and what belongs to it as it is once the lock is held."""
    Introduction.objects.select_for_update(no_key=True).get(pk=introduction.pk)
    return Introduction.objects.select_related(*RELATED).get(pk=introduction.pk)


def all_as_they_stand(rows: QuerySet[Introduction]) -> list[Introduction]:
    """The same for several, locked in one order."""
    keys = list(rows.order_by("pk").select_for_update(of=["self"], no_key=True).values_list("pk", flat=True))
    found = Introduction.objects.filter(pk__in=keys).select_related(*RELATED).order_by("pk")
    return list(found) if keys else []


def with_its_companies(introduction: Introduction) -> Introduction:
    """The same with both companies locked before it, as whoever withdraws locks its company first: what every act
    begins with."""
    hold_firms(introduction)
    return as_it_stands(introduction)


def allowed(introduction: Introduction, act: Act, by: Actor) -> Move:
    """The line of the table by which `by` may do that now; WrongStateError or NotAllowedError if there is none."""
    roles = roles_in(by, introduction)
    require(bool(roles))
    move = handshake.move_of(introduction.status, act, introduction.held_from)
    if move is None:
        raise WrongStateError(_("The introduction is not at this step any more. Please look at it again."))
    require(bool(move.who & roles))
    return move


def move(
    introduction: Introduction,
    act: Act,
    by: Actor,
    *,
    now: datetime,
    reason: str = "",
    note: str = "",
    side: Side | None = None,
    **changes: Any,
) -> Introduction:
    """Do one line of the table to a locked introduction; the caller has checked everything that is not in it.

    `reason` and `note` are those of an ending: the note stays with the side that wrote it. `side` is whose doing it
    is where the platform acts.
    """
    line = allowed(introduction, act, by)
    _refuse_without_reason(act, reason, note)
    before = State(introduction.status)
    side = side or side_of(by, introduction) or handshake.owner_side(before, introduction.held_from)
    for name, value in changes.items():
        setattr(introduction, name, value)
    if stamp := STAMPS.get(act):
        setattr(introduction, stamp, now)
    introduction.decline_reason, introduction.decline_note = reason, note.strip()
    telling.settle_all([introduction], now)
    put_into(introduction, line.to or State(introduction.held_from), now)
    introduction.save()
    step(introduction, act, by, now=now, before=before)
    trail.write(introduction, act, by, before=before, side=side)
    telling.tell(introduction, act, side)
    if introduction.status in handshake.ENDED:
        says_no = act in {Act.DECLINE, Act.TAKE_BACK} and side is Side.SENDER
        free([introduction], now, refused=[introduction] if says_no else [])
    return introduction


def put_into(introduction: Introduction, state: State, now: datetime) -> None:
    """Everything that entering a state changes in the row; the caller saves."""
    introduction.status = IntroductionStatus(state)
    introduction.owner = introduction.broker_on(handshake.owner_side(state, introduction.held_from))
    if state is not State.ON_HOLD:
        introduction.held_from, introduction.hold_until = "", None
    if state in handshake.ENDED:
        introduction.ended_at = now
    clocks.start(introduction, now)
    introduction.version += 1


def free(introductions: Iterable[Introduction], now: datetime, *, refused: Iterable[Introduction]) -> None:
    """The two firms of each may be proposed to each other again: their lists are computed anew, and the interest of a
    visitor that was taken up waits again, unless the visitor's own firm `refused`."""
    ended = list(introductions)
    firms = {key for one in ended for key in (one.sender_company_id, one.receiver_company_id)}
    profiles = CooperationProfile.objects.matchable().filter(company__in=firms)
    Renewal.objects.ask(list(profiles.values_list("pk", flat=True)), now)
    taken_up = {key: bool(one.sent_at) for one in ended if (key := one.expression_id)}
    no = {one.expression_id for one in refused}
    if given_up := [key for key in taken_up if key in no]:
        close_refused(expressions=given_up, now=now)
    if waiting := {key: was_sent for key, was_sent in taken_up.items() if key not in given_up}:
        reopen_interest(expressions=waiting, now=now)


def step(
    introduction: Introduction, act: Act, by: Actor, *, now: datetime, before: str, note: str = ""
) -> IntroductionStep:
    """One line of the history, which both sides read."""
    side = side_of(by, introduction)
    return IntroductionStep.objects.create(
        introduction=introduction,
        event=act,
        from_status=before,
        to_status=introduction.status,
        at=now,
        by_side=side or "",
        actor=User.objects.filter(public_id=by.id).first() if by.is_person else None,
        note=note,
    )


def side_of(by: Actor, introduction: Introduction) -> Side | None:
    """The side that an actor belongs to; None for the platform."""
    sides = {role.side for role in roles_in(by, introduction) if role is not Who.PLATFORM}
    return min((side for side in sides if side), default=None)


def _refuse_without_reason(act: Act, reason: str, note: str) -> None:
    if act in handshake.NEEDS_REASON and reason not in DeclineReason.values:
        missing = _("Choose a reason.")
        raise BadInputError(missing, fields={"reason": missing})
    if len(note) > LONGEST_NOTE:
        too_long = _("Please say it in at most 600 characters.")
        raise BadInputError(too_long, fields={"note": too_long})
