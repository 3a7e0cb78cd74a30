"""The public page of one anonymous profile."""

from datetime import timedelta

import pytest
from django.utils import timezone

from companies.choices import Purpose
from companies.models import CooperationProfile, ProfileText
from companies.services.consents import withdraw_consent
from companies.services.profiles import withdraw_profile
from tests import factories
from tibs.figures import PROFILE_LIFE


@pytest.fixture
def firm(db):
    return factories.company("Stolarnia Dąb", host=factories.host("PL"))


@pytest.fixture
def profile(firm):
    return factories.profile(firm, offered="Strugamy deski.", sought="Szukamy tartaku.", language="pl")


def address(profile: CooperationProfile) -> str:
    return f"/p/{profile.reference}"


def test_visitor_reads_both_sides_and_the_next_step(client, profile):
    page = client.get(address(profile)).text

    assert "Strugamy deski." in page
    assert "Szukamy tartaku." in page
    assert "Contact the broker of your region" in page


def test_text_in_another_language_is_marked_and_named(client, profile):
    page = client.get(address(profile)).text

    assert '<blockquote lang="pl">' in page
    assert "Written in Polish" in page


def test_text_in_the_language_of_the_reader_comes_first(client, profile):
    ProfileText.objects.create(profile=profile, language="de", title="Hobelware", offered="Wir hobeln.")

    page = client.get(address(profile), headers={"accept-language": "de"}).text

    assert '<h1 lang="de">Hobelware</h1>' in page
    assert '<blockquote lang="de">' in page
    assert "Szukamy tartaku." in page


def test_profile_without_a_title_is_called_by_its_kind_and_country(client, profile):
    ProfileText.objects.update(title="")

    assert '<h1 lang="en">Business offer from Poland</h1>' in client.get(address(profile)).text


def test_profile_that_takes_no_more_interest_says_so(client, profile):
    CooperationProfile.objects.update(open_for_interest=False)

    page = client.get(address(profile)).text

    assert "takes no new contacts" in page
    assert "Contact the broker" not in page


def test_withdrawn_consent_removes_the_profile_at_once_from_every_page(client, firm, profile):
    withdraw_consent(company=firm, purpose=Purpose.PUBLISH_ANONYMOUS, language="pl", by=factories.BENCH)

    assert client.get(address(profile)).status_code == 404
    assert "Strugamy" not in client.get("/opportunities/").text
    assert "Strugamy" not in client.get("/").text


def test_withdrawn_profile_is_gone(client, profile):
    withdraw_profile(profile=profile, by=factories.BENCH)

    assert client.get(address(profile)).status_code == 404


def test_profile_past_its_year_is_gone(client, firm):
    old = factories.profile(firm, now=timezone.now() - PROFILE_LIFE - timedelta(minutes=1))

    assert client.get(address(old)).status_code == 404


def test_facts_from_public_sources_have_no_public_page(client, firm):
    facts = factories.public_facts(firm)
    CooperationProfile.objects.filter(pk=facts.pk).update(reference="TIBS-BOPL20260101001")

    assert client.get("/p/TIBS-BOPL20260101001").status_code == 404
    assert "Makes oak boards" not in client.get("/opportunities/").text
