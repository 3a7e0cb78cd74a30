import pytest
from django.db import connection

from companies.choices import CompanyKind, Stage
from companies.models import Company
from companies.services.companies import add_company
from regions.models import Country
from tests import factories
from tests.standing_scenes import standing
from tibs.core.errors import BadInputError, NotAllowedError
from tibs.events.models import AuditRecord

pytestmark = pytest.mark.django_db


def add(host, **values):
    given = {"name": "Dąb", "country": host.country, "host": host, "source": "tests", "by": factories.BENCH}
    return add_company(**given | values)


def refusal(host, **values):
    with pytest.raises(BadInputError) as refused:
        add(host, **values)
    return refused.value


@standing
def pfrr():
    return factories.host("PL")


def test_new_company_is_a_lead_and_recorded(pfrr):
    company = add(pfrr)

    record = AuditRecord.objects.get()
    assert company.stage == Stage.LEAD
    assert (record.event, record.company_id) == ("companies.company.added", company.public_id)
    assert record.facts == {"source": "tests"}


def test_broker_adds_to_the_own_organisation_only(pfrr, johanna):
    by = factories.actor(johanna)

    add(factories.host("FI"), by=by)
    with pytest.raises(NotAllowedError):
        add(pfrr, by=by)

    assert Company.objects.count() == 1


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "x" * 201}, "name"),
        ({"city": "x" * 101}, "city"),
        ({"website": "javascript:alert(1)"}, "website"),
        ({"kind": "CLUB"}, "kind"),
        ({"language": "sv"}, "language"),
        ({"size_class": "TINY"}, "size_class"),
        ({"nace_id": "99.99"}, "nace"),
        ({"country": Country(code="XX")}, "country"),
    ],
)
def test_value_that_does_not_fit_is_named(pfrr, values, field):
    error = refusal(pfrr, **values)

    assert list(error.fields) == [field]
    assert field in str(error)
    assert not Company.objects.exists()


def test_broken_rule_is_said_in_words(pfrr):
    add(pfrr, register_number="1")

    assert str(refusal(pfrr, register_number="1")) == (
        "A company with this register number exists in this country."
    )
    assert str(refusal(pfrr, stage=Stage.ACTIVE)) == (
        "After the lead stage a company needs a responsible broker."
    )
    assert str(refusal(pfrr, stage=Stage.ACTIVE, kind=CompanyKind.CLUSTER, owner=factories.person())) == (
        "Only small and medium-sized enterprises receive the service."
    )


@pytest.mark.parametrize(
    "words",
    ["Łódź", "lodz", "LODZ", "zasis", "Žąsis lodz", "lodz  zasis", "odz", "pl-77", "okonomi", "strasse"],
)
def test_search_finds_whatever_the_accents_and_the_order(pfrr, words):
    company = add(pfrr, name="Žąsis Økonomi Straße", city="Łódź", register_number="PL-77")

    found = Company.objects.search(words)

    assert list(found) == [company]


@pytest.mark.parametrize("words", ["lodz vilnius", "lodzx", "%", "_", "\\"])
def test_search_finds_nothing_else(pfrr, words):
    add(pfrr, name="Žąsis", city="Łódź")

    assert not Company.objects.search(words).exists()


def test_empty_search_is_every_company(pfrr):
    company = add(pfrr)

    assert list(Company.objects.search("  ")) == [company]


def test_search_uses_its_index(pfrr):
    Company.objects.bulk_create(
        Company(
            name=f"Firm {number}",
            country=pfrr.country,
            host=pfrr,
            source="bulk",
            external_id=str(number),
            search_text=f"firm {number:05} somewhere in a town with a long name {number * 7919:08}",
        )
        for number in range(4000)
    )
    with connection.cursor() as cursor:
        # What autovacuum does on its own after such a load.
        cursor.execute("SELECT gin_clean_pending_list('companies_company_search')")
        cursor.execute("ANALYZE companies_company")

    for words in ("nosuchword", "nosuchword town"):
        plan = Company.objects.search(words).order_by("name", "id").explain()
        assert "companies_company_search" in plan, plan
