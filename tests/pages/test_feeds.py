"""Feeds of the catalogue for feed readers and partner sites."""

from datetime import timedelta
from xml.etree.ElementTree import Element

import pytest
from django.conf import settings
from django.utils import timezone

from companies.choices import ProfileType, Purpose, Stage
from companies.models import Company, Consent, CooperationProfile, ProfileText
from companies.services.consents import withdraw_consent
from companies.services.profiles import withdraw_profile
from tests import factories
from tests.pages.reading_xml import parsed
from tests.standing_scenes import standing

ATOM = "{http://www.w3.org/2005/Atom}"
XML_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


@standing
def firm():
    """A firm that agreed to be passed on to partner sites."""
    company = factories.company("Stolarnia Dąb", host=factories.host("PL"))
    factories.consent(company, Purpose.SYNDICATE)
    return company


@standing
def profile(firm):
    return factories.profile(firm, offered="We plane oak boards.")


def entries(client, query: str = "") -> list[Element]:
    page = client.get(f"/opportunities/feed.atom?{query}")
    assert page.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    return list(parsed(page).iter(f"{ATOM}entry"))


def test_atom_has_all_that_its_standard_asks_for(client, profile):
    root = parsed(client.get("/opportunities/feed.atom"))

    assert root.tag == f"{ATOM}feed"
    [entry] = root.iter(f"{ATOM}entry")
    for element in (root, entry):
        for name in ("id", "title", "updated"):
            assert element.findtext(f"{ATOM}{name}")
    assert root.findtext(f"{ATOM}author/{ATOM}name") == "TIBS"
    assert root.find(f"{ATOM}link[@rel='self']") is not None
    assert entry.findtext(f"{ATOM}id") == f"{settings.TIBS_PUBLIC_URL}/p/{profile.reference}"
    assert entry.findtext(f"{ATOM}title") == "We plane oak boards."


def test_id_stays_while_the_time_of_the_change_moves(client, profile):
    [before] = entries(client)
    later = timezone.now() + timedelta(hours=1)
    ProfileText.objects.update(title="We plane birch.", updated_at=later)

    [after] = entries(client)

    assert after.findtext(f"{ATOM}id") == before.findtext(f"{ATOM}id")
    assert after.findtext(f"{ATOM}updated") > before.findtext(f"{ATOM}updated")


def test_text_in_another_language_than_asked_for_is_marked(client, firm):
    factories.profile(firm, offered="Strugamy deski.", language="pl")

    [entry] = entries(client, "lang=fi")
    [item] = client.get("/opportunities/feed.json?lang=fi").json()["items"]

    assert entry.get(XML_LANGUAGE) == "pl"
    assert item["language"] == "pl"
    assert item["_tibs"]["is_other_language"] is True


def test_json_feed_names_its_version_and_what_partner_sites_sort_by(client, profile):
    feed = client.get("/opportunities/feed.json").json()

    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    [item] = feed["items"]
    assert item["id"] == item["url"] == f"{settings.TIBS_PUBLIC_URL}/p/{profile.reference}"
    assert item["_tibs"]["country"] == "PL"
    assert item["_tibs"]["open_for_interest"] is True


@pytest.mark.parametrize("form", ["atom", "json"])
def test_feed_passes_on_only_whom_it_may_and_names_nobody(client, profile, firm, form):
    silent = factories.company("Kymen Saha Oy", host=factories.host("FI"))
    factories.profile(silent, offered="We saw birch.")
    factories.consent(firm, Purpose.PUBLISH_NAMED)

    words = client.get(f"/opportunities/feed.{form}").content.decode()

    assert "We plane oak boards." in words
    assert "We saw birch." not in words
    assert "Stolarnia" not in words


def test_filters_are_those_of_the_catalogue(client, firm, profile):
    factories.profile(firm, offered="A laser.", type=ProfileType.TECHNOLOGY_OFFER)

    [entry] = entries(client, "type=TO&q=laser")

    assert entry.findtext(f"{ATOM}title") == "A laser."
    assert client.get("/opportunities/feed.json?type=XX").status_code == 400


def test_unchanged_feed_is_not_sent_again(client, profile):
    for form in ("atom", "json"):
        first = client.get(f"/opportunities/feed.{form}")

        again = client.get(f"/opportunities/feed.{form}", headers={"if-none-match": first.headers["ETag"]})

        assert again.status_code == 304
        assert "public" in first.headers["Cache-Control"]
        assert first.headers["Last-Modified"]


def gone(client) -> list[str]:
    return [one["reference"] for one in client.get("/opportunities/feed.json").json()["_tibs"]["withdrawn"]]


@pytest.mark.parametrize("stage", [Stage.WITHDRAWN, Stage.DORMANT, Stage.NOT_ELIGIBLE])
def test_profile_of_a_firm_that_left_or_rests_leaves_a_tombstone_and_comes_back_with_it(
    client, profile, aleksandra, stage
):
    Company.objects.update(owner=aleksandra, stage=stage, stage_changed_at=timezone.now())
    while_away = (entries(client), gone(client))
    Company.objects.update(stage=Stage.ACTIVE)

    assert while_away == ([], [profile.reference])
    assert (len(entries(client)), gone(client)) == (1, [])


def test_withdrawn_profile_leaves_a_tombstone_for_thirty_days(client, profile):
    withdraw_profile(profile=profile, by=factories.BENCH)

    assert gone(client) == [profile.reference]
    assert client.get("/opportunities/feed.json").json()["items"] == []

    CooperationProfile.objects.update(updated_at=timezone.now() - timedelta(days=31))
    assert gone(client) == []


def test_profile_past_its_year_leaves_a_tombstone(client, profile):
    CooperationProfile.objects.update(expires_at=timezone.now() - timedelta(minutes=1))

    assert gone(client) == [profile.reference]


@pytest.mark.parametrize("purpose", [Purpose.SYNDICATE, Purpose.PUBLISH_ANONYMOUS])
def test_consent_that_is_taken_back_leaves_a_tombstone(client, firm, profile, purpose):
    withdraw_consent(company=firm, purpose=purpose, language="en", by=factories.BENCH)

    assert gone(client) == [profile.reference]

    Consent.objects.filter(is_given=False).update(at=timezone.now() - timedelta(days=31))
    assert gone(client) == []


def test_what_was_never_passed_on_leaves_no_tombstone(client, db):
    silent = factories.company("Kymen Saha Oy", host=factories.host("FI"))
    withdraw_profile(profile=factories.profile(silent), by=factories.BENCH)

    assert gone(client) == []


def test_published_profile_is_no_tombstone(client, profile):
    assert gone(client) == []
