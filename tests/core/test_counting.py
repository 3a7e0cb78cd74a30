"""Counting stops where the reader stops caring."""

import pytest

from regions.models import S3Domain
from tibs.core.counting import capped_count

pytestmark = pytest.mark.django_db


@pytest.fixture
def three():
    for position in range(3):
        S3Domain.objects.create(code="ABC"[position], name="Field", position=position + 1)
    return S3Domain.objects.all()


def test_small_numbers_are_exact(three):
    assert str(capped_count(three, 10)) == "3"


def test_large_numbers_say_at_least(three, django_assert_num_queries):
    with django_assert_num_queries(1):
        count = capped_count(three, 3)

    assert str(count) == "2+"
    assert count


def test_nothing_is_false(three):
    assert not capped_count(three.none())
