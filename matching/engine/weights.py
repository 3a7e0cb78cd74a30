"""The weight of each block and the fit matrices: versioned data, not code paths."""

import hashlib
import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, Self

from matching.engine.blocks import BLOCKS

Matrix = tuple[tuple[float, ...], ...]

AREAS = ("INB", "OPS", "OUT", "MKT", "SRV", "PRC", "TEC", "HRM", "INF")
SIZES = ("micro", "small", "medium", "large")

# Pairs of areas that serve each other: who improves the first can gain from a partner active in the second.
_AREA_PAIRS = {
    ("INB", "INB"): 0.6,
    ("INB", "OUT"): 1.0,
    ("INB", "PRC"): 0.5,
    ("OPS", "OPS"): 1.0,
    ("OPS", "MKT"): 0.4,
    ("OPS", "PRC"): 0.6,
    ("OPS", "TEC"): 0.5,
    ("OPS", "SRV"): 0.3,
    ("OUT", "OUT"): 0.6,
    ("OUT", "MKT"): 0.5,
    ("MKT", "MKT"): 0.6,
    ("MKT", "PRC"): 1.0,
    ("MKT", "SRV"): 0.5,
    ("SRV", "SRV"): 0.8,
    ("SRV", "TEC"): 0.3,
    ("PRC", "PRC"): 0.5,
    ("TEC", "TEC"): 1.0,
    ("TEC", "HRM"): 0.4,
    ("TEC", "INF"): 0.3,
    ("HRM", "HRM"): 1.0,
    ("HRM", "INF"): 0.4,
    ("INF", "INF"): 1.0,
}


def _symmetric(pairs: Mapping[tuple[str, str], float], names: tuple[str, ...]) -> Matrix:
    def fit(first: str, second: str) -> float:
        return pairs.get((first, second), pairs.get((second, first), 0.0))

    return tuple(tuple(fit(first, second) for second in names) for first in names)


AREA_FIT = _symmetric(_AREA_PAIRS, AREAS)
SIZE_FIT = tuple(
    tuple(max(0.0, 1 - abs(first - second) / 2) for second in range(len(SIZES)))
    for first in range(len(SIZES))
)


@dataclass(frozen=True)
class Weights:
    """What each block can add at most to a direction, and how areas and sizes fit each other.

    Block products lie in 0..1 (text: -1..1), so a weight is also the largest part of its block. Text leads:
    after language means, unrelated texts have a product of 0.0 +- 0.08 and the best partner of a typed
    request about 0.35 (911 real companies). All other blocks together stay at twice that spread, so that
    they order what texts leave open.
    `area_fit[i][j]` is the gain of a firm that works on area i from a partner in area j, rows and columns
    in the order of `AREAS`; `size_fit` likewise in the order of `SIZES`.
    """

    text: float = 1.0
    domain: float = 0.03
    area: float = 0.03
    cooperation: float = 0.03
    branch: float = 0.02
    niche: float = 0.02
    language: float = 0.01
    country: float = 0.01
    size: float = 0.005
    readiness: float = 0.005
    area_fit: Matrix = AREA_FIT
    size_fit: Matrix = SIZE_FIT

    def __post_init__(self) -> None:
        """Refuse what would break the explanation: a negative or infinite weight, a matrix of another
        shape.
        """
        numbers = [self.of(block) for block in BLOCKS]
        numbers += [cell for row in (*self.area_fit, *self.size_fit) for cell in row]
        if not all(math.isfinite(number) and number >= 0 for number in numbers):
            raise ValueError("Weights must be finite and not negative.")
        for matrix, names in ((self.area_fit, AREAS), (self.size_fit, SIZES)):
            if len(matrix) != len(names) or any(len(row) != len(names) for row in matrix):
                raise ValueError("A fit matrix must have one row and one column for each name.")

    def of(self, block: str) -> float:
        """Return the weight of one block by its code."""
        return float(getattr(self, block))

    @property
    def version(self) -> str:
        """Twelve hex digits that change with any weight or matrix cell."""
        content = json.dumps(self.as_mapping(), sort_keys=True)
        return hashlib.sha256(content.encode()).hexdigest()[:12]

    def as_mapping(self) -> dict[str, Any]:
        """Return plain JSON values, as a stored weight set holds them."""
        return {
            field.name: [list(row) for row in value] if isinstance(value, tuple) else value
            for field in fields(self)
            for value in (getattr(self, field.name),)
        }

    @classmethod
    def from_mapping(cls, values: Mapping[str, Any]) -> Self:
        """Build from stored JSON values; what is left out has its default, an unknown name is an error."""
        plain: dict[str, Any] = {
            name: tuple(tuple(float(cell) for cell in row) for row in value)
            if isinstance(value, list | tuple)
            else float(value)
            for name, value in values.items()
        }
        return cls(**plain)
