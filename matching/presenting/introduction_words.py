"""Where an introduction stands, said to whoever reads it: to the broker or to the firm of one of the two sides."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from matching.choices import DeclineReason, IntroductionStatus
from matching.handshake import Cause, Side, State
from matching.models import Introduction
from matching.notices.introductions import DECLINED
from matching.services.introductions.writing import TEXTS_CHANGE
from tibs.accounts.actor import Actor

# To the broker of each side.
BROKERS: dict[tuple[State, Side], Promise] = {
    (State.DRAFT, Side.SENDER): _("Write the three texts, then put them to %(company)s."),
    (State.COMPANY_AGREED, Side.SENDER): _("%(company)s agreed. Send it to %(broker)s."),
    (State.SENT, Side.SENDER): _("%(broker)s confirms the receipt next."),
    (State.SENT, Side.RECEIVER): _("Tell %(broker)s that you have it."),
    (State.ACKNOWLEDGED, Side.SENDER): _("%(broker)s puts it to the other company next."),
    (State.ACKNOWLEDGED, Side.RECEIVER): _("Put it to %(company)s, and hear what it says."),
    (State.WITH_PARTNER, Side.SENDER): _("The other company reads it and decides."),
    (State.WITH_PARTNER, Side.RECEIVER): _("%(company)s reads it and decides."),
    (State.INTRODUCED, Side.SENDER): _("%(broker)s tells how the first contact went."),
    (State.INTRODUCED, Side.RECEIVER): _("Tell both sides how the first contact went."),
}
# To the people of each firm.
FIRMS: dict[tuple[State, Side], Promise] = {
    (State.DRAFT, Side.SENDER): _("Please read the texts and answer."),
    (State.COMPANY_AGREED, Side.SENDER): _("You agreed. Your broker sends it to %(broker)s next."),
    (State.SENT, Side.SENDER): _("%(broker)s confirms the receipt next."),
    (State.ACKNOWLEDGED, Side.SENDER): _("%(broker)s puts it to the other company next."),
    (State.WITH_PARTNER, Side.SENDER): _("The other company reads it and decides."),
    (State.WITH_PARTNER, Side.RECEIVER): _("Please read it and answer."),
}
ASKED = _("%(company)s reads the texts and answers.")
BOTH: dict[State, Promise] = {
    State.ACCEPTED: _("Both agreed, but something is still missing."),
    State.ON_HOLD: _("It rests."),
}
# What ended without a reason that the other side may read.
ENDED: dict[State, Promise] = {
    State.WITHDRAWN: _("It does not go on, and nothing is asked of you any more."),
    State.EXPIRED: _("Nobody answered in time. The broker who sent it may begin anew."),
}
ENDED_HERE: dict[State, Promise] = {
    State.DECLINED: _("Declined on your side: %(reason)s."),
    State.WITHDRAWN: _("Withdrawn on your side: %(reason)s."),
}
EXPIRED_UNSENT = _("It was not sent in time and is closed. The broker who wrote it may begin anew.")
CLOSED_UNSENT = _("Closed, not sent in time")
EXPIRED_ACCEPTED = _(
    "Both agreed, but what was missing did not come in time. The broker who sent it may begin anew."
)
# Both agreed, and they cannot be introduced yet: what the side that can mend it reads, and the other one.
LACKING: dict[Cause, Promise] = {
    Cause.CONSENT: _(
        "Both agreed. Before they meet, %(company)s must consent anew to the publication of its profile."
    ),
    Cause.PROFILE: _("Both agreed. Before they meet, the profile of %(company)s must be published again."),
    Cause.COMPANY: _("Both agreed, but %(company)s takes no part any more."),
}
LACKING_THERE = _("Both agreed. Something is still missing on the side of %(broker)s.")
READY = _("Both agreed, and nothing is missing any more. Try again to introduce them.")
READY_FOR_FIRMS = _("Both agreed. You will be introduced to each other shortly.")
# The receiving side reads these in the place of what the sender sees.
THERE: dict[State, Promise] = {
    State.SENT: _("New"),
    State.ACKNOWLEDGED: _("Received"),
    State.WITH_PARTNER: _("With our company"),
}


def status_for(introduction: Introduction, side: Side) -> str:
    """The state in a word or two, as that side sees it."""
    state = State(introduction.status)
    if state is State.DRAFT and introduction.asked_sender_at:
        return str(THERE[State.WITH_PARTNER])
    if state is State.EXPIRED and introduction.sent_at is None:
        return str(CLOSED_UNSENT)
    mine = THERE.get(state) if side is Side.RECEIVER else None
    return str(mine or IntroductionStatus(introduction.status).label)


def waits_for(introduction: Introduction, actor: Actor, side: Side) -> str:
    """What happens next and who does it, or that nothing does; empty where a reason is told or nothing is owed."""
    state, own = State(introduction.status), introduction.company_on(side)
    if state is State.EXPIRED and introduction.sent_at is None:
        return str(EXPIRED_UNSENT)
    if state in ENDED and (state is State.EXPIRED or not introduction.decline_reason):
        was_silent = state is not State.EXPIRED or introduction.decline_reason
        return str(ENDED[state] if was_silent else EXPIRED_ACCEPTED)
    if introduction.due_at is None and state is not State.ON_HOLD:
        return ""
    other = introduction.broker_on(side.other)
    return str(_sentence(introduction, actor, side)) % {"company": own.name, "broker": other.name}


def _sentence(introduction: Introduction, actor: Actor, side: Side) -> Promise | str:
    state = State(introduction.status)
    is_of_firm = introduction.company_on(side).pk in actor.companies
    if state is State.DRAFT and is_of_firm != bool(introduction.asked_sender_at):
        return TEXTS_CHANGE if is_of_firm else ASKED
    return (FIRMS if is_of_firm else BROKERS).get((state, side), BOTH.get(state, ""))


def what_lacks(introduction: Introduction, actor: Actor, side: Side, lacking: Mapping[Side, Cause]) -> str:
    """After both agreed: what is missing, for the side that can mend it, or that the other one sees to it. `lacking`
    comes from the database, so that it stands on the page of one introduction and in no list."""
    own = introduction.company_on(side)
    other = introduction.broker_on(side.other)
    if side in lacking:
        found = LACKING[lacking[side]]
    elif lacking:
        found = LACKING_THERE
    else:
        found = READY_FOR_FIRMS if own.pk in actor.companies else READY
    return str(found) % {"company": own.name, "broker": other.name}


def why_it_ended(introduction: Introduction, ended_by: str, side: Side) -> str:
    """The polite sentence to the other side, and to the side that ended it the reason that it gave."""
    if not introduction.decline_reason or introduction.status == State.EXPIRED:
        return ""
    reason = DeclineReason(introduction.decline_reason)
    if ended_by == side:
        return str(ENDED_HERE[State(introduction.status)]) % {"reason": reason.label}
    return str(DECLINED[reason].sentence) % {"company": introduction.company_on(side).name}
