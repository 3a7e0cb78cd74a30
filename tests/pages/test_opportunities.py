"""The public list of anonymous profiles."""

from datetime import timedelta

import pytest
from django.utils import timezone

from companies.choices import Area, ProfileType
from tests import factories


@pytest.fixture
def polish_firm(db):
    return factories.company("Stolarnia Dąb", host=factories.host("PL"))


@pytest.fixture
def finnish_firm(db):
    return factories.company("Kymen Saha Oy", host=factories.host("FI"))


def test_visitor_sees_what_kind_of_opportunity_comes_from_where(client, polish_firm):
    profile = factories.profile(polish_firm, offered="We plane oak boards.")

    page = client.get("/opportunities/").text

    assert "Business offer from Poland" in page
    assert "We plane oak boards." in page
    assert str(profile.reference) in page


def test_nothing_published_yet_is_said_kindly(client, db):
    assert "No opportunities yet" in client.get("/opportunities/").text


@pytest.mark.parametrize(
    "narrowing",
    [{"country": "FI"}, {"type": "TR"}, {"area": "PRC"}, {"domain": "BIO"}, {"q": "sägewerk gesucht"}],
)
def test_each_filter_leaves_what_fits(client, polish_firm, finnish_firm, narrowing):
    factories.profile(polish_firm, offered="Wooden toys.", domain=factories.domain("ICT"))
    factories.profile(
        finnish_firm,
        offered="Timber. Sägewerk gesucht.",
        type=ProfileType.TECHNOLOGY_REQUEST,
        area=Area.PROCUREMENT,
        domain=factories.domain("BIO"),
    )

    page = client.get("/opportunities/", narrowing).text

    assert "Timber." in page
    assert "Wooden toys." not in page
    assert "1 opportunity fits" in page


@pytest.mark.parametrize("words", ["lodz", "ŁÓDŹ", "łódź  boats", "Boats lodz"])
def test_search_finds_words_whatever_their_accents_and_order(client, polish_firm, words):
    factories.profile(polish_firm, offered="Boats built in Łódź.")

    assert "1 opportunity fits" in client.get("/opportunities/", {"q": words}).text


def test_reference_finds_its_profile(client, polish_firm):
    profile = factories.profile(polish_firm)
    factories.profile(polish_firm, offered="Something else.")

    page = client.get("/opportunities/", {"q": str(profile.reference).lower()}).text

    assert "1 opportunity fits" in page


def test_search_without_result_offers_the_way_back(client, polish_firm):
    factories.profile(polish_firm)

    page = client.get("/opportunities/", {"q": "submarine"}).text

    assert "Nothing fits" in page
    assert "Show all opportunities" in page


def test_unknown_choice_is_refused_and_named(client, db):
    response = client.get("/opportunities/", {"country": "XX"})

    assert response.status_code == 400
    assert "XX" in response.text


def test_pages_lead_through_all_profiles_once_and_back(client, polish_firm):
    now = timezone.now()
    for number in range(45):
        factories.profile(
            polish_firm, offered=f"Board no. {number}!", now=now - timedelta(minutes=number // 3)
        )

    seen, address, pages = [], "/opportunities/", []
    while address:
        context = client.get(address).context
        pages.append([shown.reference for shown in context["opportunities"]])
        seen += pages[-1]
        address = "/opportunities/" + context["links"].next if context["links"].next else ""
    back = client.get("/opportunities/" + context["links"].previous).context

    assert len(seen) == len(set(seen)) == 45
    assert [shown.reference for shown in back["opportunities"]] == pages[1]


def test_filters_survive_going_to_the_next_page(client, polish_firm):
    for number in range(21):
        factories.profile(polish_firm, offered=f"Board {number}.")

    context = client.get("/opportunities/", {"country": "PL", "q": "board"}).context

    assert "country=PL&q=board" in context["links"].next


def test_broken_link_into_the_list_shows_its_beginning(client, polish_firm):
    factories.profile(polish_firm)

    response = client.get("/opportunities/", {"cursor": "nonsense"})

    assert response.status_code == 400
    assert "Here is its beginning" in response.text
    assert "We plane oak boards." in response.text


def test_htmx_gets_the_results_alone(client, polish_firm):
    factories.profile(polish_firm)

    part = client.get("/opportunities/", headers={"hx-request": "true"}).text

    assert part.strip().startswith("<section")
    assert "We plane oak boards." in part


def test_list_costs_the_same_for_many_profiles(cost, polish_firm):
    factories.profile(polish_firm)
    for_few = cost("/opportunities/?country=PL")

    for number in range(30):
        factories.profile(polish_firm, offered=f"Board {number}.", domain=factories.domain("BIO"))

    assert cost("/opportunities/?country=PL") == for_few <= 5
