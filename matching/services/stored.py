"""What a run stored of a pair: enough for a card when a text has changed since and cannot be quoted."""

import numpy as np

from matching.engine import blocks
from matching.engine.explain import Direction, Explanation, Part
from matching.engine.score import coefficients
from matching.models import Match


def stored_explanation(match: Match, *, seen_from_first: bool) -> Explanation:
    """The parts of the run, without quotes and reasons; the contributions add up to the stored score."""
    a, b = coefficients(np.array([match.forward]), np.array([match.backward]))
    forward = _direction(match.parts["forward"], match.forward, float(a[0]))
    backward = _direction(match.parts["backward"], match.backward, float(b[0]))
    return Explanation(
        score=match.score,
        forward=forward if seen_from_first else backward,
        backward=backward if seen_from_first else forward,
        reasons=(),
        weakest="",
        weak_point="",
        missing=(),
        one_direction="",
    )


def _direction(values: dict[str, float], total: float, share: float) -> Direction:
    parts = tuple(
        Part(block, blocks.LABELS[block], value, share * value)
        for block, value in values.items()
        if block in blocks.LABELS
    )
    return Direction(total, total > 0, parts, None, None)
