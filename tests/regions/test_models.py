import pytest
from django.db import IntegrityError, transaction

from regions.models import Country, DomainNace, NaceCode, PostcodeArea, Region, S3Domain, S3Priority
from regions.services.reference_data import load

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def small_world(folder):
    load(folder.path)


def region(**values):
    given = {
        "country_id": "PL",
        "nuts_version": 2024,
        "level": 3,
        "parent_id": "PL84",
        "name_en": "Somewhere",
    }
    return Region(**given | values)


REFUSED = {
    "country_code_is_iso": lambda: Country(code="pl", postcode_digits=5),
    "region_level_is_known": lambda: region(code="PL849", level=4),
    "region_below_level_1_has_parent": lambda: region(code="PL849", parent_id=None),
    "region_map_place_is_complete": lambda: region(code="PL849", map_x=1),
    "region_map_place_is_free": lambda: region(code="PL849", map_x=3, map_y=2),
    "region_replaced_is_inactive": lambda: region(code="PL849", replaced_by_id="PL841"),
    "region_is_not_its_own_successor": lambda: region(code="PL849", replaced_by_id="PL849", active=False),
    "nace_code_fits_its_level": lambda: NaceCode(code="2611", level=4, parent_id="26.1"),
    "nace_below_section_has_parent": lambda: NaceCode(code="28", level=2),
    "s3_domain_code_is_upper_case": lambda: S3Domain(code="health", position=4),
    "domain_nace_is_listed_once": lambda: DomainNace(domain_id="ICT", nace_id="26", weight=1),
    "domain_nace_weight_in_range": lambda: DomainNace(domain_id="ICT", nace_id="27", weight=0),
    "s3_priority_has_one_place": lambda: S3Priority(
        code="X", region_id="PL84", country_id="PL", verified=False
    ),
    "s3_priority_period_in_order": lambda: S3Priority(
        code="X", country_id="PL", start_year=2021, end_year=2020, verified=False
    ),
    "postcode_prefix_is_listed_once": lambda: PostcodeArea(country_id="PL", prefix="15", region_id="PL842"),
    "postcode_prefix_is_digits": lambda: PostcodeArea(country_id="PL", prefix="15-", region_id="PL842"),
}


@pytest.mark.parametrize("constraint", REFUSED)
def test_database_refuses_what_breaks_a_rule(constraint):
    row = REFUSED[constraint]()

    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        row.save(force_insert=True)


def test_dropped_region_leaves_its_place_on_the_map():
    Region.objects.filter(code="PL84").update(active=False)

    region(code="PL849", map_x=3, map_y=2).save()

    assert Region.objects.active().get(map_x=3, map_y=2).code == "PL849"
