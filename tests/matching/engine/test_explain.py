from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings

from matching.engine import blocks
from matching.engine.explain import BACKWARD, FORWARD, Direction, explain
from matching.engine.facets import text_vector
from matching.engine.profiles import Profile, Side
from matching.engine.score import pair_score
from matching.engine.weights import Weights
from tests.matching.engine.strategies import PLAIN_MEANS, profile, side, snapshots

WEIGHTS = Weights()


def value_without(direction: Direction, block: str) -> float:
    return sum(part.value for part in direction.parts if part.block != block)


def score_of(f: float, g: float) -> float:
    return float(pair_score(np.array([f]), np.array([g]))[0])


def text_product(sought: Side, offered: Side) -> float:
    mean = np.zeros(384, np.float32)
    return float(text_vector(sought, mean) @ text_vector(offered, mean))


def without_sentence(given_side: Side, place: int) -> Side:
    return Side(np.delete(given_side.vectors, place, axis=0))


@settings(max_examples=40, deadline=None)
@given(snapshots(largest=12))
def test_parts_add_up_and_every_reason_carries_score(profiles: list[Profile]) -> None:
    for first, second in pairwise(profiles):
        found = explain(first, second, WEIGHTS, PLAIN_MEANS, reasons=20)

        for direction in (found.forward, found.backward):
            assert sum(part.value for part in direction.parts) == pytest.approx(direction.value, abs=1e-5)
        shares = [part.contribution for way in (found.forward, found.backward) for part in way.parts]
        assert sum(shares) == pytest.approx(found.score, abs=1e-5)
        for reason in found.reasons:
            f, g = found.forward.value, found.backward.value
            if reason.direction == FORWARD:
                f = value_without(found.forward, reason.block)
            else:
                g = value_without(found.backward, reason.block)
            assert reason.contribution > 0
            assert score_of(f, g) < found.score


@settings(max_examples=40, deadline=None)
@given(snapshots(largest=12))
def test_the_quoted_sentence_is_the_one_whose_removal_lowers_the_direction_most(profiles) -> None:
    for first, second in pairwise(profiles):
        found = explain(first, second, WEIGHTS, PLAIN_MEANS).forward

        if found.offered_quote is None:
            text = next((part.value for part in found.parts if part.block == blocks.TEXT), 0.0)
            assert text <= 0 or not found.exists
            continue
        assert found.sought_quote is not None
        offers = [
            text_product(first.sought, without_sentence(second.offered, place))
            for place in range(len(second.offered.vectors))
        ]
        requests = [
            text_product(without_sentence(first.sought, place), second.offered)
            for place in range(len(first.sought.vectors))
        ]
        assert offers[found.offered_quote.place] == pytest.approx(min(offers), abs=1e-6)
        assert requests[found.sought_quote.place] == pytest.approx(min(requests), abs=1e-6)
        assert min(offers) <= text_product(first.sought, second.offered) + 1e-6
        assert found.offered_quote.text == second.offered.sentences[found.offered_quote.place]
        assert found.sought_quote.text == first.sought.sentences[found.sought_quote.place]


def test_a_pair_with_one_direction_says_so() -> None:
    numbers = np.random.default_rng(5)
    offer = side(numbers, 2)
    maker = profile(0, numbers, country="DE", offered=offer, sought=Side())
    seeker = profile(1, numbers, country="PL", offered=Side(), sought=offer)

    found = explain(seeker, maker, WEIGHTS, PLAIN_MEANS)

    assert found.one_direction == blocks.ONE_DIRECTION
    assert (found.forward.exists, found.backward.exists) == (True, False)
    assert found.backward.value == 0
    assert {reason.direction for reason in found.reasons} == {FORWARD}


def test_a_pair_with_both_directions_says_nothing_of_the_kind() -> None:
    numbers = np.random.default_rng(5)
    first, second = (profile(n, numbers, offered=side(numbers, 2), sought=side(numbers, 2)) for n in range(2))

    assert explain(first, second, WEIGHTS, PLAIN_MEANS).one_direction == ""


def test_swapping_the_profiles_swaps_the_directions() -> None:
    numbers = np.random.default_rng(6)
    offer = side(numbers, 3)
    first = profile(0, numbers, country="DE", offered=offer, sought=side(numbers, 1))
    second = profile(1, numbers, country="PL", offered=side(numbers, 2), sought=offer)

    one, other = (
        explain(first, second, WEIGHTS, PLAIN_MEANS),
        explain(second, first, WEIGHTS, PLAIN_MEANS),
    )

    assert one.score == pytest.approx(other.score)
    assert one.forward.value == pytest.approx(other.backward.value)
    assert one.reasons[0].direction == BACKWARD
    assert other.reasons[0].direction == FORWARD


def test_what_neither_firm_says_is_missing_and_what_differs_is_weak() -> None:
    numbers = np.random.default_rng(8)
    facts = {"offered": side(numbers, 1), "sought": side(numbers, 1), "size": "", "languages": ("en",)}
    facts |= {"domains": (("food", 1.0),), "area": "", "nace": (), "cooperation": (), "readiness": 0.5}
    first = profile(0, numbers, country="DE", **facts)
    second = replace(first, id="prf_0001", country="PL", domains=(("ict", 1.0),), size="small")

    found = explain(first, second, WEIGHTS, PLAIN_MEANS)

    missing = {fact.block: fact.side for fact in found.missing}
    assert missing == {
        blocks.AREA: "both",
        blocks.COOPERATION: "both",
        blocks.BRANCH: "both",
        blocks.SIZE: "first",
    }
    assert found.weakest == blocks.DOMAIN
    assert found.weak_point == blocks.WEAK_POINTS[blocks.DOMAIN]


def test_every_block_has_its_words() -> None:
    for words in (blocks.LABELS, blocks.REASONS, blocks.WEAK_POINTS, blocks.MISSING):
        assert tuple(words) == blocks.BLOCKS
