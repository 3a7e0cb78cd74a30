"""Resting for a while, and giving an introduction to a colleague."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from brokers.services.leaving import hold_seat
from companies.policies import require
from companies.services.ownership import colleagues
from matching import handshake
from matching.handshake import ENDED, Act, Side, State, Who
from matching.models import Introduction
from matching.notices import introductions as notices
from matching.policies import can_transfer_introduction
from matching.services import cooperation_ownership
from matching.services.introductions import telling, trail
from matching.services.introductions.moving import move, step, with_its_companies
from tibs.accounts.actor import Actor
from tibs.accounts.models import User
from tibs.core.errors import BadInputError, WrongStateError
from tibs.events.models import InboxItem
from tibs.figures import LONGEST_HOLD_DAYS


@transaction.atomic
def hold(*, introduction: Introduction, until: date, by: Actor, now: datetime | None = None) -> Introduction:
    """Let it rest until the end of a day, at most sixty days ahead; the rest of the time goes on after it."""
    introduction, now = with_its_companies(introduction), now or timezone.now()
    if not timedelta(0) < until - timezone.localdate(now) <= timedelta(days=LONGEST_HOLD_DAYS):
        reason = _("Choose a day within the next %(days)d days.") % {"days": LONGEST_HOLD_DAYS}
        raise BadInputError(reason, fields={"until": reason})
    return move(
        introduction,
        Act.HOLD,
        by,
        now=now,
        held_from=introduction.status,
        hold_until=until,
        paused_due_at=introduction.due_at,
    )


@transaction.atomic
def resume(*, introduction: Introduction, by: Actor, now: datetime | None = None) -> Introduction:
    """Go on from where it was held."""
    return move(with_its_companies(introduction), Act.RESUME, by, now=now or timezone.now())


@transaction.atomic
def transfer(
    *, introduction: Introduction, side: Side, to: User, by: Actor, now: datetime | None = None
) -> Introduction:
    """Make a colleague of the same organisation the broker of one side; the history and the other broker learn it."""
    now = now or timezone.now()
    own = introduction.company_on(side)
    if not colleagues(own).filter(pk=to.pk).exists():
        stranger = _("Choose a colleague of the same organisation.")
        raise BadInputError(stranger, fields={"to": stranger})
    hold_seat(user=to, organisation=own.host)
    introduction = with_its_companies(introduction)
    require(can_transfer_introduction(by, introduction, side))
    if State(introduction.status) in ENDED:
        raise WrongStateError(_("The introduction has ended."))
    if introduction.broker_on(side) == to:
        return introduction
    return give_to(introduction, side, to, by, now)


def give_to(introduction: Introduction, side: Side, to: User, by: Actor, now: datetime) -> Introduction:
    """The same for a locked introduction and somebody who is known to work there."""
    before = introduction.broker_on(side)
    setattr(introduction, f"{side}_broker", to)
    acting = handshake.owner_side(introduction.status, introduction.held_from)
    introduction.owner = introduction.broker_on(acting)
    introduction.version += 1
    introduction.save()
    waited_for = _waited_for(introduction, before, now)
    step(introduction, Act.TRANSFER, by, now=now, before=introduction.status)
    trail.write(introduction, Act.TRANSFER, by, before=introduction.status, side=side)
    cooperation_ownership.follow_introduction(introduction, side, before=before, by=by, now=now)
    new, other = (Who.SENDER_BROKER, Who.RECEIVER_BROKER)[:: 1 if side is Side.SENDER else -1]
    if telling.knows(introduction, new):
        acts = _runs(introduction) and (waited_for or introduction.owner == to)
        telling.notify_one(introduction, new, notices.TAKEN_OVER if acts else notices.KEPT_ON)
    if telling.knows(introduction, other):
        telling.notify_one(introduction, other, notices.CHANGED_HANDS)
    return introduction


def _waited_for(introduction: Introduction, before: User, now: datetime) -> bool:
    """Settle what waited for the broker of before; whether anything did."""
    open_items = InboxItem.objects.filter(
        user=before, done_at=None, key__startswith=telling.key_of(introduction)
    )
    waited = open_items.filter(waits=True).exists()
    open_items.update(done_at=now)
    return waited


def _runs(introduction: Introduction) -> bool:
    """Whether somebody is waited for; where nobody is, nothing would ever settle what waits."""
    return introduction.due_at is not None and introduction.status != State.ON_HOLD
