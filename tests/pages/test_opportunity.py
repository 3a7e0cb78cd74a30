"""The public page of one anonymous profile."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from companies.choices import ProfileStatus, ProfileType, Purpose
from companies.models import CooperationProfile, ProfileText
from companies.services.consents import withdraw_consent
from companies.services.publishing import withdraw_profile
from tests import factories
from tests.pages.reading_xml import parsed
from tests.standing_scenes import standing
from tibs.core.languages import LANGUAGE_CODES
from tibs.figures import PROFILE_LIFE


@standing
def firm():
    return factories.company("Stolarnia Dąb", host=factories.host("PL"))


@standing
def profile(firm):
    return factories.profile(firm, offered="Strugamy deski.", sought="Szukamy tartaku.", language="pl")


def address(profile: CooperationProfile) -> str:
    return f"/p/{profile.reference}"


def test_visitor_reads_both_sides_and_the_next_step(client, profile):
    page = client.get(address(profile)).text

    assert "Strugamy deski." in page
    assert "Szukamy tartaku." in page
    assert "Express your interest" in page
    assert "Find the broker of your region" in page


def test_countries_that_the_firm_leaves_out_are_named_beside_the_way_to_it(client, profile):
    factories.country("FI")
    assert "other countries than these" not in client.get(address(profile)).text
    CooperationProfile.objects.update(excluded_countries=["FI"])

    page = client.get(address(profile)).text

    assert "The firm looks for partners in other countries than these: Finland." in page


def test_text_in_another_language_is_marked_and_named(client, profile):
    page = client.get(address(profile)).text

    assert '<blockquote lang="pl" dir="auto">' in page
    assert "shown in: Polish" in page


def test_text_in_the_language_of_the_reader_comes_first(client, profile):
    ProfileText.objects.create(profile=profile, language="de", title="Hobelware", offered="Wir hobeln.")

    page = client.get(address(profile), headers={"accept-language": "de"}).text

    assert '<h1 lang="de" dir="auto">Hobelware</h1>' in page
    assert '<blockquote lang="de" dir="auto">' in page
    assert "Szukamy tartaku." in page


def test_profile_without_a_title_is_called_by_its_kind_and_country(client, profile):
    ProfileText.objects.update(title="")

    assert '<h1 lang="en" dir="auto">Business offer from Poland</h1>' in client.get(address(profile)).text


def test_profile_that_takes_no_more_interest_says_so(client, profile):
    CooperationProfile.objects.update(open_for_interest=False)

    page = client.get(address(profile)).text

    assert "takes no new contacts" in page
    assert "Express your interest" not in page


def test_withdrawn_consent_removes_the_profile_at_once_from_every_page(client, firm, profile):
    withdraw_consent(company=firm, purpose=Purpose.PUBLISH_ANONYMOUS, language="pl", by=factories.BENCH)

    gone = client.get(address(profile))
    assert gone.status_code == 410
    assert "Strugamy" not in gone.text
    assert "Strugamy" not in client.get("/opportunities/").text
    assert "Strugamy" not in client.get("/").text


def test_withdrawn_profile_is_gone_and_similar_ones_are_offered(client, firm, profile):
    withdraw_profile(profile=profile, by=factories.BENCH)
    factories.profile(firm, offered="We saw oak.")

    page = client.get(address(profile))

    assert page.status_code == 410
    assert "This opportunity has ended" in page.text
    assert "Strugamy" not in page.text
    assert "We saw oak." in page.text


def test_profile_that_is_written_on_again_is_gone_and_not_unknown(client, profile):
    CooperationProfile.objects.update(status=ProfileStatus.DRAFT)

    page = client.get(address(profile))
    assert (page.status_code, "Strugamy" in page.text) == (410, False)
    assert client.get("/opportunities/", {"q": profile.reference}).headers["Location"] == address(profile)


def test_search_for_a_reference_that_never_was_finds_nothing(client, profile):
    answer = client.get("/opportunities/", {"q": "TIBS-BOPL20200101001"})

    assert (answer.status_code, "Strugamy" in answer.text) == (200, False)


def test_reference_that_never_was_is_not_found(client, db):
    assert client.get("/p/TIBS-BOPL20200101001").status_code == 404


def test_profile_past_its_year_is_gone(client, firm):
    old = factories.profile(firm, now=timezone.now() - PROFILE_LIFE - timedelta(minutes=1))

    assert client.get(address(old)).status_code == 410


def test_facts_from_public_sources_have_no_public_page(client, firm):
    facts = factories.public_facts(firm)
    CooperationProfile.objects.filter(pk=facts.pk).update(reference="TIBS-BOPL20260101001")

    assert client.get("/p/TIBS-BOPL20260101001").status_code == 404
    assert "Makes oak boards" not in client.get("/opportunities/").text


def test_address_with_a_language_answers_in_it(client, profile):
    page = client.get(address(profile) + "?lang=de", headers={"accept-language": "fi"})

    assert '<html lang="de">' in page.text
    assert page.headers["Content-Language"] == "de"


@pytest.mark.parametrize("asked", ["", "?lang=de"])
def test_search_engines_find_every_language_and_each_stands_for_itself(client, profile, asked):
    page = client.get(address(profile) + asked).text

    plain = f"{settings.TIBS_PUBLIC_URL}/p/{profile.reference}"
    assert f'<link rel="canonical" href="{plain}{asked}">' in page
    assert f'<link rel="alternate" hreflang="x-default" href="{plain}">' in page
    for code in LANGUAGE_CODES:
        assert f'<link rel="alternate" hreflang="{code}" href="{plain}?lang={code}">' in page


def test_structured_data_say_whether_something_is_offered_or_sought(client, firm, profile):
    sought = factories.profile(firm, sought="A saw mill.", type=ProfileType.TECHNOLOGY_REQUEST)

    assert 'itemtype="https://schema.org/Offer"' in client.get(address(profile)).text
    assert 'itemtype="https://schema.org/Demand"' in client.get(address(sought)).text


def test_unchanged_page_is_not_sent_again(client, profile):
    etag = client.get(address(profile)).headers["ETag"]

    assert client.get(address(profile), headers={"if-none-match": etag}).status_code == 304

    other = client.get(address(profile) + "?lang=fi", headers={"if-none-match": etag})
    assert other.status_code == 200
    CooperationProfile.objects.update(open_for_interest=False)
    assert client.get(address(profile), headers={"if-none-match": etag}).status_code == 200


def test_sitemap_lists_published_profiles_only(client, firm, profile):
    hidden = factories.profile(firm, offered="We saw oak.")
    withdraw_profile(profile=hidden, by=factories.BENCH)

    page = client.get("/sitemap.xml")

    assert page.headers["Content-Type"].startswith("application/xml")
    addresses = [node.text for node in parsed(page).iter() if node.tag.endswith("loc")]
    assert f"{settings.TIBS_PUBLIC_URL}/p/{profile.reference}" in addresses
    assert not [address for address in addresses if str(hidden.reference) in address]


def test_robots_are_led_to_the_sitemap_and_away_from_what_is_not_for_them(client):
    page = client.get("/robots.txt").text

    assert f"Sitemap: {settings.TIBS_PUBLIC_URL}/sitemap.xml" in page
    assert "Disallow: /companies/" in page
