"""What the database itself refuses."""

import pytest
from django.db import IntegrityError, transaction

from companies.choices import CompanyKind, ProfileStatus, Purpose, Stage
from companies.models import Company, Consent, Contact, CooperationProfile, ProfileText
from tests import factories
from tests.standing_scenes import standing

pytestmark = pytest.mark.django_db
MODELS = (Company, Consent, Contact, CooperationProfile, ProfileText)


@standing
def host():
    return factories.host("PL")


@standing
def firm(host):
    return factories.company(host=host, register_number="123", external_id="a")


def change(thing, **values):
    type(thing).objects.filter(pk=thing.pk).update(**values)


def same_register_number(firm):
    change(factories.company("Other", host=firm.host), register_number="123")


def same_external_id(firm):
    change(factories.company("Other", host=firm.host), external_id="a")


def no_owner_after_lead(firm):
    change(firm, stage=Stage.SCREENING)


def service_for_a_university(firm):
    owner = factories.person()
    change(firm, kind=CompanyKind.RESEARCH, stage=Stage.ENROLLED, owner=owner)


def same_address(firm):
    contact = factories.contact(firm)
    Contact.objects.create(company=firm, email=contact.email, name="Other")


def merged_into_itself(firm):
    change(firm, merged_into=firm)


def two_first_contacts(firm):
    for name in ("Eva Kask", "Jan Kos"):
        change(factories.contact(firm, name), is_primary=True)


def consent_without_end(firm):
    factories.consent(firm)
    change(firm.consents.get(), valid_until=None)


def broker_named_for_a_survey(firm):
    factories.consent(firm, Purpose.SURVEYS)
    change(firm.consents.get(), recipient_id="usr_1")


def published_without_reference(firm):
    change(factories.profile(firm), reference=None)


def profile_without_area(firm):
    change(factories.draft(firm), area="")


def public_facts_twice(firm):
    factories.public_facts(firm)
    factories.public_facts(firm)


def second_text_in_a_language(firm):
    ProfileText.objects.create(profile=factories.draft(firm), language="en", offered="x")


def second_original(firm):
    ProfileText.objects.create(profile=factories.draft(firm), language="pl", offered="x", is_original=True)


def original_without_words(firm):
    change(factories.draft(firm).texts.get(), offered="", sought="")


REFUSED = {
    "companies_company_register_number_once": same_register_number,
    "companies_company_external_id_once": same_external_id,
    "companies_company_has_owner_after_lead": no_owner_after_lead,
    "companies_company_served_is_sme": service_for_a_university,
    "companies_company_is_not_merged_into_itself": merged_into_itself,
    "companies_contact_one_primary": two_first_contacts,
    "companies_contact_email_once": same_address,
    "companies_consent_given_has_an_end": consent_without_end,
    "companies_consent_broker_is_named_for_sharing": broker_named_for_a_survey,
    "companies_profile_published_is_dated": published_without_reference,
    "companies_profile_has_area": profile_without_area,
    "companies_profile_public_facts_once": public_facts_twice,
    "companies_profiletext_language_once": second_text_in_a_language,
    "companies_profiletext_one_original": second_original,
    "companies_profiletext_says_something": original_without_words,
}


@pytest.mark.parametrize("constraint", REFUSED)
def test_database_refuses(firm, constraint):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        REFUSED[constraint](firm)


def test_every_constraint_is_tried():
    assert {c.name for model in MODELS for c in model._meta.constraints} == set(REFUSED)


def test_companies_without_numbers_do_not_collide(host):
    factories.company("One", host=host)
    factories.company("Two", host=host)

    assert Company.objects.filter(register_number="", external_id="").count() == 2


def test_same_register_number_in_another_country_is_another_company(firm):
    factories.company("Other", host=factories.host("FI"), register_number="123")

    assert Company.objects.count() == 2


@pytest.mark.parametrize("status", [ProfileStatus.DRAFT, ProfileStatus.WITHDRAWN])
def test_profile_that_is_not_published_needs_no_reference(firm, status):
    profile = factories.draft(firm)

    change(profile, status=status)

    assert CooperationProfile.objects.get().reference is None


def test_hash_of_the_words_follows_the_words_and_the_language(firm):
    text = factories.draft(firm).texts.get()
    seen = {text.text_hash}
    for values in ({"offered": "Other."}, {"sought": "Other."}, {"language": "pl"}):
        change(text, **values)
        text.refresh_from_db()
        seen.add(text.text_hash)

    change(text, title="Other")
    text.refresh_from_db()

    assert len(seen) == 4
    assert text.text_hash in seen


def test_things_are_named_for_people(firm):
    profile = factories.draft(firm, offered="Boards.")
    contact = factories.contact(firm, "Eva Kask")
    factories.consent(firm)

    assert [str(firm), str(profile), str(contact)] == ["Wood Works", profile.public_id, "Eva Kask"]
    assert str(profile.texts.get()) == "Boards."
    assert str(Consent.objects.get()) == f"{firm.pk} publish_anonymous True"
