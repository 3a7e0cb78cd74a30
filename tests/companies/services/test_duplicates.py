"""Companies that may be one are found by numbers, addresses, people and names, over the whole network."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from companies.identity import name_key
from companies.models import Company, NotDuplicate
from companies.services.duplicates import Why, shown_to, similar_companies, suspicions_about
from tests import factories
from tests.standing_scenes import standing
from tibs.accounts.actor import VISITOR

pytestmark = pytest.mark.django_db


def found(**described):
    given = {"name": "Nothing Alike", "country": "FI"} | described
    return [(suspicion.company.name, suspicion.why) for suspicion in similar_companies(**given)]


@standing
def saha(johanna):
    company = factories.company(
        "Kymen Saha Oy",
        host=factories.host("FI"),
        owner=johanna,
        register_number="1234567-1",
        website="https://www.kymensaha.fi",
    )
    factories.contact(company, "Matti Salo")
    return company


def test_a_register_number_finds_the_company_however_it_is_written(saha):
    assert found(register_number="FI 12345671") == [("Kymen Saha Oy", (Why.REGISTER_NUMBER,))]


def test_a_vat_number_finds_the_company_where_both_numbers_are_one(saha):
    assert found(vat_number="FI 1234 5671") == [("Kymen Saha Oy", (Why.REGISTER_NUMBER,))]


def test_the_same_register_number_in_another_country_is_no_sign(saha):
    assert found(register_number="1234567-1", country="PL") == []


def test_website_and_mail_address_find_the_company_by_their_domain(saha):
    assert found(website="http://kymensaha.fi/en") == [("Kymen Saha Oy", (Why.WEB_DOMAIN,))]
    assert found(email="anna@kymensaha.fi") == [("Kymen Saha Oy", (Why.WEB_DOMAIN,))]


def test_a_person_finds_the_company_by_the_mail_address(saha):
    assert found(email=saha.contacts.get().email.upper()) == [("Kymen Saha Oy", (Why.PERSON,))]


@pytest.mark.parametrize("name", ["KYMEN SAHA", "Oy Kymen Saha Ab", "Kymensaha Oy", "Kymen Sahat"])
def test_a_name_written_a_little_differently_finds_the_company(saha, name):
    assert found(name=name) == [("Kymen Saha Oy", (Why.NAME,))]


def test_abroad_only_the_same_name_is_a_sign(saha):
    assert found(name="Kymen Saha ApS", country="DK") == [("Kymen Saha Oy", (Why.NAME,))]
    assert found(name="Kymen Sahat", country="DK") == []


def test_numbers_come_before_names_and_reasons_add_up(saha):
    factories.company("Kymen Sahat Oy", host=factories.host("FI"))

    names = found(name="Kymen Saha", register_number="1234567-1")

    assert names == [
        ("Kymen Saha Oy", (Why.REGISTER_NUMBER, Why.NAME)),
        ("Kymen Sahat Oy", (Why.NAME,)),
    ]


def test_a_company_is_not_suspected_of_being_itself(saha):
    assert suspicions_about(saha) == []


def test_a_merged_entry_leads_to_the_company_that_it_belongs_to_now(saha):
    old = factories.company("Saha Vanha", host=factories.host("FI"), register_number="9999999-9")
    Company.objects.filter(pk=old.pk).update(merged_into=saha)

    assert found(register_number="9999999-9") == [("Kymen Saha Oy", (Why.REGISTER_NUMBER,))]


def test_what_somebody_called_different_is_not_brought_up_again(saha):
    other = factories.company("Kymen Sahat Oy", host=factories.host("FI"))
    first, second = sorted((saha, other), key=lambda company: company.pk)
    NotDuplicate.objects.create(first=first, second=second)

    assert suspicions_about(saha) == []
    assert suspicions_about(other) == []


def test_a_broker_learns_only_name_country_and_broker_of_a_foreign_company(saha, aleksandra):
    suspicions = similar_companies(name="Kymen Saha", country="PL")

    (shown,) = shown_to(suspicions, factories.actor(aleksandra))

    assert (shown.name, shown.country, shown.broker) == (
        "Kymen Saha Oy",
        "Finland",
        "Johanna Virtanen, Kinno",
    )
    assert not shown.is_visible


def test_the_own_broker_may_open_it_and_a_visitor_learns_nothing(saha, johanna):
    suspicions = similar_companies(name="Kymen Saha", country="FI")

    assert [shown.is_visible for shown in shown_to(suspicions, factories.actor(johanna))] == [True]
    assert shown_to(suspicions, VISITOR) == []


@pytest.mark.parametrize("odd", ["", "\0", "\ud800", "🙂", "%_\\", "9" * 1000, "שלום", "x" * 1_000_000])
def test_odd_input_is_answered(saha, odd):
    assert isinstance(
        similar_companies(
            name=odd, country="FI", register_number=odd, vat_number=odd, website=odd, email=odd
        ),
        list,
    )


def test_every_part_of_the_search_reads_an_index(saha):
    Company.objects.bulk_create(
        Company(
            name=f"Firm {number}",
            name_key=name_key(f"Firm {number:05} {number * 7919:08}"),
            country=saha.country,
            host=saha.host,
            source="tests",
            web_domain=f"firm{number}.fi",
        )
        for number in range(3000)
    )
    described = {
        "name": "Kymen Saha",
        "country": "FI",
        "register_number": "1234567-1",
        "vat_number": "FI12345671",
        "website": "kymensaha.fi",
        "email": "matti@kymensaha.fi",
    }
    with connection.cursor() as cursor:
        # What autovacuum does on its own after such a load; 3,000 rows are too few to need an index.
        cursor.execute("SELECT gin_clean_pending_list('companies_company_name_key')")
        cursor.execute("ANALYZE companies_company")
        cursor.execute("SET LOCAL enable_seqscan = off")

        with CaptureQueriesContext(connection) as captured:
            similar_companies(**described)

        for query in captured:
            if "FROM" in query["sql"]:
                cursor.execute("EXPLAIN " + query["sql"])
                plan = "\n".join(line for (line,) in cursor.fetchall())
                assert "Seq Scan on companies" not in plan, plan
