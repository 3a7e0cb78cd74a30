from dataclasses import replace

import numpy as np
import pytest

from matching.engine import blocks
from matching.engine.explain import Direction, explain
from matching.engine.features import build
from matching.engine.profiles import Profile, Side
from matching.engine.weights import AREAS, Weights
from tests.matching.engine.strategies import PLAIN_MEANS, side

WEIGHTS = Weights()


def pair(first: dict[str, object], second: dict[str, object]) -> Direction:
    """What the first seeks against what the second offers, with unrelated texts and these facts."""
    numbers = np.random.default_rng(1)
    profiles = [
        Profile(**({"id": name, "country": country, "language": "en"} | sides | facts))
        for name, country, facts in (("a", "PL", first), ("b", "DE", second))
        for sides in ({"offered": side(numbers, 1), "sought": side(numbers, 1)},)
    ]
    return explain(*profiles, WEIGHTS, PLAIN_MEANS).forward


def share(direction: Direction, block: str) -> float:
    """The part of a block as a share of its weight."""
    return next(part.value for part in direction.parts if part.block == block) / WEIGHTS.of(block)


@pytest.mark.parametrize(
    ("block", "first", "second", "expected"),
    [
        (blocks.DOMAIN, {"domains": (("ict", 2.0),)}, {"domains": (("ict", 0.5),)}, 1.0),
        (blocks.DOMAIN, {"domains": (("ict", 1.0),)}, {"domains": (("food", 1.0),)}, 0.0),
        (blocks.AREA, {"area": "PRC"}, {"area": "MKT"}, 1.0),
        (blocks.AREA, {"area": "HRM"}, {"area": "OUT"}, 0.0),
        (blocks.AREA, {"area": "none such"}, {"area": "MKT"}, 0.0),
        (blocks.COOPERATION, {"cooperation": ("licence",)}, {"cooperation": ("licence",)}, 1.0),
        (blocks.BRANCH, {"nace": ("25.62",)}, {"nace": ("25.11",)}, 1.0),
        (blocks.BRANCH, {"nace": ("25.62",)}, {"nace": ("31.00",)}, 0.3),
        (blocks.BRANCH, {"nace": ("25.62",)}, {"nace": ("62.01",)}, 0.0),
        (blocks.LANGUAGE, {"languages": ("en", "pl")}, {"languages": ("en", "de")}, 0.5),
        (blocks.COUNTRY, {"wished": ("DE", "FI")}, {}, 1.0),
        (blocks.COUNTRY, {"wished": ("FI",)}, {}, 0.0),
        (blocks.SIZE, {"size": "small"}, {"size": "small"}, 1.0),
        (blocks.SIZE, {"size": "micro"}, {"size": "large"}, 0.0),
        (blocks.READINESS, {"readiness": 0.7}, {"readiness": 0.7}, 1.0),
        (blocks.READINESS, {"readiness": 0.7}, {}, 0.0),
    ],
)
def test_each_block_compares_what_is_sought_with_what_is_offered(block, first, second, expected) -> None:
    assert share(pair(first, second), block) == pytest.approx(expected, abs=1e-6)


def test_readiness_counts_less_the_farther_apart_two_firms_are() -> None:
    near, middle, far = (
        share(pair({"readiness": 0.1}, {"readiness": other}), blocks.READINESS) for other in (0.2, 0.5, 1.0)
    )

    assert near > middle > far >= 0


def test_a_firm_of_exactly_the_same_class_gains_no_more_than_one_of_the_same_group() -> None:
    same_class = share(pair({"nace": ("25.62",)}, {"nace": ("25.62",)}), blocks.NICHE)
    same_group = share(pair({"nace": ("25.62",)}, {"nace": ("25.61",)}), blocks.NICHE)
    other_group = share(pair({"nace": ("25.62",)}, {"nace": ("25.11",)}), blocks.NICHE)

    assert (same_class, same_group, other_group) == pytest.approx((0.5, 0.5, 0.0))


def test_a_class_that_is_asked_for_counts_in_full() -> None:
    wanted = Side(side(np.random.default_rng(2), 1).vectors, nace=("C25.62",))

    exact = share(pair({"sought": wanted}, {"nace": ("25.62",)}), blocks.NICHE)
    close = share(pair({"sought": wanted}, {"nace": ("25.61",)}), blocks.NICHE)

    assert (exact, close) == pytest.approx((1.0, 0.5))


def test_rows_stand_by_country_and_then_public_id() -> None:
    offer = side(np.random.default_rng(1), 1)
    places = (("b", "PL"), ("a", "PL"), ("c", "DE"))

    arrays = build([Profile(i, c, "en", offered=offer) for i, c in places], WEIGHTS, PLAIN_MEANS)

    assert arrays.ids == ("c", "a", "b")
    assert arrays.id_rank.tolist() == [2, 0, 1]


def test_two_profiles_with_one_id_are_refused() -> None:
    twice = [Profile("a", "PL", "en"), Profile("a", "DE", "en")]

    with pytest.raises(ValueError, match="unique"):
        build(twice, WEIGHTS, PLAIN_MEANS)


def test_sentences_that_cancel_each_other_give_a_direction_without_text() -> None:
    vector = side(np.random.default_rng(1), 1).vectors
    nothing = Side(np.vstack([vector, -vector]))

    found = pair({"sought": nothing, "area": "PRC"}, {"area": "MKT"})

    assert share(found, blocks.TEXT) == 0
    assert share(found, blocks.AREA) == pytest.approx(1.0)


def test_a_side_refuses_vectors_of_another_width_and_sentences_without_vectors() -> None:
    with pytest.raises(ValueError, match="shape"):
        Side(np.zeros((2, 3), np.float32))
    with pytest.raises(ValueError, match="one vector"):
        Side(np.zeros((2, 384), np.float32), ("Only one.",))


def test_weights_travel_as_plain_values_and_their_version_follows_every_number() -> None:
    stored = WEIGHTS.as_mapping()
    changed = replace(WEIGHTS, area_fit=tuple((1.0,) * len(AREAS) for _ in AREAS))

    assert Weights.from_mapping(stored) == WEIGHTS
    assert Weights.from_mapping({}) == WEIGHTS
    assert len({WEIGHTS.version, changed.version, replace(WEIGHTS, size=0.2).version}) == 3


@pytest.mark.parametrize("values", [{"text": -0.1}, {"text": float("nan")}, {"area_fit": [[1.0]]}])
def test_weights_that_would_break_the_explanation_are_refused(values: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"negative|one row"):
        Weights.from_mapping(values)


def test_the_areas_fit_each_other_both_ways() -> None:
    fit = np.array(WEIGHTS.area_fit)

    assert np.array_equal(fit, fit.T)
    assert (fit >= 0).all()
    assert (fit <= 1).all()
