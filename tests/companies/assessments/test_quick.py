"""Which areas get the full questions after the quick scan."""

import pytest

from companies.assessments.quick import areas_to_deepen
from companies.assessments.sheets import Answer
from companies.assessments.versions import instrument

ITEMS = ("V1", "V2", "V3", "R0")


def scanned(**values):
    """The quick scan of some areas: one value for all that speaks for the area, no barriers."""
    given = [Answer(area, item, value) for area, value in values.items() for item in ITEMS]
    return [*given, *(Answer(area, "B0", 0) for area in values)]


def test_nothing_is_suggested_before_the_scan():
    assert areas_to_deepen([], instrument()) == ()


def test_the_best_three_are_suggested_best_first():
    assert areas_to_deepen(scanned(INB=0, OPS=2, MKT=4, PRC=3, SRV=1), instrument()) == ("MKT", "PRC", "OPS")


def test_a_fourth_joins_where_it_is_level_with_the_third():
    assert areas_to_deepen(scanned(INB=2, OPS=2, MKT=4, PRC=3, SRV=1), instrument()) == (
        "MKT",
        "PRC",
        "INB",
        "OPS",
    )


@pytest.mark.parametrize("count", [1, 2])
def test_fewer_areas_are_all_suggested(count):
    areas = ("MKT", "PRC")[:count]

    assert areas_to_deepen(scanned(**dict.fromkeys(areas, 2)), instrument()) == areas
