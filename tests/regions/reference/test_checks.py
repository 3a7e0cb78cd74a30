import pytest

from regions.reference.checks import check
from regions.reference.data import read_folder


@pytest.fixture
def problems(folder):
    """What is wrong between the files of the folder, once each file can be read."""

    def problems():
        unreadable = []
        data = read_folder(folder.path, unreadable)
        assert unreadable == []
        return [str(problem) for problem in check(data)]

    return problems


def test_good_folder_has_no_problems(problems):
    assert problems() == []


@pytest.mark.parametrize(
    ("file", "old", "new", "problem"),
    [
        (
            "regions",
            "PL841,2024,3,PL,PL84",
            "PL841,2024,3,PL,PL85",
            "regions.csv:4: parent: “PL85” is not in regions.csv.",
        ),
        (
            "regions",
            "LV00,2024,2,LV",
            "LV00,2024,2,XX",
            "regions.csv:7: country: “XX” is not in countries.csv.",
        ),
        ("regions", "LV00,LV00C", "LV00,LV00D", "regions.csv:9: replaced_by: “LV00D” is not in regions.csv."),
        (
            "regions",
            "PL841,2024,3,PL,PL84",
            "PL841,2024,3,PL,PL8",
            "regions.csv:4: The parent is not one level above.",
        ),
        (
            "regions",
            "no,2,1,Vidzeme",
            "no,3,2,Vidzeme",
            "regions.csv:8: PL84 already has this place on the map.",
        ),
        ("nace_codes", "26.11,4,26.1", "26.11,4,26", "nace_codes.csv:5: The parent is not one level above."),
        (
            "domain_nace",
            "MANUF,26,0.5",
            "MANUF,26,0.4",
            "domain_nace.csv:3: The weights of 26 add up to 0.9 instead of 1.",
        ),
        (
            "s3_priorities",
            "MED,PL84",
            "MED,PL85",
            "s3_priorities.csv:2: region: “PL85” is not in regions.csv.",
        ),
        (
            "s3_priority_domains",
            ",ICT",
            ",SPACE",
            "s3_priority_domains.csv:3: domain: “SPACE” is not in s3_domains.csv.",
        ),
        (
            "postcode_areas",
            "LV,41,LV00C",
            "LV,41012,LV00C",
            "postcode_areas.csv:5: The prefix is longer than a postcode.",
        ),
        (
            "postcode_areas",
            "LV,41,LV00C",
            "LV,41,PL841",
            "postcode_areas.csv:5: The region lies in another country.",
        ),
    ],
)
def test_contradiction_is_named_with_its_line(folder, problems, file, old, new, problem):
    folder.replace(file, old, new)

    assert problem in problems()


def test_parent_in_another_country_is_named(folder, problems):
    folder.replace("regions", "PL84,2024,2,PL,PL8", "PL84,2024,2,PL,LV0")

    assert problems() == ["regions.csv:3: The parent lies in another country."]
