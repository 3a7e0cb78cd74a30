"""What happens in the matching."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tibs.events.vocabulary import Audience, Event

RUN_REQUESTED = Event("matching.run.requested", _("A full matching was asked for."), Audience.STAFF)
RUN_FINISHED = Event("matching.run.finished", _("A full matching finished."), Audience.STAFF)
RUN_FAILED = Event("matching.run.failed", _("A full matching failed."), Audience.STAFF)
RUN_STRAYED = Event(
    "matching.run.strayed", _("Single updates and the full matching do not agree."), Audience.STAFF
)


def _introduction(code: str, sentence: Promise) -> Event:
    return Event(f"matching.introduction.{code}", sentence)


INTRODUCTION_STARTED = _introduction("started", _("An introduction to a firm abroad was begun."))
INTRODUCTION_WRITTEN = _introduction("written", _("The texts of an introduction were changed."))
INTRODUCTION_ASKED = _introduction("asked", _("The company was asked to agree to an introduction."))
INTRODUCTION_AGREED = _introduction("agreed", _("The company agreed to an introduction."))
INTRODUCTION_SENT = _introduction("sent", _("An introduction was sent to a broker abroad."))
INTRODUCTION_RECEIVED = _introduction("received", _("A broker abroad proposed an introduction."))
INTRODUCTION_ACKNOWLEDGED = _introduction("acknowledged", _("The receipt of an introduction was confirmed."))
INTRODUCTION_PUT = _introduction("put", _("An introduction was put to the company."))
INTRODUCTION_ACCEPTED = _introduction("accepted", _("The company accepted an introduction."))
# The one event of an introduction that succeeds; `contacts_exchanged` is its line in the other firm's timeline.
INTRODUCED = _introduction("introduced", _("The company and a firm abroad were introduced to each other."))
CONTACTS_EXCHANGED = _introduction(
    "contacts_exchanged", _("The company and a firm abroad have each other's contact data now.")
)
INTRODUCTION_FEEDBACK = _introduction("feedback", _("The first contact after an introduction was reported."))
INTRODUCTION_DECLINED = _introduction("declined", _("An introduction was declined."))
INTRODUCTION_WITHDRAWN = _introduction("withdrawn", _("An introduction was withdrawn."))
INTRODUCTION_STOPPED = _introduction(
    "stopped", _("An introduction ended because something that it needs was withdrawn.")
)
INTRODUCTION_EXPIRED = _introduction("expired", _("An introduction went back without an answer."))
INTRODUCTION_CLOSED = _introduction("closed", _("An introduction ended without a meeting."))
INTRODUCTION_HELD = _introduction("held", _("An introduction was put on hold."))
INTRODUCTION_RESUMED = _introduction("resumed", _("An introduction goes on."))
INTRODUCTION_TRANSFERRED = _introduction("transferred", _("A colleague took over an introduction."))
INTRODUCTION_REMINDED = _introduction("reminded", _("A reminder of an introduction was sent."))
INTRODUCTION_ESCALATED = _introduction(
    "escalated", _("Nobody answered an introduction in time, so the coordinator was told.")
)
MATCH_SHORTLISTED = Event("matching.match.shortlisted", _("A partner was put on the shortlist."))
MATCH_DISMISSED = Event("matching.match.dismissed", _("A partner was found not relevant."))
DECISION_UNDONE = Event("matching.match.reconsidered", _("A decision about a partner was taken back."))
COMPANY_BLOCKED = Event("matching.block.made", _("A partner is not to be proposed again."))
BLOCK_LIFTED = Event("matching.block.lifted", _("A partner may be proposed again."))
VIEW_ASKED = Event("matching.view.asked", _("A colleague was asked about a partner."))
VIEW_GIVEN = Event("matching.view.given", _("A colleague said what they think of a partner."))
VIEW_ENDED = Event(
    "matching.view.ended", _("A question to a colleague about a partner ended without an answer.")
)
COOPERATION_OPENED = Event("matching.cooperation.opened", _("Two firms were introduced and can meet."))
COOPERATION_STEP_SET = Event("matching.cooperation.step_set", _("The next step with the partner was set."))
COOPERATION_GIVEN_UP = Event("matching.cooperation.given_up", _("The talks ended without an agreement."))
COOPERATION_HANDED_OVER = Event(
    "matching.cooperation.handed_over", _("Another broker took over the talks with the partner.")
)
MEETING_PROPOSED = Event("matching.meeting.proposed", _("Times for a meeting were proposed."))
MEETING_FIXED = Event("matching.meeting.fixed", _("The time of a meeting was fixed."))
MEETING_CANCELLED = Event("matching.meeting.cancelled", _("A meeting was cancelled."))
MEETING_HELD = Event("matching.meeting.held", _("A meeting took place."))
AGREEMENT_WRITTEN = Event("matching.agreement.written", _("The agreement was written down."))
AGREEMENT_STATED = Event("matching.agreement.stated", _("The company confirmed the agreement."))
AGREEMENT_DISPUTED = Event(
    "matching.agreement.disputed", _("The company said that the agreement is not what was agreed.")
)
AGREEMENT_RETURNED = Event("matching.agreement.returned", _("The agreement was sent back with a question."))
AGREEMENT_VALIDATED = Event("matching.agreement.validated", _("The agreement was validated and counts."))
EVIDENCE_READ = Event("matching.agreement.evidence_read", _("The evidence of the agreement was read."))
FOLLOW_UP_ANSWERED = Event("matching.follow_up.answered", _("It was told what became of the agreement."))
STRATEGY_DRAFTED = Event("matching.strategy.drafted", _("A joint strategy was begun."))
STRATEGY_CHANGED = Event("matching.strategy.changed", _("A joint strategy was changed."))
STRATEGY_SIGNED = Event("matching.strategy.signed", _("The company signed a joint strategy."))
STRATEGY_NAMED = Event(
    "matching.strategy.named", _("The company agreed that the firms of a joint strategy read its name.")
)
STRATEGY_LEFT = Event("matching.strategy.left", _("The company does not take part in a joint strategy."))
STRATEGY_LAPSED = Event(
    "matching.strategy.lapsed", _("The time to answer about a joint strategy ended without an answer.")
)
STRATEGY_MOVED = Event("matching.strategy.moved", _("A joint strategy reached its next status."))
STRATEGY_HANDED_OVER = Event("matching.strategy.handed_over", _("Another broker leads a joint strategy now."))
