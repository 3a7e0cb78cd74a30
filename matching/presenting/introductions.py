"""An introduction as one reader may see it: nothing here names the other firm before both agreed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.forms import Form
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext

from companies.choices import InterestStatus
from companies.models import Company, CooperationProfile
from companies.profile_sheet import Sheet, sheet_of, with_sheet
from matching.forms.introductions import LABELS
from matching.handshake import ENDED, OPEN, UNSENT, Act, Cause, Side, State, Who, acts_of
from matching.models import Cooperation, Introduction, Match
from matching.policies import can_begin_introduction, can_read_partner_contacts, knows_partner, roles_in
from matching.presenting.introduction_choices import Choice, choices_of
from matching.presenting.introduction_history import Line, history_of
from matching.presenting.introduction_mending import Mending, mending_of
from matching.presenting.introduction_words import status_for, waits_for, what_lacks, why_it_ended
from matching.services.introductions.grounds import sides_that_lack, words_hash
from matching.services.introductions.shared_file import SharedFile, shared_file
from matching.services.introductions.writing import PUBLIC_FACTS_ONLY, rests_on_public_facts, unfinished
from tibs.accounts.actor import Actor

WITH_REASON = frozenset({Act.DECLINE, Act.WITHDRAW})
# What waits until all three texts are ready.
FOR_READY_TEXTS = frozenset({Act.ASK, Act.AGREE})


@dataclass(frozen=True)
class Deadline:
    """Until when somebody acts, on the clock of each side."""

    at: datetime
    here: str
    there: str
    is_late: bool


@dataclass(frozen=True)
class IntroductionPage:
    """All that a page shows. `partner_name` is empty until the reader may know it."""

    introduction: Introduction
    own: Company
    own_side: Side
    partner_country: str
    partner_name: str
    other_broker: str
    status: str
    waits_for: str
    mending: Mending | None
    deadline: Deadline | None
    obstacle: str
    sheet: Sheet | None
    is_sheet_away: bool
    history: list[Line]
    choices: list[Choice]
    text_hash: str
    reason: str
    note: str
    may_see_contacts: bool
    is_open: bool
    file: SharedFile | None
    unfinished: list[tuple[str, str]]
    may_write: bool
    cooperation_url: str
    others_url: str
    anew_url: str

    @property
    def knows_texts(self) -> bool:
        """Whether the sender's firm was asked about the texts as they stand now."""
        return self.introduction.asked_sender_at is not None


def page_of_introduction(
    introduction: Introduction, actor: Actor, own: Company, now: datetime, wrong: Form | None = None
) -> IntroductionPage:
    """The page for somebody who stands on the side of `own`; `wrong` is a form that was sent and refused."""
    side = introduction.side_of(own)
    other = introduction.company_on(side.other)
    knows = knows_partner(actor, introduction)
    file = shared_file(introduction, actor) if side is Side.RECEIVER else None
    sheet, ended_by = sheet_across(introduction, side), _ended_by(introduction)
    todo, choices = _unfinished(introduction, actor), choices_of(introduction, actor, side, wrong)
    obstacle, lacking = _obstacle(introduction), _lacking(introduction)
    awaited = _waits_for(introduction, actor, side, lacking)
    return IntroductionPage(
        introduction=introduction,
        own=own,
        own_side=side,
        partner_country=other.country.name,
        partner_name=other.name if knows else "",
        other_broker=introduction.broker_on(side.other).name,
        status=status_for(introduction, side),
        waits_for=awaited,
        mending=mending_of(introduction, actor, side, lacking.get(side)),
        deadline=deadline_of(introduction, own, other, now) if awaited else None,
        obstacle=obstacle,
        sheet=sheet,
        is_sheet_away=sheet is None and not obstacle and _profile_across(introduction, side) is not None,
        history=history_of(introduction, side),
        choices=[one for one in choices if not ((todo or obstacle) and one.act in FOR_READY_TEXTS)],
        text_hash=words_hash(introduction),
        reason=why_it_ended(introduction, ended_by, side),
        note=introduction.decline_note if ended_by == side else "",
        may_see_contacts=can_read_partner_contacts(actor, introduction),
        is_open=State(introduction.status) in OPEN,
        file=file,
        unfinished=todo,
        may_write=not todo and _may_write(introduction, actor),
        cooperation_url=_cooperation_url(introduction) if knows else "",
        others_url=_others_url(introduction, side),
        anew_url=_anew_url(introduction, actor, side),
    )


def _unfinished(introduction: Introduction, actor: Actor) -> list[tuple[str, str]]:
    """Each text that is not ready yet, and why, for the broker who writes it."""
    is_draft = introduction.status == State.DRAFT and not introduction.asked_sender_at
    if not is_draft or Who.SENDER_BROKER not in roles_in(actor, introduction):
        return []
    problems = unfinished(introduction)
    return [(str(LABELS[name]), str(problem)) for name, problem in problems.items()]


def _obstacle(introduction: Introduction) -> str:
    """Why a draft goes no further, whatever its texts say; '' where nothing stands in the way."""
    is_stuck = introduction.status in UNSENT and rests_on_public_facts(introduction.receiver_profile)
    return str(PUBLIC_FACTS_ONLY) if is_stuck else ""


def _lacking(introduction: Introduction) -> dict[Side, Cause]:
    return sides_that_lack(introduction) if introduction.status == State.ACCEPTED else {}


def _may_write(introduction: Introduction, actor: Actor) -> bool:
    roles = roles_in(actor, introduction)
    return Act.WRITE in acts_of(introduction.status, roles, introduction.held_from)


def _cooperation_url(introduction: Introduction) -> str:
    found = Cooperation.objects.filter(introduction=introduction).values_list("public_id", flat=True).first()
    return reverse("cooperation", args=[found]) if found else ""


def _others_url(introduction: Introduction, side: Side) -> str:
    """After the end: the other partners of the own profile."""
    profile = introduction.sender_profile if side is Side.SENDER else introduction.receiver_profile
    return profile.get_absolute_url() if profile and State(introduction.status) in ENDED else ""


def _anew_url(introduction: Introduction, actor: Actor, side: Side) -> str:
    """After the end, for whoever may begin one for this side: where the same pair is introduced anew. '' where the two
    profiles do not stand open for each other any more."""
    own = introduction.company_on(side)
    if State(introduction.status) not in ENDED or not can_begin_introduction(actor, own):
        return ""
    interest, match = introduction.expression, introduction.match
    if interest and side is Side.SENDER and interest.status == InterestStatus.ROUTED:
        return reverse("introduction_from_interest", args=[interest.public_id])
    profile = introduction.sender_profile if side is Side.SENDER else introduction.receiver_profile
    if match and profile and Match.objects.still_open().filter(pk=match.pk).exists():
        return reverse("introduction_new", args=[match.public_id], query={"side": profile.public_id})
    return ""


def deadline_of(introduction: Introduction, own: Company, other: Company, now: datetime) -> Deadline | None:
    """Until when somebody acts, on both clocks; None where nothing is due."""
    if introduction.due_at is None:
        return None
    here, there = (_clock(introduction.due_at, company) for company in (own, other))
    return Deadline(introduction.due_at, here, there, introduction.due_at < now)


def _clock(moment: datetime, company: Company) -> str:
    local = moment.astimezone(ZoneInfo(company.country.time_zone))
    return gettext("%(moment)s in %(country)s") % {
        "moment": date_format(local.replace(tzinfo=None), "DATETIME_FORMAT"),
        "country": company.country.name,
    }


def sheet_across(introduction: Introduction, side: Side) -> Sheet | None:
    """The other side's profile, as everybody sees it who must not know its company: only words that a second reader
    has approved and the company consents to. Once the introduction has ended, only while it is still for everybody."""
    key = _profile_across(introduction, side)
    profiles = CooperationProfile.objects.all()
    has_ended = State(introduction.status) in ENDED
    shown = profiles.published() if has_ended else profiles.standing()
    profile = with_sheet(shown.filter(pk=key)).first() if key else None
    return sheet_of(profile) if profile else None


def _profile_across(introduction: Introduction, side: Side) -> int | None:
    return introduction.receiver_profile_id if side is Side.SENDER else introduction.sender_profile_id


def _ended_by(introduction: Introduction) -> str:
    """The side that declined or withdrew it; '' where nobody did."""
    last = introduction.steps.filter(event__in=WITH_REASON).order_by("-id").first()
    return last.by_side if last else ""


def _waits_for(introduction: Introduction, actor: Actor, side: Side, lacking: Mapping[Side, Cause]) -> str:
    if introduction.status == State.ACCEPTED:
        return what_lacks(introduction, actor, side, lacking)
    return waits_for(introduction, actor, side)
