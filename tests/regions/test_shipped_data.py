"""The files that TIBS ships: complete, plausible, and each with its source."""

import csv
from collections import Counter
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import ClassVar
from zoneinfo import ZoneInfo

import pytest

from regions.reference import DIRECTORY
from regions.reference.checks import check
from regions.reference.data import ROW_TYPES, read_folder
from regions.reference.reader import read_table
from regions.services.reference_data import load
from regions.working_days import PublicHolidays
from tibs.core.languages import LANGUAGE_CODES

COUNTRIES = {"PL", "FI", "DK", "DE", "EE", "LT", "LV"}


@pytest.fixture(scope="module")
def data():
    problems = []
    data = read_folder(DIRECTORY, problems)
    assert problems == []
    return data


def by_code(rows):
    return {row.code: row for row in rows}


def test_shipped_files_fit_together(data):
    assert check(data) == []


@pytest.mark.django_db
def test_shipped_files_load_and_a_second_load_changes_nothing():
    report = load()

    assert sum(table.created for table in report.tables) > 4000
    assert load().is_unchanged


def test_every_file_is_small_and_names_its_source_and_licence():
    with (DIRECTORY / "sources.csv").open(encoding="utf-8", newline="") as file:
        sources = list(csv.DictReader(file))
    files = {path.name for path in DIRECTORY.glob("*.csv")} - {"sources.csv"}

    assert {source["file"] for source in sources} == files
    assert {f"{name}.csv" for name in ROW_TYPES} <= files
    assert all(row["source"] and row["licence"] and row["retrieved"] for row in sources)
    assert {row["verified"] for row in sources} == {"yes", "no"}
    assert all(path.stat().st_size < 300_000 for path in DIRECTORY.glob("*.csv"))


def test_labels_are_there_in_all_languages_down_to_nace_divisions(data):
    branches = [row.label for row in data.rows("nace_codes") if row.level <= 2]
    priorities = [row.title for row in data.rows("s3_priorities")]
    names = [row.name for row in (*data.rows("countries"), *data.rows("s3_domains"))]

    assert all(set(texts) == set(LANGUAGE_CODES) for texts in (*branches, *priorities, *names))


def test_regions_are_named_in_english_and_in_their_own_language(data):
    language = {row.code: row.default_language for row in data.rows("countries")}

    assert all(language[row.country] in row.name for row in data.rows("regions"))


def test_countries_have_a_known_time_zone_and_holidays(data):
    assert set(by_code(data.rows("countries"))) == COUNTRIES
    for row in data.rows("countries"):
        assert ZoneInfo(row.time_zone)
        assert date(2026, 12, 25) in PublicHolidays(row.code)


@pytest.mark.parametrize(
    ("country", "levels"),
    [
        ("PL", (7, 17, 73)),
        ("FI", (2, 5, 19)),
        ("DK", (1, 5, 11)),
        ("DE", (16, 38, 400)),
        ("EE", (1, 1, 5)),
        ("LT", (1, 2, 10)),
        ("LV", (1, 1, 5)),
    ],
)
def test_nuts_2024_is_complete(data, country, levels):
    current = Counter(row.level for row in data.rows("regions") if row.country == country and row.active)

    assert tuple(current[level] for level in (1, 2, 3)) == levels


def test_codes_that_nuts_2024_dropped_name_their_successor(data):
    regions = by_code(data.rows("regions"))

    assert regions["LV008"].replaced_by == "LV00C"
    assert regions["FI1C4"].replaced_by == "FI1C7"
    assert regions["FI197"].replaced_by == "FI19B"
    assert all((row.nuts_version == 2021) == (row.replaced_by is not None) for row in regions.values())
    assert all(regions[row.replaced_by].active for row in regions.values() if row.replaced_by)


def test_nace_is_complete(data):
    assert Counter(row.level for row in data.rows("nace_codes")) == {1: 22, 2: 87, 3: 287, 4: 651}


@pytest.mark.parametrize(
    ("country", "postcode", "region"),
    [
        ("PL", "15351", "PL841"),
        ("PL", "18400", "PL842"),
        ("PL", "16400", "PL843"),
        ("LV", "4101", "LV00C"),
        ("LV", "4201", "LV00C"),
        ("LV", "4701", "LV00C"),
        ("EE", "68203", "EE008"),
        ("LT", "01103", "LT011"),
        ("LT", "44280", "LT022"),
        ("FI", "45100", "FI1C7"),
        ("FI", "48100", "FI1C7"),
        ("FI", "33100", "FI19B"),
        ("DE", "20095", "DE600"),
        ("DE", "22767", "DE600"),
        ("DK", "6200", "DK032"),
        ("DK", "9000", "DK050"),
    ],
)
def test_postcodes_of_the_partner_towns_lead_to_their_regions(data, country, postcode, region):
    areas = {(row.country, row.prefix): row.region for row in data.rows("postcode_areas")}

    found = [areas.get((country, postcode[:length])) for length in range(1, len(postcode) + 1)]

    assert [code for code in found if code][-1] == region


def test_postcodes_lead_to_every_small_region(data):
    small = {row.code for row in data.rows("regions") if row.level == 3 and row.active}

    assert {row.region for row in data.rows("postcode_areas")} == small


def test_map_has_one_tile_a_region(data):
    small_tiles = {"EE", "LV", "LT"}
    expected = {
        row.code
        for row in data.rows("regions")
        if row.active and row.level == (3 if row.country in small_tiles else 2)
    }
    tiles = {row.code: (row.map_x, row.map_y) for row in data.rows("regions") if row.map_x is not None}

    assert set(tiles) == expected
    assert len(set(tiles.values())) == len(tiles)
    assert (min(x for x, _ in tiles.values()), min(y for _, y in tiles.values())) == (0, 0)


def test_partner_areas_are_those_of_the_host_organisations(data):
    @dataclass(frozen=True)
    class HostRow:
        KEY: ClassVar = ("number",)

        number: int
        slug: str
        name: str
        short_name: str
        country: str
        kind: str
        nuts: tuple[str, ...]
        website: str
        city: str
        source: str
        verified: bool

    problems = []
    hosts = [line.row for line in read_table(DIRECTORY / "host_organisations.csv", HostRow, problems)]

    assert problems == []
    assert [host.number for host in hosts] == list(range(1, 9))
    assert {host.country for host in hosts} == COUNTRIES
    assert {code for host in hosts for code in host.nuts} == {
        row.code for row in data.rows("regions") if row.partner_area
    }


# Region or country, the beginnings of the codes of its priorities, and how clearly they name each domain.
SEARCH_FOR_COMMON = [
    ("PL84", "HEALTH 1 ICT .5 MANUF 1 BIO 1 ENERGY .5 MOBIL .5 CIRC 1 TEQ .5 BUILD .5"),
    ("LV-2021", "HEALTH 1 ICT 1 MANUF 1 BIO 1 ENERGY 1 MOBIL .5"),
    ("EE-2014", "HEALTH 1 ICT 1 MANUF .5 BIO .5 CIRC 1 BUILD .5"),
    ("LT-2021", "HEALTH 1 ICT 1 MANUF 1"),
    ("FI1C7", "ICT 1 BIO 1 ENERGY .5 MOBIL 1 CIRC .5 CREAT .5"),
    ("DE60", "HEALTH 1 ICT 1 MANUF 1 BIO .5 ENERGY 1 MOBIL 1 CREAT .5 TEQ .5"),
    ("DK03", "HEALTH 1 MANUF .5 ENERGY 1 CREAT 1"),
]


@pytest.mark.parametrize(("prefix", "expected"), SEARCH_FOR_COMMON)
def test_priorities_name_the_domains_as_the_search_for_common_ones_coded_them(data, prefix, expected):
    words = expected.split()
    named: dict[str, Decimal] = {}
    for row in data.rows("s3_priority_domains"):
        if row.priority.startswith(prefix):
            named[row.domain] = max(row.weight, named.get(row.domain, Decimal()))

    assert named == {domain: Decimal(weight) for domain, weight in zip(words[::2], words[1::2], strict=True)}


def test_what_comes_from_general_knowledge_is_not_called_verified(data):
    unverified = {row.code.rsplit("-", 1)[0] for row in data.rows("s3_priorities") if not row.verified}

    assert unverified == {"EE-2021", "LT-2014"}
