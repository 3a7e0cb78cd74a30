"""Two entries of one Finnish firm, both hosted by Kinno, and one that Poland knows."""

from tests import factories
from tests.standing_scenes import standing


@standing
def kept(johanna):
    return factories.company(
        "Kymen Saha Oy", host=factories.host("FI"), owner=johanna, register_number="1234567-1"
    )


@standing
def absorbed(kept):
    return factories.company(
        "Kymensaha", host=kept.host, website="https://kymensaha.fi", city="Kotka", staff_count=12
    )


@standing
def polish_twin(aleksandra):
    return factories.company("Kymen Saha Polska", host=factories.host("PL"), owner=aleksandra)


@standing
def by(johanna):
    return factories.actor(johanna)
