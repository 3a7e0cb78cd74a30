from decimal import Decimal

import pytest

from regions.models import Country, PostcodeArea, Region
from regions.selectors import (
    PostcodeTable,
    domain_weights,
    map_tiles,
    nace_paths,
    priorities_of_region,
    region_for_postcode,
)
from regions.services.reference_data import load

pytestmark = pytest.mark.django_db

POSTCODES = [
    ("PL", "15-351", "PL841"),
    ("PL", "18-210", "PL841"),
    ("PL", "18-400", "PL842"),
    ("PL", "99-999", None),
    ("PL", "1535", None),
    ("LV", "LV-4101", "LV00C"),
    ("LV", "15351", None),
]


@pytest.fixture(autouse=True)
def small_world(folder):
    load(folder.path)


@pytest.mark.parametrize(("country", "postcode", "region"), POSTCODES)
def test_longest_prefix_tells_the_region_of_a_postcode(country, postcode, region):
    found = region_for_postcode(Country.objects.get(code=country), postcode)

    assert (found and found.code) == region


@pytest.mark.parametrize(("country", "postcode", "region"), POSTCODES)
def test_table_in_memory_gives_the_same_answer(country, postcode, region):
    assert PostcodeTable.load().region_code(country, postcode) == region


def test_table_in_memory_knows_no_region_of_a_foreign_country():
    assert PostcodeTable.load().region_code("SE", "412 61") is None


def test_dropped_postcode_area_no_longer_counts():
    PostcodeArea.objects.filter(prefix="184").update(active=False)

    assert region_for_postcode(Country.objects.get(code="PL"), "18-400").code == "PL841"


def test_priorities_of_the_larger_region_and_the_country_hold_in_a_small_region():
    polish = priorities_of_region(Region.objects.get(code="PL841"))
    latvian = priorities_of_region(Region.objects.get(code="LV00C"))

    assert [priority.code for priority in polish] == ["PL84-2021-MED"]
    assert [priority.code for priority in latvian] == ["LV-2021-ICT"]


def test_path_of_a_branch_begins_with_its_section():
    assert nace_paths()["26.11"] == ("C", "26", "26.1", "26.11")
    assert nace_paths()["C"] == ("C",)


def test_branch_takes_the_domains_of_the_nearest_wider_code():
    weights = domain_weights()

    assert weights["26.11"] == {"ICT": Decimal("0.5"), "MANUF": Decimal("0.5")}
    assert weights["26.6"] == {"HEALTH": 1}
    assert weights["27"] == weights["C"] == {}


def test_map_tiles_come_row_by_row_and_know_their_partner():
    assert [(tile.region.code, tile.is_served) for tile in map_tiles()] == [("LV00C", False), ("PL84", True)]


def test_tile_is_served_when_a_part_of_it_is():
    Region.objects.filter(code="PL84").update(partner_area=False)
    Region.objects.filter(code="PL842").update(partner_area=True)

    assert {tile.region.code: tile.is_served for tile in map_tiles()} == {"LV00C": False, "PL84": True}


def test_map_of_many_regions_takes_two_queries(django_assert_num_queries):
    with django_assert_num_queries(2):
        map_tiles()
