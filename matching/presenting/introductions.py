"""An introduction as one reader may see it: nothing here names the other firm before both agreed."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.forms import Form
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from companies.models import Company, CooperationProfile
from companies.profile_sheet import Sheet, sheet_of, with_sheet
from matching.choices import DeclineReason
from matching.forms.introductions import FORMS, LABELS, AgreeForm, TransferForm
from matching.handshake import ENDED, OPEN, Act, Side, State, Who, acts_of
from matching.models import Cooperation, Introduction, IntroductionStep
from matching.notices.introductions import DECLINED
from matching.policies import can_read_partner_contacts, can_transfer_introduction, roles_in
from matching.presenting.introduction_acts import BUTTONS
from matching.presenting.introduction_words import status_for, waits_for
from matching.services.introductions.clocks import company_of
from matching.services.introductions.grounds import words_hash
from matching.services.introductions.shared_file import SharedFile, shared_file
from matching.services.introductions.writing import unfinished
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
# What a firm says; a broker may write it down, and the page says so.
SAID_BY_FIRM: dict[Act, Promise] = {
    Act.AGREE: _("Write down that the company agrees"),
    Act.ACCEPT: _("Write down that the company accepts"),
    Act.DECLINE: _("Write down that the company does not want it"),
    Act.TAKE_BACK: _("Write down that the company takes its yes back"),
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
    hint: str = ""


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


def page_of_introduction(
    introduction: Introduction, actor: Actor, own: Company, now: datetime, wrong: Form | None = None
) -> IntroductionPage:
    """The page for somebody who stands on the side of `own`; `wrong` is a form that was sent and refused."""
    side = Side.SENDER if own.pk == introduction.sender_company_id else Side.RECEIVER
    other = company_of(introduction, side.other)
    may_see = can_read_partner_contacts(actor, introduction)
    broker = introduction.receiver_broker if side is Side.SENDER else introduction.sender_broker
    file = shared_file(introduction, actor) if side is Side.RECEIVER else None
    sheet = sheet_across(introduction, side)
    todo, choices = _unfinished(introduction, actor), choices_of(introduction, actor, side, wrong)
    return IntroductionPage(
        introduction=introduction,
        own=own,
        own_side=side,
        partner_country=other.country.name,
        partner_name=other.name if may_see else "",
        other_broker=broker.name,
        status=status_for(introduction, side),
        waits_for=waits_for(introduction, actor, side),
        deadline=deadline_of(introduction, own, other, now),
        sheet=sheet,
        is_sheet_away=sheet is None and _profile_across(introduction, side) is not None,
        history=[_line(step, introduction, side) for step in _steps(introduction)],
        choices=[one for one in choices if not (todo and one.act in FOR_READY_TEXTS)],
        text_hash=words_hash(introduction),
        reason=_reason(introduction, own),
        note=introduction.decline_note if _is_own_note(introduction, side) else "",
        may_see_contacts=may_see,
        is_open=State(introduction.status) in OPEN,
        file=file,
        unfinished=todo,
        may_write=not todo and _may_write(introduction, actor),
        cooperation_url=_cooperation_url(introduction) if may_see else "",
        others_url=_others_url(introduction, side),
    )


def choices_of(
    introduction: Introduction, actor: Actor, side: Side, wrong: Form | None = None
) -> list[Choice]:
    """What the reader may do now, each with a fresh form or the one that was refused."""
    roles = frozenset(role for role in roles_in(actor, introduction) if role.side is side)
    acts = [act for act in acts_of(introduction.status, roles, introduction.held_from) if act in FORMS]
    if introduction.status == State.DRAFT and not introduction.asked_sender_at:
        acts = [act for act in acts if act is not Act.DECLINE] if Who.SENDER_BROKER in roles else []
    if Act.FEEDBACK in acts and introduction.due_at is None:
        acts.remove(Act.FEEDBACK)
    if Act.ASK in acts and introduction.asked_sender_at:
        acts.remove(Act.ASK)
    notes = company_of(introduction, side).pk not in actor.companies
    found = [_choice(act, introduction, wrong, notes=notes) for act in acts]
    is_cared_for = State(introduction.status) in (*OPEN, State.INTRODUCED)
    if is_cared_for and can_transfer_introduction(actor, introduction, side):
        form = (
            wrong if isinstance(wrong, TransferForm) else TransferForm(introduction=introduction, side=side)
        )
        found.append(Choice(Act.TRANSFER, str(BUTTONS[Act.TRANSFER]), form, is_main=False))
    return sorted(found, key=lambda choice: not choice.is_main)


FOR_READY_TEXTS = frozenset({Act.ASK, Act.AGREE})
SIDEWAYS = frozenset({Act.DECLINE, Act.WITHDRAW, Act.TAKE_BACK, Act.HOLD, Act.TRANSFER})


def _choice(act: Act, introduction: Introduction, wrong: Form | None, *, notes: bool) -> Choice:
    """One act with its form; with `notes` somebody writes down what the firm said, which is never the main thing."""
    kind = FORMS[act]
    form = wrong if type(wrong) is kind and wrong.prefix == act else kind(prefix=act)
    if form.is_bound and form.cleaned_data.get("shown", words_hash(introduction)) != words_hash(introduction):
        form = kind(prefix=act)  # a yes to older words is not one to these
    if "shown" in form.fields:
        form.initial["shown"] = words_hash(introduction)
    if "share" in form.fields and act is Act.ACCEPT:
        del form.fields["share"]
    is_of_firm = act in SAID_BY_FIRM and (act is not Act.DECLINE or introduction.status == State.DRAFT)
    if not (notes and is_of_firm):
        return Choice(act, str(BUTTONS[act]), form, act not in SIDEWAYS)
    if isinstance(form, AgreeForm):
        form.speak_for_the_company()
    hint = gettext(
        "Only if the firm has said so to you: you write its word down, and the page says that you did."
    )
    return Choice(act, str(SAID_BY_FIRM[act]), form, is_main=False, hint=hint)


def _unfinished(introduction: Introduction, actor: Actor) -> list[tuple[str, str]]:
    """Each text that is not ready yet, and why, for the broker who writes it."""
    is_draft = introduction.status == State.DRAFT and not introduction.asked_sender_at
    if not is_draft or Who.SENDER_BROKER not in roles_in(actor, introduction):
        return []
    problems = unfinished(introduction)
    return [(str(LABELS[name]), str(problem)) for name, problem in problems.items()]


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
