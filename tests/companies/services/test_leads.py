"""Firms that come in: by registration, from a broker, from a partner site."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from brokers.wording import reason_sentences
from companies.choices import MoneyBand, SizeClass, Stage
from companies.models import Company
from companies.services.duplicates import MAY_BE_KNOWN, NUMBER_KNOWN
from companies.services.leads import LeadContact, LeadFacts, create_lead
from companies.services.ownership import claim_company
from tests import factories
from tests.letters import letters_to
from tibs.accounts.actor import VISITOR, system
from tibs.accounts.models import User
from tibs.core.errors import NotAllowedError
from tibs.events.models import AuditRecord, InboxItem

pytestmark = pytest.mark.django_db

SITE = system("partner.site")
FRIDAY = datetime(2026, 6, 5, 9, tzinfo=UTC)
EWA = LeadContact(name="Ewa Lis", email="Ewa@stolarnia.example", language="pl", phone="+48 85 000 00 00")


def lead(contact=EWA, *, by=SITE, now=FRIDAY, country="PL", **facts):
    known = {"name": "Stolarnia Dąb", "country": factories.country(country), "city": "Białystok"} | facts
    return create_lead(facts=LeadFacts(**known), contact=contact, source="partner.example", by=by, now=now)


def test_lead_belongs_to_nobody_and_is_proposed_to_the_broker_of_its_region(aleksandra):
    company = lead(region=factories.region("PL"))

    assert (company.stage, company.owner, company.proposed_owner) == (Stage.LEAD, None, aleksandra)
    assert company.host == factories.host("PL")
    assert reason_sentences(company.routing_facts)


def test_answer_is_due_after_two_working_days_of_the_country(aleksandra):
    company = lead(now=datetime(2026, 6, 3, 9, tzinfo=UTC))

    due = company.answer_due_at.astimezone(ZoneInfo("Europe/Warsaw"))
    assert due.isoformat() == "2026-06-08T23:59:59+02:00"  # Corpus Christi on Thursday, then the weekend


def test_contact_has_an_account_without_a_password(aleksandra):
    company = lead()

    contact = company.contacts.get()
    assert contact.is_primary
    assert (contact.email, contact.phone) == ("ewa@stolarnia.example", "+48 85 000 00 00")
    assert contact.user.email == "ewa@stolarnia.example"
    assert not contact.user.has_usable_password()
    assert factories.actor(contact.user).companies == {company.pk}


def test_second_firm_of_a_person_needs_no_second_account(aleksandra):
    lead()
    lead(name="Tartak Dąb")

    assert User.objects.filter(email="ewa@stolarnia.example").count() == 1


def test_size_class_follows_from_staff_and_money(aleksandra):
    company = lead(staff_count=34, turnover_band=MoneyBand.TO_10, balance_band="")

    assert company.size_class == SizeClass.SMALL


def test_broker_and_contact_are_told_who_answers_until_when(aleksandra):
    lead()

    [(subject, words)] = letters_to(aleksandra.email)
    assert "Stolarnia Dąb" in subject
    assert "/companies/cmp_" in words
    [(_, greeting)] = letters_to("ewa@stolarnia.example")
    assert "Aleksandra Nowak" in greeting
    assert "9 czerwca 2026" in greeting


def test_known_register_number_is_not_told_to_who_brings_the_firm_but_kept_for_the_broker(aleksandra):
    first = lead(register_number="0000123456")

    second = lead(register_number="0000123456", name="Dąb Stolarnia")

    assert second.pk != first.pk
    assert second.register_number == ""
    assert {"code": NUMBER_KNOWN, "number": "0000123456"} in second.routing_facts


def test_a_known_register_number_that_is_written_otherwise_is_not_told_either(aleksandra):
    lead(register_number="123456785")

    second = lead(register_number="PL 123-456-785", name="Dąb Stolarnia")

    assert {"code": NUMBER_KNOWN, "number": "123456785"} in second.routing_facts


def test_broker_is_told_which_company_it_may_be(aleksandra):
    first = lead(website="https://stolarnia.example")

    second = lead(website="https://www.stolarnia.example/kontakt", name="Dąb Meble")

    [note] = [fact for fact in second.routing_facts if fact["code"] == MAY_BE_KNOWN]
    assert note["companies"] == [first.public_id]
    words = letters_to(aleksandra.email)[-1][1]
    assert "TIBS may know this company already" in words
    assert "TIBS may know" not in letters_to("ewa@stolarnia.example")[-1][1]


def test_timeline_says_where_the_firm_came_from(aleksandra):
    company = lead()

    record = AuditRecord.objects.get(event="companies.lead.created", company_id=company.public_id)
    assert (record.actor_id, record.facts["source"]) == ("partner.site", "partner.example")
    assert "ewa" not in str(AuditRecord.objects.values_list("facts", flat=True)).lower()


def test_broker_may_bring_in_a_firm_of_another_country(aleksandra, johanna):
    company = lead(by=factories.actor(aleksandra), country="FI")

    assert company.host == factories.host("FI")
    assert company.proposed_owner == johanna


def test_visitors_and_staff_bring_in_nothing(signe, aleksandra):
    for somebody in (VISITOR, factories.actor(signe)):
        with pytest.raises(NotAllowedError):
            lead(by=somebody)

    assert not Company.objects.exists()


def test_broker_is_waited_for_until_somebody_answers_for_the_lead(aleksandra):
    company = lead()
    before = InboxItem.objects.get(user=aleksandra)

    claim_company(company=company, by=factories.actor(aleksandra))

    before.refresh_from_db()
    assert before.waits
    assert before.done_at
    assert letters_to(aleksandra.email) == []
