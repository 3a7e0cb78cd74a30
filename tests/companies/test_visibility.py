"""Who sees which companies and profiles."""

import pytest

from companies.models import Company, CooperationProfile
from companies.services.publishing import withdraw_profile
from tests import factories
from tests.standing_scenes import standing
from tibs.accounts.actor import VISITOR, system
from tibs.accounts.roles import RoleCode

pytestmark = pytest.mark.django_db


@standing
def actors(aleksandra, johanna, polish_company):
    """Everybody who could look, seen from the Polish company."""
    pfrr = polish_company.host
    contact = factories.person("Ewa Lis")
    factories.contact(polish_company, user=contact)
    both = factories.person("Aino Salo", role=RoleCode.ANALYST)
    factories.member(both, factories.host("FI"))
    return {
        "own broker": factories.actor(aleksandra),
        "own coordinator": factories.actor(factories.person(role=RoleCode.COORDINATOR, organisation=pfrr)),
        "other broker": factories.actor(johanna),
        "its contact": factories.actor(contact),
        "somebody with an account": factories.actor(factories.person()),
        "staff": factories.actor(factories.person(role=RoleCode.STAFF)),
        "administrator": factories.actor(factories.person(role=RoleCode.ADMINISTRATOR)),
        "analyst": factories.actor(factories.person(role=RoleCode.ANALYST)),
        "other broker who is an analyst": factories.actor(both),
        "visitor": VISITOR,
        "the platform": system("tests"),
    }


INSIDERS = {"own broker", "own coordinator", "its contact", "staff", "administrator", "the platform"}
OTHER_BROKERS = {"other broker", "other broker who is an analyst"}


def who_sees(actors, thing):
    return {
        name
        for name, actor in actors.items()
        if type(thing).objects.visible_to(actor).filter(pk=thing.pk).exists()
    }


def test_company_is_seen_by_its_organisation_its_people_and_the_network(actors, polish_company):
    assert who_sees(actors, polish_company) == INSIDERS


def test_draft_is_seen_by_insiders(actors, polish_company):
    assert who_sees(actors, factories.draft(polish_company)) == INSIDERS


def test_published_profile_is_seen_by_other_brokers_too(actors, polish_company):
    assert who_sees(actors, factories.profile(polish_company)) == INSIDERS | OTHER_BROKERS


def test_public_facts_are_seen_by_brokers_and_never_by_visitors(actors, polish_company):
    assert who_sees(actors, factories.public_facts(polish_company)) == INSIDERS | OTHER_BROKERS


def test_withdrawn_profile_is_seen_by_insiders(actors, polish_company):
    profile = factories.profile(polish_company)
    withdraw_profile(profile=profile, by=factories.BENCH)

    assert who_sees(actors, profile) == INSIDERS


def test_profile_closed_for_interest_is_seen_by_insiders(actors, polish_company):
    profile = factories.profile(polish_company)
    CooperationProfile.objects.update(open_for_interest=False)

    assert who_sees(actors, profile) == INSIDERS


def test_contact_of_two_firms_sees_both(polish_company, finnish_company):
    ewa = factories.person("Ewa Lis")
    factories.contact(polish_company, user=ewa)
    factories.contact(finnish_company, user=ewa)

    assert set(Company.objects.visible_to(factories.actor(ewa))) == {polish_company, finnish_company}


def test_contact_without_an_account_lends_nobody_anything(polish_company):
    factories.contact(polish_company)

    assert factories.actor(factories.person()).companies == frozenset()
