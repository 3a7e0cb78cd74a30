"""The page of one company."""

import pytest
from django.urls import reverse

from companies.choices import Purpose
from companies.services.consents import withdraw_consent
from matching.choices import IntroductionStatus
from matching.models import Impression
from tests import cooperating, factories, introducing

pytestmark = pytest.mark.django_db


@pytest.fixture
def shown(client, aleksandra_in_english, polish_company):
    client.force_login(aleksandra_in_english)
    return lambda: client.get(reverse("company", args=[polish_company.public_id]))


def test_facts_profiles_and_contacts_stand_on_the_page(shown, polish_company):
    factories.contact(polish_company, "Eva Kask")
    profile = factories.profile(polish_company, offered="We plane oak.")

    text = shown().text

    for words in (
        "Stolarnia Dąb",
        "Białystok",
        "Eva Kask",
        "We plane oak.",
        str(profile),
        profile.get_absolute_url(),
    ):
        assert words in text


def test_staff_see_the_company_without_its_people(client, signe, polish_company):
    factories.contact(polish_company, "Eva Kask")
    client.force_login(signe)

    text = client.get(reverse("company", args=[polish_company.public_id])).text

    assert "Stolarnia Dąb" in text
    assert "Eva Kask" not in text
    assert "See its partners" not in text


def test_a_company_of_another_organisation_is_not_found(client, johanna, polish_company):
    client.force_login(johanna)

    assert client.get(reverse("company", args=[polish_company.public_id])).status_code == 404


@pytest.mark.parametrize("name", ["cmp_0000000000000000", "prf_0000000000000000", "1"])
def test_what_is_not_there_is_not_found(client, aleksandra_in_english, name):
    client.force_login(aleksandra_in_english)

    assert client.get(f"/companies/{name}/").status_code == 404


def test_only_consents_that_hold_are_named(shown, polish_company):
    factories.consent(polish_company)
    factories.consent(polish_company, Purpose.SURVEYS)
    withdraw_consent(company=polish_company, purpose=Purpose.SURVEYS, language="en", by=factories.BENCH)

    assert [consent.purpose for consent in shown().context["consents"]] == [Purpose.PUBLISH_ANONYMOUS]


def test_the_timeline_tells_the_newest_first_with_who_did_it(shown, polish_company, aleksandra):
    factories.consent(polish_company)
    factories.draft(polish_company)

    told = [(entry.sentence, entry.detail, entry.who) for entry in shown().context["timeline"].entries]

    assert told == [
        ("A cooperation profile was drafted.", "", "TIBS"),
        ("The company gave its consent.", "Publish the anonymous profile", "TIBS"),
        ("The company was added.", "", "TIBS"),
    ]


def test_the_best_matches_lead_to_their_cards(shown, polish_company, finnish_company):
    match = factories.match(factories.profile(polish_company), factories.profile(finnish_company))

    text = shown().text

    assert f"#{match.public_id}" in text
    assert "Kymen" not in text


def test_matches_that_are_shown_are_noted_once_with_rank_score_parts_and_version(
    shown, polish_company, finnish_company, aleksandra
):
    run = factories.match_run()
    profile = factories.profile(polish_company)
    match = factories.match(profile, factories.profile(finnish_company))

    for _ in range(2):
        shown()

    noted = Impression.objects.get()
    assert (noted.match, noted.profile, noted.reader) == (match, profile, aleksandra)
    assert (noted.score, noted.parts, noted.encoder_version) == (
        match.score,
        match.parts,
        run.encoder_version,
    )


def test_a_company_without_profile_says_what_one_is_for(shown):
    assert "No profile yet" in shown().text


def test_introductions_and_cooperations_stand_on_the_page_with_their_states(client):
    made = cooperating.pair()
    client.force_login(made.brokers[0])

    text = client.get(made.polish.get_absolute_url()).text

    assert f'href="/cooperations/{made.cooperation.public_id}/"' in text
    assert "Kymen Saha Oy, Finland" in text


def test_firm_that_nobody_was_introduced_to_yet_stands_there_as_a_country(client):
    polish, offers = introducing.side("PL", "Stolarnia Dąb")
    _finnish, seeks = introducing.side("FI", "Kymen Saha Oy")
    introducing.introduction(offers, seeks, status=IntroductionStatus.WITH_PARTNER)
    client.force_login(polish.owner)

    text = client.get(polish.get_absolute_url()).text

    assert "A firm in Finland" in text
    assert "Kymen Saha" not in text


def test_an_introduction_that_was_not_sent_does_not_stand_on_the_other_sides_page(client):
    _polish, offers = introducing.side("PL", "Stolarnia Dąb")
    finnish, seeks = introducing.side("FI", "Kymen Saha Oy")
    made = introducing.introduction(offers, seeks)
    client.force_login(finnish.owner)

    text = client.get(finnish.get_absolute_url()).text

    assert made.public_id not in text
    assert "No firm abroad has been introduced yet." in text
