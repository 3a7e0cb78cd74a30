"""A firm takes no part any more, or again: what becomes of its talks and meetings. Rules of the page of wiring."""

from datetime import datetime

from django.db.models import Q
from django.utils import timezone

from companies.models import Company
from matching import sides
from matching.agreement_words import State, state_of
from matching.choices import CooperationStatus, DeclineReason
from matching.cooperation_stages import OPEN_COOPERATIONS
from matching.handshake import Side
from matching.models import Agreement, Cooperation
from matching.models.cooperation import CONFIRM, CORRECT, DECIDE, PROPOSE, VALIDATE
from matching.notices import cooperations as notices
from matching.policies import is_away
from matching.services import cooperations
from matching.services.cooperations import PLANNED, held_row
from matching.services.introductions.grounds import has_left
from matching.services.telling import settle_all, tell_both, tell_each
from tibs.accounts.actor import Actor
from tibs.events.models import InboxItem

# What talks with an agreement that is not confirmed yet wait for.
NEXT_OF = {State.TO_STATE: CONFIRM, State.RETURNED: CORRECT}


def stand_still(company: Company, by: Actor) -> None:
    """Rule: a firm moved to another stage. Where it takes no part any more nobody travels to meet it, both sides hear
    why, and the broker of the other firm decides how the talks go on; the firm may come back, and both sides hear that
    too. Talks of two firms that have both left end."""
    is_gone = has_left(company)
    for row in _unfinished(company):
        cooperation = held_row(row)
        side = cooperation.introduction.side_of(company)
        if is_gone:
            _leave(cooperation, side, by, timezone.now())
        elif _was_told(cooperation, side):
            _come_back(cooperation, side, by, timezone.now())


def _leave(cooperation: Cooperation, gone: Side, by: Actor, now: datetime) -> None:
    """A firm that rests and then withdraws is told of once. A third party judges what both firms confirmed, whoever
    left since."""
    cooperations.call_all_off(cooperation, by, now)
    if _was_told(cooperation, gone):
        return
    said = {gone: notices.AWAY, gone.other: notices.PARTNER_AWAY}
    tell_each(said, cooperation, key=f"{_key(gone)}{cooperation.version}:{now.timestamp():.0f}", by=by)
    if cooperation.status not in OPEN_COOPERATIONS or cooperation.next_step == VALIDATE:
        return
    if is_away(sides.company_of(cooperation, gone.other)):
        cooperations.end_without_deal(cooperation, reason=DeclineReason.OTHER, note="", by=by, now=now)
        return
    cooperations.wait_some_days_for(cooperation, DECIDE, sides.broker_of(cooperation, gone.other), now)
    cooperations.tell_step(cooperation, by, now)


def _come_back(cooperation: Cooperation, side: Side, by: Actor, now: datetime) -> None:
    """What a broker wrote down meanwhile stays; else the talks go on with what they had come to."""
    settle_all(cooperation, now, key=_key(side))
    if is_away(sides.company_of(cooperation, side.other)):
        return
    tell_both(notices.BACK, cooperation, key=f"back:{cooperation.version}:{now.timestamp():.0f}", by=by)
    if cooperation.next_step != DECIDE:
        return
    agreement = Agreement.objects.filter(cooperation=cooperation).first()
    step = NEXT_OF.get(state_of(agreement), PROPOSE) if agreement else PROPOSE
    cooperations.wait_some_days_for(cooperation, step, sides.broker_of(cooperation, Side.SENDER), now)
    cooperations.tell_step(cooperation, by, now)


def _was_told(cooperation: Cooperation, side: Side) -> bool:
    """Whether people heard that the firm of that side left, and not yet that it is back."""
    start = f"{cooperation.public_id}:{_key(side)}"
    return InboxItem.objects.filter(key__startswith=start, done_at=None).exists()


def _key(side: Side) -> str:
    return f"away:{side}:"


def end_with(company: Company, by: Actor) -> None:
    """Rule: talks of a firm whose data were erased have ended, and it meets nobody any more."""
    now = timezone.now()
    for row in _unfinished(company):
        cooperation = held_row(row)
        if cooperation.status in OPEN_COOPERATIONS:
            cooperations.end_without_deal(cooperation, reason=DeclineReason.OTHER, note="", by=by, now=now)
        else:
            cooperations.call_all_off(cooperation, by, now)


def _unfinished(company: Company) -> list[Cooperation]:
    """The talks of a firm that are open, or in which a meeting is planned, in the order in which they are locked."""
    own = Q(introduction__low_company=company) | Q(introduction__high_company=company)
    is_meeting = Q(status=CooperationStatus.AGREEMENT, meetings__status__in=PLANNED)
    rows = Cooperation.objects.filter(own, Q(status__in=OPEN_COOPERATIONS) | is_meeting)
    return list(rows.order_by("pk").distinct())
