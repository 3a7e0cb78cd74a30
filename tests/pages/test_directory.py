"""The public directory of host organisations and brokers."""

import pytest

from brokers.models import Broker
from tests import factories
from tests.standing_scenes import standing
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

    assert cost("/brokers/") == for_few <= 5


def find(client, **values):
    return client.get("/brokers/", {"country": "PL", "postcode": "", "region": ""} | values)


@standing
def far_broker():
    """Somebody in Poland, but not in Białystok."""
    far = factories.region_of("PL", "PL91", "PL911")
    return factories.broker("Maria Zając", organisation=factories.host("PL", region=far, city="Warszawa"))


def test_firm_finds_the_broker_of_its_region_by_postcode(client, far_broker):
    factories.postcode("PL", "15", factories.region("PL"))

    page = find(client, postcode="15-351").text

    assert "Brokers for " in page
    assert "Aleksandra Nowak" in page
    assert "Maria Zając" not in page
    assert "Johanna Virtanen" not in page


def test_firm_finds_the_broker_of_its_region_in_the_list(client, far_broker):
    page = find(client, country="FI", region="PL91").text

    assert "Maria Zając" in page
    assert "Aleksandra Nowak" not in page


@pytest.mark.parametrize("postcode", ["99", "ž", "🦉", "1" * 12, "1e30", "\u202e1"])
def test_what_is_no_postcode_is_said_at_its_field(client, postcode):
    answer = find(client, postcode=postcode)

    assert answer.status_code == 400
    assert "id_postcode_error" in answer.text


def test_directory_shows_no_address_of_a_person(client):
    page = client.get("/brokers/").text

    for broker in Broker.objects.select_related("membership__user"):
        assert broker.membership.user.email not in page
