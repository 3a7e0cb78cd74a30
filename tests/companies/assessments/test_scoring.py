"""Scores keep their promises whatever is answered."""

import time
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from companies.assessments.scoring import Scores, corner_weights, score
from companies.assessments.sheets import Answer, empty_sheets, fill_sheets
from tests.companies.assessments.sheets import (
    GOLDEN,
    V1,
    area_answers,
    assessments,
    firm,
    golden,
    loose_answers,
    rated,
)

AREAS = V1.area_codes


def scored(*answers: list[Answer]) -> Scores:
    return score(fill_sheets(answers, V1), V1)


def at(area: str) -> int:
    return AREAS.index(area)


@pytest.mark.parametrize(
    ("area", "raw", "untapped"), [("MKT", 72.7, 61.8), ("PRC", 71.8, 68.2), ("OPS", 56.4, 56.4)]
)
def test_the_golden_example_scores_as_calculated_by_hand(area, raw, untapped):
    scores = scored(golden())

    assert round(scores.raw[0, at(area)], 1) == raw
    assert round(scores.untapped[0, at(area)], 1) == untapped


def test_in_the_golden_example_procurement_is_first_and_clear_though_sales_leads_on_raw():
    scores = scored(golden())

    assert AREAS[scores.winner[0]] == "PRC"
    assert AREAS[int(np.nanargmax(scores.raw[0]))] == "MKT"
    assert round(float(scores.lead[0]), 1) == 6.4
    assert scores.steady[0] == 16
    assert scores.clear[0]


def test_the_corners_vary_each_weight_by_a_quarter_and_add_up_to_one():
    corners = corner_weights(V1)

    assert corners.shape == (16, 4)
    assert np.allclose(corners.sum(axis=1), 1)
    assert np.allclose(corners[0], V1.weights.as_row())
    assert not np.allclose(corners[1], V1.weights.as_row())


@given(loose_answers())
@settings(deadline=None)
def test_every_figure_stays_within_its_bounds(answers):
    scores = scored(answers)

    for points in (scores.raw, scores.untapped, scores.quick):
        assert ((points >= -1e-9) & (points <= 100 + 1e-9) | np.isnan(points)).all()
    assert ((scores.confidence >= 0) & (scores.confidence <= 1)).all()
    assert ((scores.total >= 0) & (scores.total <= 200) | np.isnan(scores.total)).all()
    assert ((scores.steady >= 0) & (scores.steady <= 16)).all()
    assert not (scores.absent & ~np.isnan(scores.raw)).any()


@given(assessments(("PRC",)), st.integers(0, 200), st.integers(0, 4))
@settings(deadline=None)
def test_each_answered_item_moves_the_score_in_its_own_direction(answers, pick, value):
    place = pick % len(answers)
    old = answers[place]
    before = scored(answers)
    after = scored([*answers[:place], replace(old, value=value), *answers[place + 1 :]])
    helps = -1 if old.item.startswith("B") else 1
    step = np.sign(value - old.value) * helps

    if old.item.startswith("H"):
        assert after.raw[0, at("PRC")] == before.raw[0, at("PRC")]
        assert (after.untapped[0, at("PRC")] - before.untapped[0, at("PRC")]) * step <= 1e-9
    else:
        assert (after.raw[0, at("PRC")] - before.raw[0, at("PRC")]) * step >= -1e-9
        assert (after.untapped[0, at("PRC")] - before.untapped[0, at("PRC")]) * step >= -1e-9


@given(assessments(), st.permutations(["MKT", "PRC", "OPS"]))
@settings(deadline=None)
def test_areas_are_judged_alike(answers, order):
    moved = dict(zip(["MKT", "PRC", "OPS"], order, strict=True))
    plain = scored(answers)
    swapped = scored([replace(answer, area=moved[answer.area]) for answer in answers])

    for before, after in moved.items():
        assert swapped.untapped[0, at(after)] == plain.untapped[0, at(before)]
    assert swapped.lead[0] == plain.lead[0]


@given(assessments())
@settings(deadline=None)
def test_an_area_that_does_not_exist_is_left_out_and_moves_no_other(answers):
    gone = [Answer("SRV", code, None, applies=False) for code in V1.area_items]

    plain, scores = scored(answers), scored(answers + gone)

    assert scores.absent[0, at("SRV")]
    assert not scores.insufficient[0, at("SRV")]
    assert np.array_equal(scores.untapped, plain.untapped, equal_nan=True)


@given(area_answers("PRC"), st.integers(0, 26))
@settings(deadline=None)
def test_an_item_that_does_not_apply_is_left_out_not_zeroed(answers, pick):
    """What is left of a block counts alone: its mean is the mean of the other answers."""
    out = answers[pick % len(answers)]
    rest = [answer for answer in answers if answer is not out]
    block = V1.block_of(out.item)
    values = [answer.value for answer in rest if V1.block_of(answer.item) == block]

    scores = scored([*rest, replace(out, value=None, applies=False)])

    assert scores.blocks[block][0, at("PRC")] == pytest.approx(np.mean(values) / 4)


@given(loose_answers(), st.integers(0, 200))
@settings(deadline=None)
def test_a_missing_answer_never_raises_confidence(answers, pick):
    given_answers = [answer for answer in answers if answer.applies]
    if not given_answers:
        return
    gone = given_answers[pick % len(given_answers)]

    before = scored(answers)
    after = scored([answer for answer in answers if answer is not gone])

    assert (after.confidence <= before.confidence + 1e-12).all()


@given(loose_answers(), st.integers(0, 200))
@settings(deadline=None)
def test_weaker_evidence_never_raises_confidence_and_never_moves_the_score(answers, pick):
    if not answers:
        return
    weak = answers[pick % len(answers)]

    before = scored(answers)
    after = scored([replace(a, evidence="claimed") if a is weak else a for a in answers])

    assert (after.confidence <= before.confidence + 1e-12).all()
    assert np.array_equal(after.untapped, before.untapped, equal_nan=True)


@pytest.mark.parametrize(
    ("block", "missing", "ranked"),
    [("V", 1, True), ("V", 2, False), ("F", 1, False), ("H", 1, False), ("R", 1, True), ("R", 2, False)],
)
def test_an_area_short_of_two_thirds_of_a_block_is_not_ranked(block, missing, ranked):
    drop = V1.items[block][:missing]

    scores = scored([answer for answer in rated("PRC", GOLDEN["PRC"]) if answer.item not in drop])

    assert np.isnan(scores.untapped[0, at("PRC")]) != ranked
    assert scores.insufficient[0, at("PRC")] != ranked


@given(area_answers("PRC", starred_only=True), st.sets(st.sampled_from(V1.area_items)))
@settings(deadline=None)
def test_no_area_is_ranked_on_less_than_two_thirds_of_any_block(answers, dropped):
    kept = [answer for answer in answers if answer.item not in dropped]

    scores = scored(kept)

    for codes in V1.items.values():
        asked = [code for code in codes if not code.startswith("B_") or code in V1.starred]
        if 3 * sum(answer.item in asked for answer in kept) < 2 * len(asked):
            assert np.isnan(scores.untapped[0, at("PRC")])
            assert scores.winner[0] == -1


def test_barriers_without_a_star_count_where_they_are_rated_and_are_not_missed_elsewhere():
    plain = scored(rated("PRC", GOLDEN["PRC"]))
    more = scored([*rated("PRC", GOLDEN["PRC"]), Answer("PRC", "B_FREIGHT", 4)])

    assert not plain.insufficient[0, at("PRC")]
    assert more.blocks["B"][0, at("PRC")] == pytest.approx((1 + 1 + 2 + 1 + 4) / 5 / 4)
    assert more.raw[0, at("PRC")] < plain.raw[0, at("PRC")]


def test_one_ranked_area_has_no_lead_and_is_not_clear():
    scores = scored(rated("PRC", GOLDEN["PRC"]))

    assert np.isnan(scores.lead[0])
    assert not scores.clear[0]
    assert scores.steady[0] == 16


def test_without_answers_nothing_is_ranked():
    scores = score(empty_sheets(2, V1), V1)

    assert scores.winner.tolist() == [-1, -1]
    assert scores.steady.tolist() == [0, 0]
    assert not scores.clear.any()
    assert np.isnan(scores.total).all()


@pytest.mark.parametrize(("value", "total"), [(0, 0), (2, 100), (4, 200)])
def test_the_firm_as_a_whole_is_scored_from_0_to_200(value, total):
    assert scored(firm(value)).total[0] == total


def test_the_firm_is_not_scored_on_less_than_two_thirds_of_its_items():
    assert np.isnan(scored(firm(3)[:11]).total[0])
    assert scored(firm(3)[:12]).total[0] == 150


def test_the_quick_scan_gives_a_figure_before_full_items_are_answered():
    quick = [Answer("PRC", code, value) for code, value in zip(V1.quick_items, (4, 4, 4, 2, 1), strict=True)]

    scores = scored(quick)

    assert scores.quick[0, at("PRC")] == pytest.approx(100 * (0.35 + 0.25 * 0.5 + 0.2 * 0.75) / 0.8)
    assert scores.insufficient[0, at("PRC")]


@pytest.mark.parametrize(
    "answer",
    [
        Answer("PRC", "V9", 1),
        Answer("XXX", "V1", 1),
        Answer("", "V1", 1),
        Answer("PRC", "FC1", 1),
        Answer("PRC", "V1", 5),
        Answer("PRC", "V1", -1),
        Answer("PRC", "V1", 1, evidence="guessed"),
    ],
)
def test_an_answer_that_the_instrument_does_not_know_is_refused(answer):
    with pytest.raises(ValueError, match=r"."):
        fill_sheets([[answer]], V1)


@given(st.lists(loose_answers(), min_size=2, max_size=4))
@settings(max_examples=20, deadline=None)
def test_many_assessments_score_as_each_alone(many):
    together = scored(*many)

    for row, answers in enumerate(many):
        alone = scored(answers)
        assert np.array_equal(together.untapped[row], alone.untapped[0], equal_nan=True)
        assert together.winner[row] == alone.winner[0]
        assert together.steady[row] == alone.steady[0]


def test_ten_thousand_assessments_take_less_than_a_hundred_passes_over_their_numbers():
    """Under a second on any machine that takes 10 ms for the exponential of 2.6 million numbers."""
    numbers = np.random.default_rng(4)
    empty = empty_sheets(10_000, V1)
    sheets = replace(empty, values=numbers.integers(0, 5, empty.values.shape).astype(float))

    spent = min(_time(lambda: _everything(score(sheets, V1))) for _ in range(3))
    one_pass = min(_time(lambda: np.exp(sheets.values)) for _ in range(3))

    assert spent < 100 * one_pass


def _everything(scores: Scores) -> None:
    assert len(scores.winner) == len(scores.lead) == len(scores.steady) == len(scores.clear)


def _time(work) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began
