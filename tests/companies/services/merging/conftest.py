"""Two entries of one Finnish firm, both hosted by Kinno, and one that Poland knows."""

import pytest

from tests import factories


@pytest.fixture
def kept(johanna):
    return factories.company(
        "Kymen Saha Oy", host=factories.host("FI"), owner=johanna, register_number="1234567-1"
    )


@pytest.fixture
def absorbed(kept):
    return factories.company(
        "Kymensaha", host=kept.host, website="https://kymensaha.fi", city="Kotka", staff_count=12
    )


@pytest.fixture
def polish_twin(aleksandra):
    return factories.company("Kymen Saha Polska", host=factories.host("PL"), owner=aleksandra)


@pytest.fixture
def by(johanna):
    return factories.actor(johanna)
