"""Reference data, as everybody reads it."""

import pytest

from regions.models import DomainNace, Region
from regions.services import reference_data
from tests import factories
from tests.api.contract import assert_fits, assert_problem

REGIONS = "/api/v1/regions/"


def walk(client, address, shape):
    """Every item of a list, page by page."""
    while address:
        answer = client.get(address)
        page = answer.json()
        assert_fits(page, shape)
        assert answer.headers.get("Link", "") == (f'<{page["next"]}>; rel="next"' if page["next"] else "")
        yield from page["items"]
        address = page["next"]


@pytest.mark.django_db
def test_a_walk_through_the_shipped_data_gives_everything_once_and_in_order(client):
    reference_data.load()

    for name, shape, number in (
        ("countries", "CountryPage", 7),
        ("domains", "DomainPage", 11),
        ("regions", "RegionPage", Region.objects.count()),
    ):
        codes = [item["code"] for item in walk(client, f"/api/v1/{name}/?limit=100", shape)]
        assert codes == sorted(set(codes))
        assert len(codes) == number


@pytest.mark.django_db
def test_names_are_given_in_every_language_that_has_one(client):
    factories.country("FI")
    Region.objects.filter(code="FI1").update(name_fi="Manner-Suomi")

    (region,) = client.get(f"{REGIONS}?level=1").json()["items"]

    assert region["names"] == {"en": "Mainland Finland", "fi": "Manner-Suomi"}


@pytest.mark.django_db
def test_a_domain_names_its_branches(client):
    DomainNace.objects.create(domain=factories.domain("MANUF"), nace=factories.nace("25.62"), weight="0.5")

    (domain,) = client.get("/api/v1/domains/").json()["items"]

    assert domain["branches"] == [{"nace": "25.62", "weight": 0.5}]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("country=FI&level=1", {"FI1"}),
        ("parent=FI1", {"FI1C"}),
        ("level=3&active=true", {"FI1C7"}),
        ("active=false", set()),
        ("country=SE", set()),
    ],
)
def test_regions_are_narrowed(client, asked, found):
    factories.country("FI")

    answer = client.get(f"{REGIONS}?{asked}").json()

    assert {region["code"] for region in answer["items"]} == found


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("asked", "parameter", "code"),
    [
        ("level=4", "level", "invalid_choice"),
        ("country=pl", "country", "invalid"),
        ("country=PL&country=FI", "country", "repeated"),
        ("contry=PL", "contry", "unknown"),
        ("limit=101", "limit", "max_value"),
        ("limit=99999999999999999999999", "limit", "max_value"),
        ("active=yes", "active", "invalid"),
        ("format=xml", "format", "unknown"),
    ],
)
def test_a_wrong_parameter_is_named(client, asked, parameter, code):
    problem = assert_problem(client.get(f"{REGIONS}?{asked}"), 400, "invalid_parameters")

    assert [(error["parameter"], error["code"]) for error in problem["errors"]] == [(parameter, code)]


@pytest.mark.django_db
def test_pages_of_any_site_may_read(client):
    asked = client.options(REGIONS, headers={"Origin": "https://partner.example"})
    answer = client.get(REGIONS, headers={"Origin": "https://partner.example"})

    assert (asked.status_code, asked.headers["Access-Control-Allow-Methods"]) == (204, "GET, HEAD")
    assert asked.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in answer.headers
