"""What people are told about introductions and matches. No sentence names the other firm or its people."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from matching.choices import DeclineReason
from matching.handshake import Cause
from tibs.events.models import NoticeKind
from tibs.events.notices import Notice


def _notice(code: str, sentence: Promise, *, waits: bool = False) -> Notice:
    return Notice(f"matching.introduction.{code}", sentence, NoticeKind.INTRODUCTIONS, waits)


ASKED = _notice(
    "asked",
    _("Your broker would like to introduce %(company)s to a firm abroad. Please read the texts and answer."),
    waits=True,
)
AGREED = _notice(
    "agreed", _("%(company)s agreed to the introduction. You can send it to %(broker)s."), waits=True
)
REFUSED = _notice("refused", _("%(company)s does not want the introduction that you wrote."))
TO_BE_WRITTEN = _notice(
    "to_be_written", _("An introduction of %(company)s goes on: its texts wait for you."), waits=True
)
NOTED = _notice(
    "noted",
    _(
        "Your broker wrote down that %(company)s agrees to an introduction. If that is not so, tell your broker."
    ),
)
RECEIVED = _notice(
    "received",
    _("%(broker)s would like to introduce a firm abroad to %(company)s. Please confirm that you have it."),
    waits=True,
)
ACKNOWLEDGED = _notice("acknowledged", _("%(broker)s has received the introduction of %(company)s."))
TO_BE_PUT = _notice(
    "to_be_put", _("Put the introduction of a firm abroad to %(company)s, and hear what it says."), waits=True
)
PUT = _notice(
    "put",
    _("A firm abroad would like to meet %(company)s. Please read what it writes and answer."),
    waits=True,
)
WITH_PARTNER = _notice("with_partner", _("The other firm reads the introduction of %(company)s now."))
# Both firms agreed, but they cannot be introduced yet: the side that can mend it reads what is missing.
ACCEPTED_WITHOUT = {
    cause: _notice(f"accepted_without_{cause}", sentence, waits=True)
    for cause, sentence in {
        Cause.CONSENT: _(
            "Both firms of an introduction of %(company)s agreed. Before they meet, %(company)s must consent anew to "
            "the publication of its profile."
        ),
        Cause.PROFILE: _(
            "Both firms of an introduction of %(company)s agreed. Before they meet, the profile of %(company)s must be "
            "published again."
        ),
        Cause.COMPANY: _(
            "Both firms of an introduction of %(company)s agreed, but %(company)s takes no part any more."
        ),
    }.items()
}
ACCEPTED_ELSEWHERE = _notice(
    "accepted",
    _(
        "Both firms of an introduction of %(company)s agreed. Something is still missing on the side of %(broker)s."
    ),
)
INTRODUCED = _notice(
    "introduced",
    _("%(company)s and its partner abroad are introduced: you can see each other's contact data."),
)
FEEDBACK_DUE = _notice(
    "feedback_due", _("Please tell how the first contact of %(company)s with its partner went."), waits=True
)
FEEDBACK = _notice("feedback", _("%(broker)s tells how the first contact of %(company)s went."))
WITHDRAWN = _notice(
    "withdrawn", _("The introduction that was meant for %(company)s will not go on. Thank you.")
)
STOPPED = _notice(
    "stopped", _("An introduction of %(company)s ended, because something that it needs was withdrawn.")
)
# What the own broker reads of an end that came from elsewhere; the other side reads WITHDRAWN.
STOPPED_BY = {
    cause: _notice(f"stopped_{cause}", sentence)
    for cause, sentence in {
        Cause.CONSENT: _(
            "An introduction of %(company)s ended, because the company withdrew its consent to publication."
        ),
        Cause.PROFILE: _(
            "An introduction of %(company)s ended, because its profile was taken back or withdrawn."
        ),
        Cause.COMPANY: _("An introduction of %(company)s ended, because the company takes no part any more."),
        Cause.BLOCK: _("An introduction of %(company)s ended, because the two firms are kept apart now."),
    }.items()
}
EXPIRED = _notice(
    "expired", _("An introduction of %(company)s went back without an answer. You may begin it anew.")
)
EXPIRED_FOR_FIRM = _notice(
    "expired_firm",
    _("An introduction of %(company)s ended without an answer. Your broker may begin it anew."),
)
LAPSED = _notice("lapsed", _("The introduction that was meant for %(company)s has ended without an answer."))
# Its own broker let it lie: the other side was never asked.
EXPIRED_UNSENT = _notice(
    "expired_unsent",
    _("An introduction of %(company)s was not sent in time and is closed. You may begin it anew."),
)
EXPIRED_UNSENT_FOR_FIRM = _notice(
    "expired_unsent_firm",
    _("An introduction of %(company)s was not sent in time and is closed. Your broker may begin it anew."),
)
EXPIRED_ACCEPTED = _notice(
    "expired_accepted",
    _(
        "An introduction of %(company)s went back: both firms agreed, but what was missing did not come in time. "
        "You may begin it anew."
    ),
)
EXPIRED_ACCEPTED_FOR_FIRM = _notice(
    "expired_accepted_firm",
    _(
        "An introduction of %(company)s has ended: both firms agreed, but what was missing did not come in time. "
        "Your broker may begin it anew."
    ),
)
LAPSED_ACCEPTED = _notice(
    "lapsed_accepted",
    _(
        "The introduction that was meant for %(company)s has ended: both firms agreed, but what was missing did not "
        "come in time."
    ),
)
HELD = _notice("held", _("An introduction of %(company)s rests until %(day)s."))
RESUMED = _notice("resumed", _("An introduction of %(company)s goes on."))
TAKEN_OVER = _notice("taken_over", _("You are the broker of an introduction of %(company)s now."), waits=True)
# Where the other side acts next, or nobody does.
KEPT_ON = _notice("kept_on", _("You are the broker of an introduction of %(company)s now."))
CHANGED_HANDS = _notice(
    "changed_hands", _("%(broker)s has taken over the other side of an introduction of %(company)s.")
)
REMINDED = _notice(
    "reminded", _("An introduction of %(company)s waits for you. Half of the time is over."), waits=True
)
LATE = _notice(
    "late", _("The time for an introduction of %(company)s is over. Please act today."), waits=True
)
ESCALATED = _notice(
    "escalated",
    _("An introduction of %(company)s was not answered in time. %(broker)s is responsible."),
    waits=True,
)

# The polite sentence for each reason, from the firm that declined to the firm that asked.
DECLINED = {
    reason: _notice(f"declined_{reason}", sentence)
    for reason, sentence in {
        DeclineReason.NO_CAPACITY: _(
            "The firm that was proposed to %(company)s says thank you. It has no capacity for a new partner at present."
        ),
        DeclineReason.PRICE: _(
            "The firm that was proposed to %(company)s says thank you. The price levels of the two are too far apart."
        ),
        DeclineReason.COMPETITOR: _(
            "The firm that was proposed to %(company)s says thank you. It finds the two firms too close to each other."
        ),
        DeclineReason.LANGUAGE: _(
            "The firm that was proposed to %(company)s says thank you. It sees no language that both work in."
        ),
        DeclineReason.TIMING: _(
            "The firm that was proposed to %(company)s says thank you. The time is not right for it; ask again later."
        ),
        DeclineReason.TRUST: _(
            "The firm that was proposed to %(company)s says thank you. It would need to know more before it decides."
        ),
        DeclineReason.LEGAL: _(
            "The firm that was proposed to %(company)s says thank you. Standards or law stand in the way."
        ),
        DeclineReason.NO_FIT: _(
            "The firm that was proposed to %(company)s says thank you. What one offers and the other needs do not fit."
        ),
        DeclineReason.NO_ANSWER: _(
            "The firm that was proposed to %(company)s could not be reached in time. We are sorry."
        ),
        DeclineReason.OTHER: _(
            "The firm that was proposed to %(company)s says thank you. It does not wish to go on this time."
        ),
    }.items()
}

VIEW_ASKED = Notice(
    "matching.view.asked",
    _("%(sender)s asks what you think of a match."),
    NoticeKind.MATCHES,
    waits=True,
)
VIEW_GIVEN = Notice(
    "matching.view.given",
    _("%(sender)s says what they think of a match of %(company)s."),
    NoticeKind.MATCHES,
)
VIEW_NOT_GIVEN = Notice(
    "matching.view.not_given",
    _("%(sender)s cannot say anything about a match of %(company)s. You can ask somebody else."),
    NoticeKind.MATCHES,
)
VIEW_LEFT = Notice(
    "matching.view.left",
    _("%(sender)s has left and does not answer your question about a match of %(company)s any more."),
    NoticeKind.MATCHES,
)
