"""Why two profiles match: the parts that make the score, reasons, the sentences that met, and what is weak.

The explanation is the computation: parts come from `score.pair_parts`. A reason names one part of one
direction with a positive contribution; without that part the score would be lower.
"""

from dataclasses import dataclass

import numpy as np

from matching.engine import blocks
from matching.engine.align import LanguageMeans
from matching.engine.facets import Floats, text_vector
from matching.engine.features import build_rows, make_layout
from matching.engine.profiles import Profile, Side
from matching.engine.score import PairParts, pair_parts
from matching.engine.weights import Weights

FORWARD = "forward"
BACKWARD = "backward"
# A part below this share of the score is true but not worth a sentence.
WORTH_SAYING = 0.02


@dataclass(frozen=True)
class Quote:
    """The sentence of a side whose removal lowers the direction most: its place, and its text if known."""

    place: int
    text: str


@dataclass(frozen=True)
class Part:
    """One block's share: `value` in its direction, `contribution` to the score; `label` marked for
    translation.
    """

    block: str
    label: str
    value: float
    contribution: float


@dataclass(frozen=True)
class Direction:
    """What one firm seeks against what the other offers.

    `value` is the sum of the parts, not clamped; `exists` is false where one of the sides says nothing.
    Quotes are given where the texts have something in common.
    """

    value: float
    exists: bool
    parts: tuple[Part, ...]
    sought_quote: Quote | None
    offered_quote: Quote | None


@dataclass(frozen=True)
class Reason:
    """One part of one direction that raises the score; `sentence` is marked for translation."""

    block: str
    direction: str
    sentence: str
    part: float
    contribution: float


@dataclass(frozen=True)
class Missing:
    """A fact that could have counted but is not known; `side` is "first", "second" or "both"."""

    block: str
    side: str
    sentence: str


@dataclass(frozen=True)
class Explanation:
    """Everything a card shows. `forward` is what the first profile seeks against what the second offers.

    `weakest` is the block that is known on both sides and leaves most of its weight unused, `weak_point` its
    sentence. `one_direction` holds a sentence where only one direction could be compared, else ''.
    """

    score: float
    forward: Direction
    backward: Direction
    reasons: tuple[Reason, ...]
    weakest: str
    weak_point: str
    missing: tuple[Missing, ...]
    one_direction: str


def explain(
    first: Profile, second: Profile, weights: Weights, means: LanguageMeans, reasons: int = 3
) -> Explanation:
    """Explain a pair from its two profiles alone; the numbers are those of any run with the same versions."""
    pair = [first, second]
    arrays = build_rows(pair, make_layout(pair, weights), weights, means)
    parts = pair_parts(arrays, np.array([0]), arrays, np.array([1]))
    contributions = parts.contributions
    weakest = _weakest(parts, weights, _known(first, second))
    both = [_exists(first.sought, second.offered), _exists(second.sought, first.offered)]
    return Explanation(
        score=float(parts.scores[0]),
        forward=_direction(parts.forward[0], contributions[0][0], first, second, means),
        backward=_direction(parts.backward[0], contributions[1][0], second, first, means),
        reasons=_reasons(parts, reasons),
        weakest=weakest,
        weak_point=blocks.WEAK_POINTS.get(weakest, ""),
        missing=_missing(first, second, weights),
        one_direction=blocks.ONE_DIRECTION if sum(both) == 1 else "",
    )


def quote(side: Side, mean: Floats, other: Floats) -> Quote:
    """Return the sentence without which the side's text vector meets `other` (a unit vector) least."""
    without = [
        float(text_vector(Side(np.delete(side.vectors, place, axis=0)), mean) @ other)
        for place in range(len(side.vectors))
    ]
    # The only sentence is the side itself: without it there is no direction.
    place = int(np.argmin(without))
    return Quote(place, side.sentences[place] if side.sentences else "")


def _direction(
    values: Floats, contributions: Floats, seeker: Profile, partner: Profile, means: LanguageMeans
) -> Direction:
    parts = tuple(
        Part(block, blocks.LABELS[block], float(value), float(contribution))
        for block, value, contribution in zip(blocks.BLOCKS, values, contributions, strict=True)
    )
    exists = _exists(seeker.sought, partner.offered)
    quotes: tuple[Quote | None, Quote | None] = (None, None)
    if exists and parts[blocks.BLOCKS.index(blocks.TEXT)].value > 0:
        mine = means.of(seeker.language, sought=True)
        theirs = means.of(partner.language, sought=False)
        quotes = (
            quote(seeker.sought, mine, text_vector(partner.offered, theirs)),
            quote(partner.offered, theirs, text_vector(seeker.sought, mine)),
        )
    return Direction(float(values.sum()), exists, parts, *quotes)


def _exists(sought: Side, offered: Side) -> bool:
    return sought.exists and offered.exists


def _reasons(parts: PairParts, limit: int) -> tuple[Reason, ...]:
    score = float(parts.scores[0])
    found = [
        Reason(block, name, blocks.REASONS[block], float(value), float(contribution))
        for name, values, contributions in (
            (FORWARD, parts.forward[0], parts.contributions[0][0]),
            (BACKWARD, parts.backward[0], parts.contributions[1][0]),
        )
        for block, value, contribution in zip(blocks.BLOCKS, values, contributions, strict=True)
        if value > 0 and contribution > WORTH_SAYING * score
    ]
    return tuple(sorted(found, key=lambda reason: -reason.contribution)[:limit])


def _known(first: Profile, second: Profile) -> dict[str, tuple[bool, bool]]:
    """Tell for each block whether the first and the second profile say something about it."""
    pair = (first, second)
    facts = {
        blocks.TEXT: [profile.sought.exists and profile.offered.exists for profile in pair],
        blocks.DOMAIN: [bool(profile.domains) for profile in pair],
        blocks.AREA: [bool(profile.area) for profile in pair],
        blocks.COOPERATION: [bool(profile.cooperation) for profile in pair],
        blocks.BRANCH: [bool(profile.nace or profile.offered.nace) for profile in pair],
        blocks.LANGUAGE: [bool(profile.languages) for profile in pair],
        blocks.SIZE: [bool(profile.size) for profile in pair],
        blocks.READINESS: [profile.readiness is not None for profile in pair],
    }
    return {block: (known[0], known[1]) for block, known in facts.items()}


def _weakest(parts: PairParts, weights: Weights, known: dict[str, tuple[bool, bool]]) -> str:
    better = np.maximum(parts.forward[0], parts.backward[0])
    unused = {
        block: weights.of(block) - better[place]
        for place, block in enumerate(blocks.BLOCKS)
        if block != blocks.TEXT and all(known.get(block, (False,)))
    }
    weakest = max(unused, key=lambda block: unused[block], default="")
    return weakest if weakest and unused[weakest] > 0.5 * weights.of(weakest) else ""


def _missing(first: Profile, second: Profile, weights: Weights) -> tuple[Missing, ...]:
    sides = {(False, True): "first", (True, False): "second", (False, False): "both"}
    return tuple(
        Missing(block, sides[known], blocks.MISSING[block])
        for block, known in _known(first, second).items()
        if not all(known) and weights.of(block) > 0
    )
