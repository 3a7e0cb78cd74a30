"""An introduction as one reader may see it: nothing here names the other firm before both agreed."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.forms import Form
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from companies.models import Company, CooperationProfile
from companies.profile_sheet import Sheet, sheet_of, with_sheet
from matching.choices import DeclineReason, IntroductionStatus
from matching.forms.introductions import FORMS, TransferForm
from matching.handshake import OPEN, Act, Side, State, Who, acts_of
from matching.models import Introduction, IntroductionStep
from matching.notices.introductions import DECLINED
from matching.policies import can_read_partner_contacts, can_transfer_introduction, roles_in
from matching.presenting.introduction_acts import BUTTONS
from matching.services.introductions.clocks import company_of
from matching.services.introductions.grounds import words_hash
from matching.services.introductions.shared_file import SharedFile, shared_file
from tibs.accounts.actor import Actor

WITH_REASON = frozenset({Act.DECLINE, Act.WITHDRAW})
SAID: dict[str, Promise] = {
    Act.START: _("began the introduction"),
    Act.WRITE: _("changed the texts"),
    Act.ASK: _("put the texts to the company"),
    Act.AGREE: _("agreed to the texts"),
    Act.SEND: _("sent it to the other broker"),
    Act.ACKNOWLEDGE: _("confirmed the receipt"),
    Act.PUT: _("put it to the company"),
    Act.ACCEPT: _("accepted"),
    Act.INTRODUCE: _("introduced the two companies to each other"),
    Act.FEEDBACK: _("told how the first contact went"),
    Act.DECLINE: _("declined"),
    Act.WITHDRAW: _("withdrew the introduction"),
    Act.TAKE_BACK: _("took the agreement back"),
    Act.HOLD: _("put it on hold"),
    Act.RESUME: _("let it go on"),
    Act.TRANSFER: _("handed one side to a colleague"),
    Act.EXPIRE: _("returned it, because nobody answered"),
    Act.STOP: _("ended it, because something that it needs was withdrawn"),
}
WAITING: dict[State, Promise] = {
    State.DRAFT: _("The sending broker writes the texts, and the company agrees to them."),
    State.COMPANY_AGREED: _("The sending broker sends it."),
    State.SENT: _("The receiving broker confirms the receipt."),
    State.ACKNOWLEDGED: _("The receiving broker puts it to the company."),
    State.WITH_PARTNER: _("The receiving company decides."),
    State.ACCEPTED: _("Both agreed, but something is missing; the sending broker sees to it."),
    State.INTRODUCED: _("The receiving broker tells how the first contact went."),
    State.ON_HOLD: _("It rests."),
}


@dataclass(frozen=True)
class Line:
    """One step of the history."""

    at: datetime
    who: str
    what: str
    note: str


@dataclass(frozen=True)
class Deadline:
    """Until when somebody acts, on the clock of each side."""

    at: datetime
    here: str
    there: str
    is_late: bool


@dataclass(frozen=True)
class Choice:
    """Something that the reader may do, with its form."""

    act: Act
    label: str
    form: Form
    is_main: bool


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
    deadline: Deadline | None
    sheet: Sheet | None
    history: list[Line]
    choices: list[Choice]
    text_hash: str
    reason: str
    note: str
    may_see_contacts: bool
    is_open: bool
    file: SharedFile | None


def page_of_introduction(
    introduction: Introduction, actor: Actor, own: Company, now: datetime, wrong: Form | None = None
) -> IntroductionPage:
    """The page for somebody who stands on the side of `own`; `wrong` is a form that was sent and refused."""
    side = Side.SENDER if own.pk == introduction.sender_company_id else Side.RECEIVER
    other = company_of(introduction, Side.RECEIVER if side is Side.SENDER else Side.SENDER)
    may_see = can_read_partner_contacts(actor, introduction)
    broker = introduction.receiver_broker if side is Side.SENDER else introduction.sender_broker
    file = shared_file(introduction, actor) if side is Side.RECEIVER else None
    return IntroductionPage(
        introduction=introduction,
        own=own,
        own_side=side,
        partner_country=other.country.name,
        partner_name=other.name if may_see else "",
        other_broker=broker.name,
        status=str(IntroductionStatus(introduction.status).label),
        waits_for=_waits_for(introduction),
        deadline=deadline_of(introduction, own, other, now),
        sheet=_sheet(introduction, side),
        history=[_line(step, introduction, side) for step in _steps(introduction)],
        choices=choices_of(introduction, actor, side, wrong),
        text_hash=words_hash(introduction),
        reason=_reason(introduction, own),
        note=introduction.decline_note if _is_own_note(introduction, side) else "",
        may_see_contacts=may_see,
        is_open=State(introduction.status) in OPEN,
        file=file,
    )


def choices_of(
    introduction: Introduction, actor: Actor, side: Side, wrong: Form | None = None
) -> list[Choice]:
    """What the reader may do now, each with a fresh form or the one that was refused."""
    roles = frozenset(role for role in roles_in(actor, introduction) if role.side is side)
    acts = [act for act in acts_of(introduction.status, roles, introduction.held_from) if act in FORMS]
    if (
        introduction.status == State.DRAFT
        and Who.SENDER_BROKER not in roles
        and not introduction.asked_sender_at
    ):
        acts = []
    if Act.FEEDBACK in acts and introduction.due_at is None:
        acts.remove(Act.FEEDBACK)
    found = [_choice(act, introduction, wrong, is_main=act not in SIDEWAYS) for act in acts]
    if State(introduction.status) in OPEN and can_transfer_introduction(actor, introduction, side):
        form = (
            wrong if isinstance(wrong, TransferForm) else TransferForm(introduction=introduction, side=side)
        )
        found.append(Choice(Act.TRANSFER, str(BUTTONS[Act.TRANSFER]), form, is_main=False))
    return found


SIDEWAYS = frozenset({Act.DECLINE, Act.WITHDRAW, Act.TAKE_BACK, Act.HOLD, Act.TRANSFER})


def _choice(act: Act, introduction: Introduction, wrong: Form | None, *, is_main: bool) -> Choice:
    kind = FORMS[act]
    form = wrong if type(wrong) is kind and wrong.prefix == act else kind(prefix=act)
    if "shown" in form.fields:
        form.initial["shown"] = words_hash(introduction)
    if "share" in form.fields and act is Act.ACCEPT:
        del form.fields["share"]
    return Choice(act, str(BUTTONS[act]), form, is_main)


def _waits_for(introduction: Introduction) -> str:
    sentence = WAITING.get(State(introduction.status), "")
    if introduction.status == State.INTRODUCED and introduction.due_at is None:
        return ""
    return str(sentence)


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


def _sheet(introduction: Introduction, side: Side) -> Sheet | None:
    """The other side's profile, as everybody sees it who must not know its company."""
    key = introduction.receiver_profile_id if side is Side.SENDER else introduction.sender_profile_id
    profile = with_sheet(CooperationProfile.objects.filter(pk=key)).first() if key else None
    return sheet_of(profile) if profile else None


def _steps(introduction: Introduction) -> list[IntroductionStep]:
    return list(introduction.steps.select_related("actor").order_by("id"))


def _line(step: IntroductionStep, introduction: Introduction, side: Side) -> Line:
    return Line(step.at, _who(step, introduction, side), str(SAID.get(step.event, step.event)), step.note)


def _who(step: IntroductionStep, introduction: Introduction, side: Side) -> str:
    """A broker by name, the people of a firm never: they are not known before the introduction."""
    if not step.by_side:
        return gettext("TIBS")
    brokers = (introduction.sender_broker_id, introduction.receiver_broker_id)
    if step.actor and (step.event not in OF_FIRMS or step.actor_id in brokers):
        return step.actor.name
    return gettext("Our company") if step.by_side == side else gettext("The other company")


# Acts that people of a firm may do, whose names stay out of the history.
OF_FIRMS = frozenset({Act.AGREE, Act.ACCEPT, Act.DECLINE, Act.TAKE_BACK})


def _reason(introduction: Introduction, own: Company) -> str:
    if not introduction.decline_reason or introduction.status == State.EXPIRED:
        return ""
    reason = DeclineReason(introduction.decline_reason)
    return str(DECLINED[reason].sentence) % {"company": own.name}


def _is_own_note(introduction: Introduction, side: Side) -> bool:
    last = introduction.steps.filter(event__in=WITH_REASON).order_by("-id").first()
    return last is not None and last.by_side == side
