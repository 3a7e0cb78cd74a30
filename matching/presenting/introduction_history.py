"""The history of an introduction, as one of its sides may read it."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from matching.handshake import Act, Side, State
from matching.models import Introduction, IntroductionStep

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
# The word of a firm, kept by its broker.
NOTED: dict[str, Promise] = {
    Act.AGREE: _("agreed to the texts; its broker wrote it down"),
    Act.ACCEPT: _("accepted; its broker wrote it down"),
    Act.TAKE_BACK: _("took the agreement back; its broker wrote it down"),
}
RETURNED_UNSENT = _("closed it, because it was not sent in time")
RETURNED_UNREADY = _("returned it, because something was still missing")


@dataclass(frozen=True)
class Line:
    """One step of the history."""

    at: datetime
    who: str
    what: str
    note: str


def history_of(introduction: Introduction, side: Side) -> list[Line]:
    """Every step, the oldest first, for somebody who stands on that side."""
    noted = set(introduction.consents.filter(is_noted_by_broker=True).values_list("at", flat=True))
    return [_line(step, introduction, side, step.at in noted) for step in _steps(introduction)]


def _steps(introduction: Introduction) -> list[IntroductionStep]:
    return list(introduction.steps.select_related("actor").order_by("id"))


def _line(step: IntroductionStep, introduction: Introduction, side: Side, is_at_noted: bool) -> Line:
    is_noted = is_at_noted and step.event in NOTED
    said = NOTED[step.event] if is_noted else SAID.get(step.event, step.event)
    if step.event == Act.EXPIRE and step.from_status == State.ACCEPTED:
        said = RETURNED_UNREADY
    if step.event == Act.EXPIRE and introduction.sent_at is None:
        said = RETURNED_UNSENT
    return Line(step.at, _who(step, introduction, side, is_noted=is_noted), str(said), step.note)


def _who(step: IntroductionStep, introduction: Introduction, side: Side, *, is_noted: bool) -> str:
    """A broker by name, the people of a firm never: they are not known before the introduction. What a broker wrote
    down for a firm is the firm's doing."""
    if not step.by_side:
        return gettext("TIBS")
    brokers = (introduction.sender_broker_id, introduction.receiver_broker_id)
    if step.actor and not is_noted and (step.event not in OF_FIRMS or step.actor_id in brokers):
        return step.actor.name
    return gettext("Our company") if step.by_side == side else gettext("The other company")


# Acts that people of a firm may do, whose names stay out of the history.
OF_FIRMS = frozenset({Act.AGREE, Act.ACCEPT, Act.DECLINE, Act.TAKE_BACK})
