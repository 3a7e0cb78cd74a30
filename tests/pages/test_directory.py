"""The public directory of host organisations and brokers."""

import pytest

from tests import factories
from tibs.accounts.models import User

pytestmark = pytest.mark.usefixtures("network")


def test_visitor_finds_organisation_town_and_languages_of_a_broker(client):
    page = client.get("/brokers/").text

    assert "Białystok" in page
    assert "Aleksandra Nowak" in page
    assert "Speaks English, Polish" in page


def test_languages_are_named_in_the_language_of_the_reader(client):
    page = client.get("/brokers/", headers={"accept-language": "de"}).text

    assert "Englisch, Polnisch" in page


def test_one_country_shows_its_own_brokers_only(client):
    page = client.get("/brokers/?country=FI").text

    assert "Johanna Virtanen" in page
    assert "Aleksandra Nowak" not in page


@pytest.mark.parametrize("country", ["SE", "pl", "'"])
def test_country_without_brokers_is_not_found(client, country):
    assert client.get("/brokers/", {"country": country}).status_code == 404


def test_broker_who_left_is_listed_no_more(client):
    User.objects.filter(name="Johanna Virtanen").update(is_active=False)

    page = client.get("/brokers/?country=FI").text

    assert "Johanna Virtanen" not in page
    assert "No broker is named here at present" in page


def test_directory_costs_the_same_for_many_brokers(client, cost):
    for_few = cost("/brokers/")

    for number in range(30):
        factories.broker(f"Jan{number} Kos", organisation=factories.host("PL"))

    assert cost("/brokers/") == for_few <= 4
