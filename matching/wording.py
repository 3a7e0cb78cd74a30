"""The engine's findings in the reader's words."""

from enum import IntEnum

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


class Strength(IntEnum):
    """How well a pair fits, in four steps."""

    WEAK = 0
    POSSIBLE = 1
    GOOD = 2
    STRONG = 3


# The lowest score of each step. Of the 87 pairs that the authors of the demonstration planned, 24 are strong, 25
# good and 26 possible; of the 3,200 other pairs that the matching found 7, 48 and 325.
LOWEST = ((Strength.STRONG, 0.35), (Strength.GOOD, 0.25), (Strength.POSSIBLE, 0.15))
WORTH_REVIEW = LOWEST[-1][1]


def strength_of(score: float) -> Strength:
    """How well two profiles fit; for a typed request, the one direction that there is stands for the score."""
    return next((strength for strength, lowest in LOWEST if score >= lowest), Strength.WEAK)


def word_for(strength: Strength) -> str:
    """The step in a word."""
    return {
        Strength.STRONG: gettext("strong match"),
        Strength.GOOD: gettext("good match"),
        Strength.POSSIBLE: gettext("possible match"),
        Strength.WEAK: gettext("weak match"),
    }[strength]


def short_reason(reason: Reason) -> str:
    """A reason for a card that quotes the two sentences beside it, seen from the first profile."""
    if reason.block != blocks.TEXT:
        return gettext(reason.sentence)
    if reason.direction == FORWARD:
        return gettext("They offer what you seek.")
    return gettext("You offer what they seek.")
