"""A firm takes no part any more: what becomes of its talks and meetings. Rules of the page of wiring."""

from django.db.models import Q
from django.utils import timezone

from companies.models import Company
from matching import sides
from matching.choices import CooperationStatus, DeclineReason
from matching.cooperation_stages import OPEN_COOPERATIONS
from matching.handshake import Side
from matching.models import Cooperation
from matching.models.cooperation import DECIDE, VALIDATE
from matching.notices import cooperations as notices
from matching.policies import is_away
from matching.services import cooperations
from matching.services.cooperations import PLANNED, held_row
from matching.services.telling import tell_each
from tibs.accounts.actor import Actor

# A third party judges what both firms confirmed, whoever left since; who decided once is not asked again.
STAYS = (VALIDATE, DECIDE)


def stand_still(company: Company, by: Actor) -> None:
    """Rule: a firm moved to another stage. Where it takes no part any more nobody travels to meet it, both sides hear
    why, and the broker of the other firm decides how the talks go on; the firm may come back."""
    if not is_away(Company.objects.get(pk=company.pk)):  # as the event left it
        return
    now = timezone.now()
    for row in _unfinished(company):
        cooperation = held_row(row)
        gone = Side.SENDER if sides.company_of(cooperation, Side.SENDER) == company else Side.RECEIVER
        cooperations.call_all_off(cooperation, by, now)
        if cooperation.status not in OPEN_COOPERATIONS or cooperation.next_step == DECIDE:
            continue
        said = {gone: notices.AWAY, gone.other: notices.PARTNER_AWAY}
        tell_each(said, cooperation, key=f"away:{cooperation.version}", by=by)
        if cooperation.next_step not in STAYS:
            due = cooperations.some_days_on(cooperation, now)
            cooperations.write_own_step(cooperation, DECIDE, sides.broker_of(cooperation, gone.other), due)
            cooperations.tell_step(cooperation, by, now)


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
