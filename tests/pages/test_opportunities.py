"""The public list of anonymous profiles."""

from datetime import timedelta

import pytest
from django.utils import timezone

from companies.choices import Area, ProfileType, Purpose
from companies.services.consents import withdraw_consent
from tests import factories
from tests.standing_scenes import standing


@standing
def polish_firm():
    return factories.company("Stolarnia Dąb", host=factories.host("PL"))


@standing
def finnish_firm():
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


@pytest.mark.parametrize("written", ["{}", " {} ", "tibs-{}"])
def test_reference_leads_straight_to_its_page(client, polish_firm, written):
    reference = str(factories.profile(polish_firm).reference)

    words = written.format(reference.removeprefix("TIBS-").lower())
    response = client.get("/opportunities/", {"q": words})

    assert response.status_code == 302
    assert response.url == f"/p/{reference}"


def test_htmx_is_told_to_go_to_the_page_of_a_reference(client, polish_firm):
    reference = str(factories.profile(polish_firm).reference)

    response = client.get("/opportunities/", {"q": reference}, headers={"hx-request": "true"})

    assert response.headers["HX-Redirect"] == f"/p/{reference}"


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

    assert cost("/opportunities/?country=PL") == for_few <= 6


def test_two_values_of_a_filter_leave_what_has_either(client, polish_firm, finnish_firm):
    factories.profile(polish_firm, offered="Wooden toys.", type=ProfileType.TECHNOLOGY_OFFER)
    factories.profile(finnish_firm, offered="Timber.")
    factories.profile(finnish_firm, offered="Sledges.", type=ProfileType.TECHNOLOGY_REQUEST)

    page = client.get("/opportunities/?type=TO&type=TR").text

    assert "2 opportunities fit" in page
    assert "Timber." not in page


def counts(client, address: str) -> dict[str, dict[str, int]]:
    """What the filters of a page say, by filter and value."""
    facets = client.get(address).context["facets"]
    return {facet.name: {option.value: option.count for option in facet.options} for facet in facets}


@standing
def four_profiles(polish_firm, finnish_firm):
    """Two offers from Poland, an offer and a request from Finland."""
    wood = {"cooperation_types": ["SUPPLY", "RND"], "partner_kinds": ["sme_49"]}
    factories.profile(polish_firm, offered="Oak boards.", **wood)
    factories.profile(polish_firm, offered="Oak toys.", area=Area.SERVICE)
    factories.profile(finnish_firm, offered="Birch boards.", **wood)
    factories.profile(finnish_firm, offered="Birch sought.", type=ProfileType.BUSINESS_REQUEST)


def test_each_value_says_how_many_it_leaves(client, four_profiles):
    shown = counts(client, "/opportunities/")

    assert shown["country"] == {"FI": 2, "PL": 2}
    assert shown["type"] == {"BO": 3, "BR": 1}
    assert shown["area"] == {"OPS": 3, "SRV": 1}
    assert shown["cooperation"] == {"SUPPLY": 2, "RND": 2}
    assert shown["partner"] == {"sme_49": 2}


def test_counts_hold_under_the_other_filters_but_not_under_their_own(client, four_profiles):
    shown = counts(client, "/opportunities/?country=PL&type=BO&q=oak")

    assert shown["country"] == {"PL": 2}
    assert shown["type"] == {"BO": 2}
    assert counts(client, "/opportunities/?country=PL")["country"] == {"FI": 2, "PL": 2}
    assert counts(client, "/opportunities/?country=PL&cooperation=RND")["type"] == {"BO": 1}


def test_count_of_a_value_is_what_its_choice_then_shows(client, four_profiles):
    for name, values in counts(client, "/opportunities/?country=FI").items():
        for value, count in values.items():
            country = "" if name == "country" else "&country=FI"
            context = client.get(f"/opportunities/?{name}={value}{country}").context
            assert context["count"] == len(context["opportunities"]) == count


def test_chosen_value_that_leaves_nothing_stays_to_be_taken_off(client, four_profiles):
    shown = counts(client, "/opportunities/?country=FI&area=SRV")

    assert shown["area"] == {"OPS": 2, "SRV": 0}


def test_every_filter_that_is_on_can_be_taken_off_alone(client, four_profiles):
    chips = client.get("/opportunities/?country=PL&country=FI&q=oak").context["chips"]

    assert [(chip.label, chip.query) for chip in chips] == [
        ("“oak”", "country=PL&country=FI"),
        ("Poland", "q=oak&country=FI"),
        ("Finland", "q=oak&country=PL"),
    ]


def test_words_in_title_and_summary_come_first_when_words_are_looked_for(client, polish_firm):
    now = timezone.now()
    factories.profile(polish_firm, offered="Oak boards.", now=now - timedelta(days=1))
    factories.profile(polish_firm, offered="Beech boards, " * 10 + "and some oak.", now=now)

    best = client.get("/opportunities/?q=oak").context["opportunities"]
    newest = client.get("/opportunities/?q=oak&sort=newest").context["opportunities"]

    assert best[0].title.text == "Oak boards."
    assert newest[1].title.text == "Oak boards."


def test_pages_of_the_best_lead_through_all_of_them(client, polish_firm):
    for number in range(25):
        factories.profile(polish_firm, offered="Pine. " * (number % 4) + f"Oak {number}.")

    first = client.get("/opportunities/?q=oak").context
    second = client.get("/opportunities/" + first["links"].next).context

    seen = [shown.reference for page in (first, second) for shown in page["opportunities"]]
    assert len(seen) == len(set(seen)) == 25


def test_inflected_and_misspelt_words_find_what_is_written_alike(client, polish_firm):
    factories.profile(polish_firm, offered="Szukamy nowoczesnego tartaku.")

    context = client.get("/opportunities/?q=tartaki").context

    assert context["count"] == 0
    assert len(context["near"]) == 1


def test_name_is_shown_only_while_the_firm_agrees_to_be_named(client, polish_firm):
    factories.profile(polish_firm)
    assert "Stolarnia Dąb" not in client.get("/opportunities/").text

    factories.consent(polish_firm, Purpose.PUBLISH_NAMED)
    assert "Stolarnia Dąb" in client.get("/opportunities/").text

    withdraw_consent(company=polish_firm, purpose=Purpose.PUBLISH_NAMED, language="en", by=factories.BENCH)
    assert "Stolarnia Dąb" not in client.get("/opportunities/").text


@pytest.mark.parametrize(
    "query",
    [
        "q=%25%25&country=PL",
        "q=" + "x" * 5000,
        "q=" + "9" * 30,
        "q=%E2%80%8F%F0%9F%AA%B5",
        "type=BO&type=%27%3B--",
        "sort=worst",
        "cursor=WyJhIiwgMWUzMCwgMV0",
        "q=oak&cursor=WyJhIiwgMTAwMDAwMDAwMDAwMDAwMDAwMDAwMCwgMV0",
    ],
)
def test_no_input_is_too_much(client, polish_firm, query):
    factories.profile(polish_firm)

    assert client.get(f"/opportunities/?{query}").status_code in {200, 400}
