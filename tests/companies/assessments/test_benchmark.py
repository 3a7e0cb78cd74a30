"""A firm beside its like, where there are enough of them."""

import pytest

from companies.assessments.benchmark import Peers, benchmark
from companies.assessments.versions import instrument
from tests.companies.assessments.sheets import firm, golden

GOLDEN = [*firm(3), *golden()]


def test_five_others_give_the_median_and_their_number():
    found = benchmark([GOLDEN] * 5, instrument(), at_least=5)

    assert found["PRC"].count == 5
    assert found["PRC"].median == pytest.approx(68.2, abs=0.05)


@pytest.mark.parametrize("count", [0, 1, 4])
def test_fewer_others_give_nothing(count):
    assert benchmark([GOLDEN] * count, instrument(), at_least=5) == {}


def test_areas_that_too_few_were_asked_about_are_missing():
    others = [GOLDEN] * 4 + [[one for one in GOLDEN if one.area != "PRC"]]

    found = benchmark(others, instrument(), at_least=5)

    assert "PRC" not in found
    assert isinstance(found["MKT"], Peers)
