import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from regions.models import Country, NaceCode, PostcodeArea, Region, S3Priority
from regions.reference.reader import BadReferenceDataError
from regions.selectors import map_tiles
from regions.services.reference_data import load

pytestmark = pytest.mark.django_db


def counts(report):
    """Created, updated, deactivated and unchanged rows over all tables."""
    names = ("created", "updated", "deactivated", "unchanged")
    return tuple(sum(getattr(table, name) for table in report.tables) for name in names)


def test_first_load_creates_every_row(folder):
    report = load(folder.path)

    assert counts(report) == (30, 0, 0, 0)
    assert Region.objects.get(code="PL841").parent.parent.name == "Eastern Macroregion"
    assert Country.objects.get(code="LV").postcode_digits == 4
    assert S3Priority.objects.get(code="LV-2021-ICT").domains.get().code == "ICT"


def test_second_load_changes_nothing(folder):
    load(folder.path)

    report = load(folder.path)

    assert counts(report) == (0, 0, 0, 30)
    assert report.is_unchanged


def test_second_load_writes_nothing(folder):
    load(folder.path)

    with CaptureQueriesContext(
        connection,
    ) as queries:
        load(folder.path)

    assert not [query for query in queries if query["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]


def test_changed_row_is_updated(folder):
    load(folder.path)
    folder.replace("regions", "Białystok area", "Białystok and around")

    report = load(folder.path)

    assert counts(report) == (0, 1, 0, 29)
    assert Region.objects.get(code="PL841").name == "Białystok and around"


def test_row_that_is_gone_is_deactivated_and_kept(folder):
    load(folder.path)
    folder.drop("postcode_areas", "PL,184")

    report = load(folder.path)

    assert counts(report) == (0, 0, 1, 29)
    assert not PostcodeArea.objects.get(country="PL", prefix="184").active
    assert load(folder.path).is_unchanged


def test_row_that_comes_back_is_active_again(folder):
    load(folder.path)
    lines = folder.lines("postcode_areas")
    folder.drop("postcode_areas", "PL,184")
    load(folder.path)
    folder.write("postcode_areas", lines)

    report = load(folder.path)

    assert counts(report) == (0, 1, 0, 29)
    assert PostcodeArea.objects.get(country="PL", prefix="184").active


def test_replaced_region_is_inactive_and_names_its_successor(folder):
    load(folder.path)

    assert not Region.objects.get(code="LV008").active
    assert Region.objects.get(code="LV008").replaced_by_id == "LV00C"


def test_two_regions_can_exchange_their_places_on_the_map(folder):
    load(folder.path)
    folder.replace("regions", "yes,3,2,Podlaskie", "yes,2,1,Podlaskie")
    folder.replace("regions", "no,2,1,Vidzeme", "no,3,2,Vidzeme")

    load(folder.path)

    assert [tile.region.code for tile in map_tiles()] == ["PL84", "LV00C"]


@pytest.mark.parametrize("language", ["en", "lv", "de"])
def test_every_language_is_filled_whatever_language_is_active(folder, language):
    with translation.override(language):
        load(folder.path)

    latvia = Country.objects.get(code="LV")
    assert (latvia.name_en, latvia.name_de, latvia.name_lv) == ("Latvia", "Lettland", "Latvija")
    with translation.override("fi"):
        assert str(latvia) == "Latvia"
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM regions_country WHERE code = 'LV'")
        assert cursor.fetchone() == ("Latvia",)


def test_bad_row_anywhere_loads_nothing(folder):
    folder.replace("postcode_areas", "LV,41,LV00C", "LV,4x,LV00C")
    folder.replace("nace_codes", "26.11,4", "26.11,5")

    with pytest.raises(BadReferenceDataError) as refused:
        load(folder.path)

    assert [str(problem) for problem in refused.value.problems] == [
        "nace_codes.csv:5: The code does not fit the level.",
        "postcode_areas.csv:5: The prefix is not digits only.",
    ]
    assert not Country.objects.exists()


def test_number_of_queries_does_not_grow_with_the_rows(folder, django_assert_max_num_queries):
    folder.append("nace_codes", *[f"27.{i},3,27,Branch {i},,,,,,," for i in range(1, 10)])

    with django_assert_max_num_queries(30):
        load(folder.path)

    assert NaceCode.objects.count() == 15
