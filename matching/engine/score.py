"""Directions, the score of a pair, and the parts it is made of.

`pair_parts` is the one routine that computes a pair for storing and showing; the search only finds
candidates.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matching.engine import blocks
from matching.engine.features import Arrays

Doubles = NDArray[np.float64]
Directions = NDArray[np.floating]
Rows = NDArray[np.integer]


@dataclass(frozen=True, eq=False)
class PairParts:
    """The parts of p pairs, [p, 10] each in the order of `blocks.BLOCKS`; `forward` is sought(i) .
    offered(j).
    """

    forward: Doubles
    backward: Doubles

    @property
    def directions(self) -> tuple[Doubles, Doubles]:
        """Return f and g [p], sums of their parts, not clamped."""
        return self.forward.sum(axis=1), self.backward.sum(axis=1)

    @property
    def scores(self) -> Doubles:
        """Return the score of each pair [p]."""
        return np.asarray(pair_score(*self.directions), np.float64)

    @property
    def contributions(self) -> tuple[Doubles, Doubles]:
        """Return each part's share of the score, [p, 10] for both directions; together they add up to it."""
        a, b = coefficients(*self.directions)
        return a[:, None] * self.forward, b[:, None] * self.backward


def pair_score(f: Directions, g: Directions) -> Directions:
    """Return max/2 + harmonic mean/2 of the directions clamped at 0; 0 where both are 0."""
    f, g = np.maximum(f, 0), np.maximum(g, 0)
    total = f + g
    total[total == 0] = 1
    return np.asarray(np.maximum(f, g) / 2 + f * (g / total))


def coefficients(f: Doubles, g: Doubles) -> tuple[Doubles, Doubles]:
    """Return a and b with a * f + b * g = score, both 0 where the pair has no score.

    For f >= g > 0: a = 1/2 + g^2/(f+g)^2, b = f^2/(f+g)^2; swapped for g > f; the other is 0 if one is not
    positive.
    """
    f, g = np.maximum(f, 0), np.maximum(g, 0)
    total = np.where(f + g > 0, f + g, 1)
    share_f, share_g = (f / total) ** 2, (g / total) ** 2
    a = np.where(f > 0, np.where(f >= g, 0.5 + share_g, share_g), 0.0)
    b = np.where(g > 0, np.where(g > f, 0.5 + share_f, share_f), 0.0)
    return a, b


def pair_parts(first: Arrays, i: Rows, second: Arrays, j: Rows) -> PairParts:
    """Return the parts of the pairs (first[i[p]], second[j[p]]); both snapshots must share layout and
    weights.
    """
    return PairParts(_direction(first, i, second, j), _direction(second, j, first, i))


def _direction(seeking: Arrays, i: Rows, offering: Arrays, j: Rows) -> Doubles:
    sought, offered = seeking.sought[i], offering.offered[j]
    parts = np.zeros((len(i), len(blocks.BLOCKS)))
    for place, block in enumerate(blocks.BLOCKS):
        if block == blocks.NICHE:
            parts[:, place] = seeking.niche_table[seeking.sought_niche[i], offering.offered_niche[j]]
        else:
            span = seeking.layout.columns(block)
            parts[:, place] = np.einsum("ij,ij->i", sought[:, span], offered[:, span])
    return parts
