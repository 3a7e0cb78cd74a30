"""A broker brings in a company."""

import pytest

from companies.choices import Stage
from companies.models import Company
from tests import factories
from tests.letters import letters_to

pytestmark = pytest.mark.django_db
FORM = {
    "name": "Stolarnia Dąb",
    "country": "PL",
    "city": "Białystok",
    "website": "stolarnia.example",
    "contact_name": "Ewa Lis",
    "email": "ewa@stolarnia.example",
    "language": "pl",
    "care": "mine",
}


@pytest.fixture
def broker(client, aleksandra_in_english):
    client.force_login(aleksandra_in_english)
    return aleksandra_in_english


def test_company_that_the_broker_keeps_is_in_their_care_at_once(client, broker):
    client.post("/companies/new/", FORM)

    company = Company.objects.get()
    assert (company.owner, company.host, company.source) == (broker, factories.host("PL"), "broker")
    assert company.stage == Stage.LEAD
    assert letters_to(broker.email) == []
    assert letters_to("ewa@stolarnia.example") == []


def test_company_of_another_country_is_proposed_to_its_broker(client, broker, johanna):
    answer = client.post("/companies/new/", FORM | {"country": "FI", "care": "routed"})

    assert answer.headers["Location"] == "/companies/"
    assert Company.objects.get().proposed_owner == johanna
    assert len(letters_to(johanna.email)) == 1


def test_broker_sees_first_which_company_it_may_be(client, broker):
    known = factories.company("Stolarnia Dab sp. z o.o.", host=factories.host("PL"), owner=broker)

    page = client.post("/companies/new/", FORM).content.decode()

    assert "Is it one of these?" in page
    assert known.public_id in page
    assert Company.objects.count() == 1
    client.post("/companies/new/", FORM | {"is_another": "on"})
    assert Company.objects.count() == 2


def test_mistakes_are_said_at_their_fields(client, broker):
    page = client.post("/companies/new/", FORM | {"email": "nonsense", "name": ""}).content.decode()

    assert "#id_email" in page
    assert "#id_name" in page
    assert not Company.objects.exists()


@pytest.mark.parametrize("text", ["\x00", "9" * 30, "🪑\u202e", "x" * 100_000])
def test_odd_input_is_answered_kindly(client, broker, text):
    for name in FORM | {"staff_count": "", "region": "", "nace": "", "turnover_band": "", "is_another": ""}:
        assert client.post("/companies/new/", FORM | {name: text}).status_code < 500
