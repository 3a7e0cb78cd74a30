"""Lists of introductions: what waits for the reader, what waits for others, what has ended."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from companies.models import Company
from matching.choices import OPEN_INTRODUCTIONS, IntroductionStatus
from matching.handshake import ENDED, Side, State
from matching.models import Introduction
from matching.policies import knows_partner
from matching.presenting.introduction_acts import company_of_reader
from matching.presenting.introduction_words import status_for, waits_for
from matching.presenting.introductions import Deadline, deadline_of
from matching.services.introductions.grounds import lacks
from matching.services.introductions.moving import RELATED
from tibs.accounts.actor import Actor
from tibs.accounts.standing_in import falls_to
from tibs.core.paging import Page, page_of

ON_A_PAGE, MOST_OF_A_COMPANY = 25, 50
SHOWN: dict[str, Promise] = {
    "act": _("Waiting for me"),
    "wait": _("Waiting for others"),
    "ended": _("Introduced or ended"),
}
# What still asks for somebody: open ones, and introduced ones whose first contact was not reported.
LIVE = Q(status__in=OPEN_INTRODUCTIONS) | Q(status=IntroductionStatus.INTRODUCED, due_at__isnull=False)


@dataclass(frozen=True)
class Row:
    """One introduction of a list, from the reader's side. `partner` is empty until the reader may know the firm."""

    introduction: Introduction
    own: Company
    country: str
    partner: str
    broker: str
    status: str
    waits_for: str
    deadline: Deadline | None
    is_open: bool


@dataclass(frozen=True)
class Found:
    """One of the three lists; `tabs` are code, label and whether it is this one."""

    page: Page[Introduction]
    rows: list[Row]
    tabs: list[tuple[str, Promise, bool]]
    show: str


def lists_of(actor: Actor, show: str, cursor: str, now: datetime) -> Found:
    """One page of a list, what has waited longest first; what has ended, the newest first. What belongs to the rows is
    fetched for those of the page alone, or the database would join and sort it for all."""
    rows = _shown(Introduction.objects.visible_to(actor), actor, show)
    page = page_of(rows, by=_order(show), size=ON_A_PAGE, cursor=cursor)
    whole = Introduction.objects.select_related(*RELATED).in_bulk([one.pk for one in page.rows])
    tabs = [(code, label, code == show) for code, label in SHOWN.items()]
    shown = [row_of(whole[one.pk], actor, now) for one in page.rows if one.pk in whole]
    return Found(page, shown, tabs, show)


def waiting_for(actor: Actor) -> QuerySet[Introduction]:
    """Introductions in which the reader, or somebody for whom they stand in, acts next; the most urgent first."""
    rows = Introduction.objects.visible_to(actor).filter(LIVE, due_at__isnull=False)
    return rows.filter(_owned(actor)).order_by("due_at", "id")


def of_company(company: Company, actor: Actor, now: datetime) -> list[Row]:
    """All introductions that a company was asked about, the newest first."""
    rows = Introduction.objects.visible_to(actor).filter(Q(low_company=company) | Q(high_company=company))
    return [
        row_of(one, actor, now, company)
        for one in rows.select_related(*RELATED).order_by("-id")[:MOST_OF_A_COMPANY]
    ]


def row_of(introduction: Introduction, actor: Actor, now: datetime, own: Company | None = None) -> Row:
    mine = own or company_of_reader(introduction, actor)
    side = introduction.side_of(mine)
    other = introduction.company_on(side.other)
    broker = introduction.broker_on(side.other)
    state, sentence = State(introduction.status), waits_for(introduction, actor, side)
    return Row(
        introduction=introduction,
        own=mine,
        country=other.country.name,
        partner=other.name if knows_partner(actor, introduction) else "",
        broker=broker.name,
        status=status_for(introduction, side),
        waits_for=sentence,
        deadline=deadline_of(introduction, mine, other, now) if sentence else None,
        is_open=state not in ENDED and state is not State.INTRODUCED,
    )


def _shown(rows: QuerySet[Introduction], actor: Actor, show: str) -> QuerySet[Introduction]:
    if show == "ended":
        return rows.exclude(LIVE)
    own = _owned(actor)
    return rows.filter(LIVE & own) if show == "act" else rows.filter(LIVE).exclude(own)


def _owned(actor: Actor) -> Q:
    """The reader acts next; where both firms agreed and something is missing, on each side that lacks it."""
    owner = falls_to(actor, "owner")
    here = {side: lacks(side) for side in Side}
    nothing = ~here[Side.SENDER] & ~here[Side.RECEIVER]
    lacking = Q(*(found & falls_to(actor, f"{side}_broker") for side, found in here.items()), _connector=Q.OR)
    accepted = Q(status=IntroductionStatus.ACCEPTED)
    return (~accepted & owner) | (accepted & (lacking | (nothing & owner)))


def _order(show: str) -> tuple[str, str]:
    return ("-updated_at", "-id") if show == "ended" else ("clock_started_at", "id")
