"""What somebody may do with an introduction, each act with its form."""

from dataclasses import dataclass

from django.forms import Form
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from matching.forms.introductions import FORMS, AgreeForm, TransferForm
from matching.handshake import OPEN, Act, Side, State, Who, acts_of
from matching.models import Introduction
from matching.policies import can_transfer_introduction, roles_in
from matching.presenting.introduction_acts import BUTTONS, sharing_of, side_of_act
from matching.services.introductions.grounds import words_hash
from tibs.accounts.actor import Actor

# What a firm says; a broker may write it down, and the page says so.
SAID_BY_FIRM: dict[Act, Promise] = {
    Act.AGREE: _("Write down that the company agrees"),
    Act.ACCEPT: _("Write down that the company accepts"),
    Act.DECLINE: _("Write down that the company does not want it"),
    Act.TAKE_BACK: _("Write down that the company takes its yes back"),
}


@dataclass(frozen=True)
class Choice:
    """Something that the reader may do, with its form."""

    act: Act
    label: str
    form: Form
    is_main: bool
    hint: str = ""


SIDEWAYS = frozenset({Act.DECLINE, Act.WITHDRAW, Act.TAKE_BACK, Act.HOLD, Act.TRANSFER})


def choices_of(
    introduction: Introduction, actor: Actor, side: Side, wrong: Form | None = None
) -> list[Choice]:
    """What the reader may do now, each with a fresh form or the one that was refused. Who stands on both sides, such
    as somebody who stands in for both brokers, finds the acts of both."""
    roles = roles_in(actor, introduction)
    acts = [act for act in acts_of(introduction.status, roles, introduction.held_from) if act in FORMS]
    if introduction.status == State.DRAFT and not introduction.asked_sender_at:
        acts = [act for act in acts if act is not Act.DECLINE] if Who.SENDER_BROKER in roles else []
    if Act.FEEDBACK in acts and introduction.due_at is None:
        acts.remove(Act.FEEDBACK)
    if Act.ASK in acts and introduction.asked_sender_at:
        acts.remove(Act.ASK)
    found = [_choice(act, introduction, wrong, actor) for act in acts]
    is_cared_for = State(introduction.status) in (*OPEN, State.INTRODUCED)
    if is_cared_for and can_transfer_introduction(actor, introduction, side):
        form = (
            wrong if isinstance(wrong, TransferForm) else TransferForm(introduction=introduction, side=side)
        )
        if form.has_colleagues or form.is_bound:
            found.append(Choice(Act.TRANSFER, str(BUTTONS[Act.TRANSFER]), form, is_main=False))
    return sorted(found, key=lambda choice: not choice.is_main)


def _choice(act: Act, introduction: Introduction, wrong: Form | None, actor: Actor) -> Choice:
    """One act with its form. Who writes down what the firm said finds that beside the main thing."""
    kind = FORMS[act]
    form = wrong if type(wrong) is kind and wrong.prefix == act else kind(prefix=act)
    company = introduction.company_on(side_of_act(act, introduction, actor))
    notes = company.pk not in actor.companies
    if isinstance(form, AgreeForm):
        form = _agreeing(form, introduction, actor, act)
    is_of_firm = act in SAID_BY_FIRM and (act is not Act.DECLINE or introduction.status == State.DRAFT)
    if not (notes and is_of_firm):
        return Choice(act, str(BUTTONS[act]), form, act not in SIDEWAYS)
    if isinstance(form, AgreeForm):
        form.speak_for_the_company()
    hint = gettext(
        "Only if the firm has said so to you: you write its word down, and the page says that you did."
    )
    return Choice(act, str(SAID_BY_FIRM[act]), form, is_main=False, hint=hint)


def _agreeing(form: AgreeForm, introduction: Introduction, actor: Actor, act: Act) -> AgreeForm:
    """The yes to the words of now; to older words, or to another broker's reading, it is asked for anew."""
    sharing = sharing_of(introduction, actor) if act is Act.AGREE else None
    shown = words_hash(introduction)
    if form.is_bound and not form.is_about(shown, sharing):
        form = AgreeForm(prefix=act)
    form.initial["shown"] = shown
    form.offer_sharing(sharing)
    return form
