"""What people are told about meetings, agreements, follow-ups and joint strategies."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tibs.events.models import NoticeKind
from tibs.events.notices import Notice


def _notice(code: str, sentence: Promise, *, waits: bool = False, is_urgent: bool = False) -> Notice:
    name = f"matching.cooperation.{code}"
    return Notice(name, sentence, NoticeKind.COOPERATIONS, waits, is_urgent=is_urgent)


OPENED = _notice("opened", _("%(company)s and %(partner)s can meet now. Times for a meeting come next."))
TIMES_PROPOSED = _notice(
    "times_proposed",
    _("Times for a meeting of %(company)s with %(partner)s are proposed. Please choose one."),
    waits=True,
)
_FIXED = _("The time for the meeting of %(company)s with %(partner)s is fixed.")
_CANCELLED = _("The meeting of %(company)s with %(partner)s was cancelled.")
MEETING_FIXED = _notice("meeting_fixed", _FIXED)
MEETING_CANCELLED = _notice("meeting_cancelled", _CANCELLED)
_MOVED = _(
    "The meeting of %(company)s with %(partner)s on %(day)s does not take place; new times are proposed."
)
MEETING_MOVED = _notice("meeting_moved", _MOVED)
# The same of a meeting that is or was to begin soon: somebody may be about to travel.
MEETING_FIXED_SOON = _notice("meeting_fixed_soon", _FIXED, is_urgent=True)
MEETING_CANCELLED_SOON = _notice("meeting_cancelled_soon", _CANCELLED, is_urgent=True)
MEETING_MOVED_SOON = _notice("meeting_moved_soon", _MOVED, is_urgent=True)
STEP_GIVEN = _notice(
    "step_given", _("The next step between %(company)s and %(partner)s is yours."), waits=True
)
STEP_DUE = _notice("step_due", _("The next step between %(company)s and %(partner)s is due now."), waits=True)
TIMES_PASSED = _notice(
    "times_passed",
    _("Nobody took one of the times for a meeting of %(company)s with %(partner)s. Please propose others."),
    waits=True,
)
MINUTES_DUE = _notice(
    "minutes_due",
    _("Please write down what came of the meeting of %(company)s with %(partner)s."),
    waits=True,
)
STEP_LATE = _notice(
    "step_late",
    _("The next step between %(company)s and %(partner)s is late. %(broker)s is responsible."),
    waits=True,
)
NO_DEAL = _notice("no_deal", _("The talks of %(company)s with %(partner)s have ended without an agreement."))
AWAY = _notice("away", _("%(company)s takes no part at present, and its talks with %(partner)s stand still."))
PARTNER_AWAY = _notice(
    "partner_away", _("%(partner)s takes no part at present, and its talks with %(company)s stand still.")
)
BACK = _notice("back", _("The talks of %(company)s with %(partner)s can go on: both firms take part again."))
TO_STATE = _notice(
    "to_state",
    _("Please read the agreement of %(company)s with %(partner)s and confirm its words."),
    waits=True,
)
RETURNED = _notice(
    "returned",
    _("The agreement of %(company)s with %(partner)s was sent back with a question."),
    waits=True,
)
DISPUTED = _notice(
    "disputed",
    _(
        "%(firm)s says that the agreement of %(company)s with %(partner)s is not what was agreed. Please correct it."
    ),
    waits=True,
)
DISPUTED_FOR_FIRM = _notice(
    "disputed_firm",
    _(
        "%(firm)s says that the agreement of %(company)s with %(partner)s is not what was agreed. The brokers correct "
        "it, and both firms are asked again."
    ),
)
NOTED = _notice(
    "noted",
    _(
        "Your broker wrote down that %(company)s confirms its agreement with %(partner)s. If that is not so, say it on "
        "the page of the agreement."
    ),
)
TO_VALIDATE = _notice(
    "to_validate",
    _("The agreement of %(company)s with %(partner)s waits for somebody of neither side. Please read it."),
    waits=True,
)
# For brokers of neither side, of whom one is enough: once a week at most, however many agreements wait.
SOME_TO_VALIDATE = _notice(
    "some_to_validate",
    _("Agreements of other firms wait for somebody of neither side. You can validate one."),
)
VALIDATED = _notice(
    "validated", _("The agreement of %(company)s with %(partner)s counts now. Congratulations!")
)
VALIDATION_REMINDER = _notice(
    "validation_reminder",
    _("A reminder: the agreement of %(company)s with %(partner)s waits for your judgement."),
    waits=True,
)
VALIDATION_LATE = _notice(
    "validation_late",
    _("Nobody has judged the agreement of %(company)s with %(partner)s in time."),
    waits=True,
)
FOLLOW_UP_DUE = _notice(
    "follow_up_due",
    _("What became of the agreement of %(company)s after %(months)s months? Please tell us."),
    waits=True,
)
FOLLOW_UP_REMINDER = _notice(
    "follow_up_reminder",
    _("A reminder: what became of the agreement of %(company)s after %(months)s months?"),
    waits=True,
)
FOLLOW_UP_SECOND_REMINDER = _notice(
    "follow_up_second_reminder",
    _("The last reminder: what became of the agreement of %(company)s after %(months)s months?"),
    waits=True,
)
FOLLOW_UP_UNANSWERED = _notice(
    "follow_up_unanswered",
    _(
        "%(company)s has not told what became of its agreement after %(months)s months. Please ask its broker."
    ),
    waits=True,
)
STRATEGY_TO_SIGN = _notice(
    "strategy_to_sign",
    _("Please read the joint strategy “%(title)s” and sign it for %(company)s."),
    waits=True,
)
STRATEGY_READABLE = _notice(
    "strategy_readable",
    _("You can read now who takes part in the joint strategy “%(title)s”. Please sign it for %(company)s."),
    waits=True,
)
STRATEGY_REMINDER = _notice(
    "strategy_reminder",
    _("A reminder: the joint strategy “%(title)s” waits for an answer of %(company)s."),
    waits=True,
)
STRATEGY_LATE = _notice(
    "strategy_late",
    _("%(company)s has not answered in time whether it signs the joint strategy “%(title)s”."),
    waits=True,
)
# For the firm and its broker; and for the lead, who goes on without it or asks again.
STRATEGY_LAPSED = _notice(
    "strategy_lapsed",
    _(
        "The time in which %(company)s could sign the joint strategy “%(title)s” is over. Who leads it can ask again."
    ),
)
STRATEGY_UNANSWERED = _notice(
    "strategy_unanswered",
    _(
        "%(company)s has not answered whether it signs the joint strategy “%(title)s”. Ask it again, or go on without "
        "it."
    ),
    waits=True,
)
STRATEGY_AWAY = _notice(
    "strategy_away",
    _(
        "%(company)s takes no part at present and cannot sign the joint strategy “%(title)s”. Go on without it, or ask "
        "it again once it is back."
    ),
    waits=True,
)
STRATEGY_ACTIVITY_DUE = _notice(
    "strategy_activity_due", _("An activity of the joint strategy “%(title)s” is due: %(what)s"), waits=True
)
STRATEGY_NOTED = _notice(
    "strategy_noted",
    _(
        "Your broker wrote down that %(company)s signs the joint strategy “%(title)s”. If that is not so, tell your "
        "broker."
    ),
)
STRATEGY_NAME_NOTED = _notice(
    "strategy_name_noted",
    _(
        "Your broker wrote down that the firms of the joint strategy “%(title)s” may read the name of %(company)s. If "
        "that is not so, tell your broker."
    ),
)
STRATEGY_LEFT = _notice(
    "strategy_left", _("%(company)s does not take part in the joint strategy “%(title)s”.")
)
STRATEGY_GIVEN_UP = _notice("strategy_given_up", _("The joint strategy “%(title)s” was given up."))
STRATEGY_AGREED = _notice("strategy_agreed", _("The joint strategy “%(title)s” is agreed."))
