"""How far a firm moved: only what both assessments rank, and only where both asked the same."""

from dataclasses import replace

import pytest

from companies.assessments.progress import is_comparable, moved, stand_of
from companies.assessments.sheets import Answer
from tests.companies.assessments.sheets import V1, golden

LATER = [*golden(), Answer("PRC", "V3", 4)]


def test_an_area_moves_by_the_difference_of_its_untapped_potential():
    before, now = stand_of(golden(), V1), stand_of(LATER, V1)

    assert moved(now, before, "PRC") == pytest.approx(now.points["PRC"] - before.points["PRC"])
    assert round(moved(now, before, "PRC"), 1) == 5.5
    assert moved(now, before, "MKT") == 0


def test_an_area_that_one_of_them_does_not_rank_did_not_move():
    before = stand_of([one for one in golden() if one.area != "PRC"], V1)

    assert moved(stand_of(golden(), V1), before, "PRC") is None
    assert "PRC" not in before.points


def test_a_version_that_only_says_more_is_comparable():
    fewer_ways = tuple(replace(area, ways=area.ways[:1]) for area in V1.areas)

    assert is_comparable(V1, replace(V1, version=2, areas=fewer_ways))


@pytest.mark.parametrize(
    "changed",
    [
        {"weights": replace(V1.weights, value=0.4, readiness=0.2)},
        {"starred": V1.starred - {"B_TRUST"}},
        {"items": {**V1.items, "V": ("V1", "V2")}},
        {"rules": replace(V1.rules, headroom_floor=0.5)},
    ],
    ids=lambda changed: next(iter(changed)),
)
def test_points_of_a_version_that_asks_or_counts_otherwise_are_not_subtracted(changed):
    other = replace(V1, version=2, **changed)
    before = replace(stand_of(golden(), V1), instrument=other)

    assert moved(stand_of(LATER, V1), before, "PRC") is None
