"""The factories make a world that the product itself accepts."""

import pytest

from companies.models import Company, CooperationProfile
from tests import factories, places
from tibs.accounts.roles import RoleCode

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("code", places.COUNTRIES)
def test_each_country_has_its_host_organisation(code):
    host = factories.host(code)

    assert host == factories.host(code)
    assert (host.country_id, host.region.country_id, host.region.level) == (code, code, 3)


def test_values_make_another_organisation_of_the_country():
    assert factories.host("PL", short_name="BUT") != factories.host("PL")


def test_the_cast_sees_its_own_companies(aleksandra, johanna, signe, polish_company, finnish_company):
    seen = {
        user.name: set(Company.objects.visible_to(factories.actor(user)))
        for user in (aleksandra, johanna, signe)
    }

    assert seen == {
        "Aleksandra Nowak": {polish_company},
        "Johanna Virtanen": {finnish_company},
        "Signe Holm": {polish_company, finnish_company},
    }


def test_profile_is_published_and_draft_is_not(polish_company, finnish_company):
    published = factories.profile(polish_company)
    factories.draft(finnish_company)

    assert list(CooperationProfile.objects.published()) == [published]


def test_public_facts_are_matchable_and_not_published(polish_company):
    facts = factories.public_facts(polish_company)

    assert list(CooperationProfile.objects.matchable()) == [facts]
    assert not CooperationProfile.objects.published().exists()


def test_person_has_the_role_where_it_counts():
    on_the_platform = factories.person("Aino Laine", role=RoleCode.ANALYST)
    at_a_host = factories.person("Ott Tamm", role=RoleCode.COORDINATOR, organisation=factories.host("EE"))

    assert factories.actor(on_the_platform).sees_whole_network
    assert factories.actor(at_a_host).roles == {RoleCode.COORDINATOR}
    assert factories.actor(at_a_host).countries == {"EE"}


def test_domain_and_branch_are_made_once():
    assert factories.domain() == factories.domain()
    assert factories.nace("25.62").parent.parent.parent.code == "C"
