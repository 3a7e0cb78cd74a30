"""The engine's findings in the reader's words."""

from django.utils.translation import gettext

from matching.engine import blocks
from matching.engine.explain import FORWARD, Direction, Explanation, Reason


def direction_of(reason: Reason, explanation: Explanation) -> Direction:
    """The direction that a reason speaks of."""
    return explanation.forward if reason.direction == FORWARD else explanation.backward


def reason_sentence(reason: Reason, explanation: Explanation) -> str:
    """A reason as a sentence; for the texts with the two sentences that fit each other."""
    direction = direction_of(reason, explanation)
    if reason.block != blocks.TEXT or not (direction.sought_quote and direction.offered_quote):
        return gettext(reason.sentence)
    return gettext("The request “%(sought)s” meets the offer “%(offered)s”.") % {
        "sought": direction.sought_quote.text,
        "offered": direction.offered_quote.text,
    }


def strength(score: float) -> str:
    """The score in a word. The bounds are those of the demonstration's good and chance pairs."""
    if score >= 0.45:
        return gettext("strong match")
    if score >= 0.3:
        return gettext("good match")
    if score >= 0.2:
        return gettext("possible match")
    return gettext("weak match")
