"""The list of companies, as brokers and staff use it."""

import pytest
from django.urls import reverse

from companies.choices import Stage
from companies.models import Company
from tests import factories


@pytest.fixture
def companies(client, aleksandra_in_english, polish_company):
    client.force_login(aleksandra_in_english)
    return lambda headers=None, **query: client.get(reverse("companies"), query, headers=headers)


def names(answer):
    return [company.name for company in answer.context["page"].rows]


def test_a_broker_sees_the_companies_of_the_own_organisation(companies, finnish_company):
    assert names(companies()) == ["Stolarnia Dąb"]


def test_staff_see_all(client, signe, polish_company, finnish_company):
    client.force_login(signe)

    assert names(client.get(reverse("companies"))) == ["Kymen Saha Oy", "Stolarnia Dąb"]


@pytest.mark.parametrize("words", ["dąb", "DAB", "stolarnia dab", "stol białystok"])
def test_search_needs_no_accents_and_no_order(companies, words):
    factories.company("Tartak Sosna", host=factories.host("PL"))

    assert names(companies(q=words)) == ["Stolarnia Dąb"]


def test_filters_narrow_the_list(companies):
    factories.company("Tartak Sosna", host=factories.host("PL"), source="list-2026")
    factories.public_facts(Company.objects.get(name="Tartak Sosna"))

    assert names(companies(stage="lead")) == ["Tartak Sosna"]
    assert names(companies(source="list-2026")) == ["Tartak Sosna"]
    assert names(companies(basis="public_source")) == ["Tartak Sosna"]
    assert names(companies(country="PL", stage="active")) == ["Stolarnia Dąb"]


def test_a_filter_without_a_choice_is_not_shown(companies):
    text = companies().text

    assert 'name="stage"' in text
    assert 'name="country"' not in text
    assert 'name="source"' not in text


def test_long_lists_are_paged_by_keys_and_keep_their_filters(companies):
    for number in range(60):
        factories.company(f"Tartak {number:02}", host=factories.host("PL"))

    first = companies(q="tartak")
    links = first.context["links"]
    second = companies(q="tartak", cursor=links.next.split("cursor=")[1])

    assert "q=tartak" in links.next
    assert names(first) + names(second) == [f"Tartak {number:02}" for number in range(60)]
    assert "60 companies" in first.text


def test_nothing_found_says_what_to_do(companies):
    text = companies(q="zzz").text

    assert "No company fits" in text
    assert "Show all companies" in text


def test_an_empty_list_says_how_companies_come(client, db):
    client.force_login(factories.person(organisation=factories.host("LV")))

    assert "No companies yet" in client.get(reverse("companies")).text


@pytest.mark.parametrize(
    "query",
    [
        {"cursor": "broken"},
        {"stage": "nonsense"},
        {"country": "XX"},
        {"q": "a" * 101},
        {"basis": "x", "source": "y"},
    ],
)
def test_addresses_that_do_not_fit_are_explained(companies, query):
    answer = companies(**query)

    assert answer.status_code == 400
    assert "does not work any more" in answer.text or "There is a problem" in answer.text


@pytest.mark.parametrize("words", ["%", "_", "'; DROP TABLE", "‮", "🪵", "a b c d e f g h i j k l"])
def test_any_words_can_be_searched(companies, words):
    assert companies(q=words).status_code == 200


def test_htmx_gets_the_list_alone(companies):
    answer = companies(headers={"HX-Request": "true"}, q="stol")

    assert answer.text.strip().startswith('<div id="results"')
    assert "<html" not in answer.text
    assert "HX-Request" in answer["Vary"]


def test_the_way_back_in_the_browser_gets_the_whole_page(companies):
    answer = companies(headers={"HX-Request": "true", "HX-History-Restore-Request": "true"})

    assert "<html" in answer.text


def test_one_word_costs_no_more_for_many_rows(companies, django_assert_max_num_queries):
    for number in range(55):
        factories.company(f"Tartak {number:02}", host=factories.host("PL"))

    with django_assert_max_num_queries(8):
        companies()


def test_stages_are_told_in_words(companies):
    assert str(Stage.ACTIVE.label) in companies().text
