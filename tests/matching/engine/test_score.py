import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.engine import blocks
from matching.engine.features import build
from matching.engine.profiles import Profile, Side
from matching.engine.score import PairParts, coefficients, pair_parts, pair_score
from matching.engine.weights import Weights
from tests.matching.engine.strategies import PLAIN_MEANS, profile, side, snapshots

DIRECTIONS = st.lists(
    st.tuples(st.floats(-1, 1, width=32), st.floats(-1, 1, width=32)), min_size=1, max_size=20
)


def columns(pairs: list[tuple[float, float]]) -> tuple[np.ndarray, np.ndarray]:
    f, g = np.array(pairs, np.float64).T
    return f, g


def all_pairs(profiles: list[Profile], weights: Weights | None = None) -> PairParts:
    arrays = build(profiles, weights or Weights(), PLAIN_MEANS)
    i, j = np.triu_indices(len(arrays), 1)
    return pair_parts(arrays, i, arrays, j)


@given(DIRECTIONS)
def test_the_score_lies_between_the_mean_of_the_clamped_directions_and_nine_eighths_of_it(pairs) -> None:
    f, g = columns(pairs)
    mean = (np.maximum(f, 0) + np.maximum(g, 0)) / 2

    score = pair_score(f, g)

    assert (score >= mean - 1e-12).all()
    assert (score <= 9 / 8 * mean + 1e-12).all()


@given(DIRECTIONS)
def test_the_score_does_not_depend_on_which_profile_comes_first(pairs) -> None:
    f, g = columns(pairs)

    assert np.allclose(pair_score(f, g), pair_score(g, f), atol=1e-12)


@given(DIRECTIONS)
def test_the_coefficients_give_the_score(pairs) -> None:
    f, g = columns(pairs)

    a, b = coefficients(f, g)

    assert np.allclose(a * f + b * g, pair_score(f, g), atol=1e-9)


@pytest.mark.parametrize(
    ("f", "g", "score"),
    [
        (0.6, 0.6, 0.6),
        (0.6, 0.0, 0.3),
        (0.6, -0.5, 0.3),
        (0.6, 0.2, 0.3 + 0.15),
        (0.2, 0.6, 0.3 + 0.15),
        (0.0, 0.0, 0.0),
        (-0.1, -0.2, 0.0),
    ],
)
def test_one_strong_direction_counts_and_two_win(f: float, g: float, score: float) -> None:
    assert pair_score(np.array([f]), np.array([g]))[0] == pytest.approx(score)


@settings(max_examples=40, deadline=None)
@given(snapshots(largest=25))
def test_parts_add_up_to_their_direction_and_contributions_to_the_score(profiles: list[Profile]) -> None:
    arrays = build(profiles, Weights(), PLAIN_MEANS)
    i, j = np.triu_indices(len(arrays), 1)

    parts = pair_parts(arrays, i, arrays, j)

    niches = arrays.niche_table[arrays.sought_niche[i], arrays.offered_niche[j]]
    products = np.einsum("ij,ij->i", arrays.sought[i], arrays.offered[j]) + niches
    assert np.allclose(parts.forward.sum(axis=1), products, atol=1e-5)
    assert np.allclose(sum(part.sum(axis=1) for part in parts.contributions), parts.scores, atol=1e-5)


@settings(max_examples=40, deadline=None)
@given(snapshots(largest=25))
def test_no_part_but_the_text_is_negative_and_none_exceeds_its_weight(profiles: list[Profile]) -> None:
    weights = Weights()

    parts = all_pairs(profiles, weights)

    for values in (parts.forward, parts.backward):
        for place, block in enumerate(blocks.BLOCKS):
            smallest = -weights.of(block) if block == blocks.TEXT else 0.0
            assert (values[:, place] >= smallest - 1e-6).all()
            assert (values[:, place] <= weights.of(block) + 1e-6).all()


@settings(max_examples=30, deadline=None)
@given(snapshots(largest=25))
def test_a_part_with_a_positive_contribution_carries_score(profiles: list[Profile]) -> None:
    parts = all_pairs(profiles)

    for values, contributions, other in (
        (parts.forward, parts.contributions[0], parts.backward),
        (parts.backward, parts.contributions[1], parts.forward),
    ):
        for pair, place in np.argwhere((values > 1e-6) & (contributions > 1e-9)):
            without = values[pair].copy()
            without[place] = 0
            lower = pair_score(np.array([without.sum()]), np.array([other[pair].sum()]))[0]
            assert lower < parts.scores[pair]


def test_a_direction_does_not_exist_where_a_side_says_nothing() -> None:
    numbers = np.random.default_rng(5)
    offer = side(numbers, 2)
    facts = {"nace": ("25.62",), "area": "PRC", "languages": ("en",), "cooperation": ("supplier",)}
    seeker = profile(0, numbers, country="PL", offered=Side(), sought=offer, **facts)
    maker = profile(1, numbers, country="DE", offered=offer, sought=Side(), **facts)

    parts = all_pairs([seeker, maker])

    from_maker, from_seeker = parts.directions[0][0], parts.directions[1][0]
    assert from_maker == 0
    assert from_seeker > 0.9
    assert parts.scores[0] == pytest.approx(from_seeker / 2)
