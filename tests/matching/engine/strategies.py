"""Profiles made up by hypothesis, and the naive search that the fast one must equal."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from hypothesis import strategies as st

from matching.engine import align
from matching.engine.features import Arrays
from matching.engine.profiles import Profile, Side
from matching.engine.score import pair_score
from matching.engine.weights import AREAS, SIZES

COUNTRIES = ("DE", "DK", "EE", "FI", "LT", "LV", "PL")
NO_OFFSETS = align.ShippedMeans("none", np.zeros(384, np.float32), {})
PLAIN_MEANS = align.language_means([], NO_OFFSETS)


def side(numbers: np.random.Generator, sentences: int, topics: int = 4) -> Side:
    """A side whose sentences mix a few topics, so that some pairs are close and others are not."""
    bases = np.random.default_rng(7).normal(size=(topics, 384))
    vectors = bases[numbers.integers(topics, size=sentences)] + numbers.normal(size=(sentences, 384))
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True) if sentences else 1
    return Side(vectors.astype(np.float32), tuple(f"Sentence {place}." for place in range(sentences)))


def profile(number: int, numbers: np.random.Generator, **facts: Any) -> Profile:
    """A profile with random facts; any of them may be missing."""

    def some(values: Sequence[str], count: int) -> tuple[str, ...]:
        return tuple(
            str(value) for value in numbers.choice(values, numbers.integers(count + 1), replace=False)
        )

    values: dict[str, Any] = {
        "id": f"prf_{number:04d}",
        "company": f"cmp_{number // 2}",
        "country": str(numbers.choice(COUNTRIES, p=(0.4, 0.2, 0.1, 0.1, 0.1, 0.05, 0.05))),
        "language": "en",
        "offered": side(numbers, int(numbers.integers(4))),
        "sought": side(numbers, int(numbers.integers(3))),
        "nace": some(("25.62", "25.61", "C31.0", "62", "10.51"), 2),
        "domains": tuple((code, 1.0) for code in some(("food", "ict", "energy"), 2)),
        "area": str(numbers.choice((*AREAS, ""))),
        "cooperation": some(("supplier", "distributor", "licence"), 2),
        "languages": some(("en", "de", "pl", "et"), 3),
        "wished": some(COUNTRIES, 3) if numbers.random() < 0.3 else (),
        "excluded": some(COUNTRIES, 2),
        "size": str(numbers.choice((*SIZES, ""))),
        "readiness": float(numbers.random()) if numbers.random() < 0.7 else None,
        "matchable": bool(numbers.random() < 0.9),
    }
    return Profile(**(values | facts))


@st.composite
def snapshots(draw: st.DrawFn, largest: int = 60) -> list[Profile]:
    """Some profiles in any order; often several are exact copies under another id."""
    numbers = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    count = draw(st.integers(0, largest))
    made = [profile(number, numbers) for number in range(count)]
    copies = [
        Profile(**(vars(made[number % count]) | {"id": f"prf_{count + number:04d}", "company": ""}))
        for number in range(draw(st.integers(0, 8)) if count else 0)
    ]
    return list(draw(st.permutations(made + copies)))


def naive_scores(arrays: Arrays) -> np.ndarray:
    """The score of every ordered pair [n, n], 0 where a hard rule forbids it."""
    table = arrays.niche_table[arrays.sought_niche[:, None], arrays.offered_niche]
    directions = (arrays.sought @ arrays.offered.T + table).astype(np.float64)
    scores = pair_score(directions, directions.T)
    accepted = arrays.accepts[:, arrays.country] & arrays.matchable
    scores[~(accepted & accepted.T)] = 0
    for first, second in arrays.barred:
        scores[first, second] = scores[second, first] = 0
    return scores
