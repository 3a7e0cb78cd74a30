"""The public front page."""

import pytest

from regions.models import Region
from tests import factories

pytestmark = pytest.mark.usefixtures("network")


def test_visitor_reads_who_the_brokers_of_each_country_are(client):
    page = client.get("/").text

    assert "Johanna Virtanen" in page
    assert "PFRR, Białystok" in page


def test_each_country_on_the_map_leads_to_its_brokers(client):
    page = client.get("/").text

    assert 'href="/brokers/?country=FI"' in page
    assert 'aria-label="Finland: brokers in Southern Finland"' in page
    assert "Brokers work in 2 regions of 2 countries." in page


def test_country_without_brokers_stands_on_the_map_without_a_link(client):
    factories.country("LV")
    Region.objects.filter(country="LV", level=2).update(map_x=5, map_y=5)

    page = client.get("/").text

    assert 'aria-label="Latvia"' in page
    assert "?country=LV" not in page


def test_newest_opportunities_come_from_different_countries(client):
    for country in ("FI", "PL", "PL", "PL"):
        company = factories.company(f"Firm in {country}", host=factories.host(country))
        factories.profile(company, offered=f"Something new from {country}.")

    page = client.get("/").text

    assert page.count("Something new from PL.</a>") == 1
    assert page.count("Something new from FI.</a>") == 1
    assert "See all 4 opportunities" in page


def test_page_says_what_comes_when_nothing_is_published_yet(client):
    assert "No opportunities yet" in client.get("/").text


def test_page_costs_the_same_for_many_opportunities_and_brokers(client, cost):
    polish = factories.company("Firm", host=factories.host("PL"))
    factories.profile(polish)
    for_few = cost("/")

    for number in range(30):
        factories.profile(polish, offered=f"Board {number}.")
        factories.broker(f"Jan{number} Kos", organisation=factories.host("PL"))

    assert cost("/") == for_few <= 11
