"""A result says what the answers say, and how sure that is."""

import pytest
from hypothesis import given, settings

from companies.assessments.advice import Advice
from companies.assessments.results import Gate, Verdict, band_of, result_of
from companies.assessments.sheets import Answer
from companies.choices import Area, Cooperation
from tests.companies.assessments.sheets import GOLDEN, V1, firm, golden, loose_answers, rated


def quick(area: str, *values: int) -> list[Answer]:
    return [Answer(area, code, value) for code, value in zip(V1.quick_items, values, strict=True)]


def test_the_golden_example_recommends_procurement_by_6_4_points_in_16_of_16():
    result = result_of(golden(), V1)

    assert result.winner.code == "PRC"
    assert [area.code for area in result.ranked] == ["PRC", "MKT", "OPS"]
    assert (round(result.lead, 1), result.steady, result.corners) == (6.4, 16, 16)
    assert result.verdict is Verdict.CLEAR


def test_areas_without_answers_follow_those_that_are_ranked():
    areas = result_of(golden(), V1).areas

    assert len(areas) == 9
    assert [area.rank for area in areas] == [1, 2, 3, 0, 0, 0, 0, 0, 0]
    assert all(area.points is None for area in areas[3:])


def test_areas_closer_than_a_tie_are_reported_level():
    result = result_of(rated("PRC", GOLDEN["PRC"]) + rated("TEC", GOLDEN["PRC"]), V1)

    assert result.verdict is Verdict.TIE
    assert [area.level for area in result.ranked] == [False, True]


def test_a_lead_between_a_tie_and_clear_is_a_close_call():
    weaker = GOLDEN["PRC"] | {"V": (3, 3, 1), "R": (3, 2, 2, 3)}

    result = result_of(rated("PRC", GOLDEN["PRC"]) + rated("TEC", weaker), V1)

    assert 3 <= result.lead < 5
    assert result.verdict is Verdict.CLOSE


def test_a_single_area_is_the_only_one():
    assert result_of(rated("PRC", GOLDEN["PRC"]), V1).verdict is Verdict.ONLY


def test_a_quick_scan_ranks_by_its_own_figure():
    result = result_of(quick("PRC", 4, 4, 4, 3, 1) + quick("MKT", 1, 1, 1, 3, 1), V1)

    assert result.verdict is Verdict.QUICK
    assert result.winner.code == "PRC"
    assert result.winner.untapped is None
    assert result.winner.points == pytest.approx(result.winner.quick)


def test_no_answers_give_an_empty_result():
    result = result_of([], V1)

    assert result.verdict is Verdict.NONE
    assert result.winner is None
    assert result.gate is Gate.UNKNOWN
    assert (result.barriers, result.strengths, result.changes) == ((), (), ())
    assert result.steps == (Advice("broker", ""),)


@pytest.mark.parametrize(
    ("total", "band"),
    [
        (None, ""),
        (80.6, "insufficient"),
        (81, "entry"),
        (120, "entry"),
        (120.1, "good"),
        (160, "good"),
        (160.1, "excellent"),
    ],
)
def test_the_bands_have_the_published_edges(total, band):
    assert band_of(total, V1) == band


@pytest.mark.parametrize(
    ("value", "gate", "cooperation"),
    [
        (1, Gate.PREPARE, ()),
        (2, Gate.LOW, ()),
        (3, Gate.ALL, ("SUBCONTRACTING", "JOINT_PRODUCTION", "LICENCE")),
    ],
)
def test_the_gate_limits_the_kinds_of_cooperation(value, gate, cooperation):
    result = result_of(rated("OPS", GOLDEN["OPS"]) + firm(value), V1)

    assert result.gate is gate
    assert result.cooperation == cooperation


def test_top_barriers_are_the_three_most_severe_of_the_first_area():
    result = result_of(golden(), V1)

    assert [(barrier.item, barrier.severity) for barrier in result.barriers] == [
        ("B_TIME", 2),
        ("B_PARTNERS", 1),
        ("B_MARKETS", 1),
    ]
    assert result.blocking == ()


def test_a_barrier_of_full_severity_blocks():
    result = result_of([*rated("PRC", GOLDEN["PRC"]), Answer("PRC", "B_FREIGHT", 4)], V1)

    assert [barrier.item for barrier in result.blocking] == ["B_FREIGHT"]
    assert result.barriers[0].item == "B_FREIGHT"


def test_a_firm_that_is_not_ready_starts_with_its_weakest_dimensions():
    answers = [Answer("", code, 0 if code.startswith("FM") else 1) for code in V1.firm_items]

    steps = result_of(quick("PRC", 4, 4, 4, 3, 1) + answers, V1).steps

    assert steps[0] == Advice("firm", "MEANS")
    assert steps[-1] == Advice("broker", "")
    assert len(steps) == 3


def test_a_firm_strong_in_every_dimension_still_hears_of_its_lowest_one():
    answers = [Answer("", code, 3 if code.startswith("FM") else 4) for code in V1.firm_items]

    steps = result_of(quick("PRC", 4, 4, 4, 3, 1) + answers, V1).steps

    assert steps == (Advice("area", "PRC"), Advice("firm", "MEANS"), Advice("broker", ""))


def test_who_skipped_the_questions_about_the_firm_hears_of_the_second_area():
    scan = quick("PRC", 4, 4, 4, 3, 1)

    two = result_of(scan + quick("MKT", 3, 3, 3, 1, 1), V1).steps
    one = result_of(scan, V1).steps

    assert two == (Advice("area", "PRC"), Advice("area", "MKT"), Advice("broker", ""))
    assert one == (Advice("area", "PRC"), Advice("answer", ""), Advice("broker", ""))


def test_strengths_are_what_stands_at_half_of_the_scale_or_better():
    answers = [Answer("", code, 4 if code.startswith("FO") else 1) for code in V1.firm_items]

    result = result_of(quick("PRC", 4, 4, 4, 3, 1) + quick("MKT", 4, 4, 4, 1, 1) + answers, V1)

    assert result.strengths == (Advice("firm", "OFFER"), Advice("area", "PRC"))


@given(loose_answers())
@settings(max_examples=50, deadline=None)
def test_any_answers_give_a_result_with_ranks_from_1_down(answers):
    result = result_of(answers, V1)

    assert [area.rank for area in result.ranked] == list(range(1, len(result.ranked) + 1))
    points = [area.points for area in result.ranked]
    assert points == sorted(points, reverse=True)
    assert len(result.strengths) <= 3
    assert len(result.steps) == 3 if result.ranked else 1 <= len(result.steps) <= 3
    assert len(set(result.steps)) == len(result.steps)


def test_the_instrument_speaks_the_codes_of_the_platform():
    kinds = {kind for area in V1.areas for kind in area.cooperation}

    assert V1.area_codes == tuple(Area.values)
    assert kinds <= set(Cooperation.values)
    assert V1.low_commitment <= set(Cooperation.values)


def test_the_instrument_has_the_counts_of_its_specification():
    assert {block: len(items) for block, items in V1.items.items()} == {
        "V": 3,
        "F": 2,
        "H": 2,
        "R": 4,
        "B": 16,
    }
    assert len(V1.starred) == 8
    assert len(V1.firm_items) == 18
    assert sum(V1.weights.as_row()) == pytest.approx(1)
    assert len(list(V1.questions())) == len(set(V1.questions())) == 18 + 9 * 29


def test_only_the_broker_says_whether_partners_exist():
    assert V1.rated_by("F1") == ("broker",)
    assert V1.rated_by("V1") == ("self", "broker")


def test_what_hinders_is_said_of_the_chosen_area_and_the_ranking_stays():
    answers = golden() + firm(3)

    chosen, first = result_of(answers, V1, chosen="MKT"), result_of(answers, V1)

    assert {barrier.area for barrier in chosen.barriers} == {"MKT"}
    assert chosen.cooperation == ("DISTRIBUTION", "LICENCE")
    assert chosen.areas == first.areas


def test_every_way_of_an_area_belongs_to_a_kind_that_profiles_know():
    for area in V1.areas:
        assert len(area.ways) == len({way.code for way in area.ways})
        assert {way.kind for way in area.ways} <= set(Cooperation.values)
