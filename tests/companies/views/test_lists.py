"""The list of companies, as brokers and staff use it."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from companies.choices import Stage, WaitsFor
from companies.lists import ORDERS
from companies.models import Company
from companies.services.next_steps import Step, set_next_step
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

    with django_assert_max_num_queries(13):
        companies()


def test_stages_are_told_in_words(companies):
    assert str(Stage.ACTIVE.label) in companies().text


def test_filters_on_the_next_step(companies, aleksandra, polish_company):
    late = factories.company("Tartak Sosna", host=factories.host("PL"), owner=aleksandra)
    yesterday = timezone.localdate() - timedelta(days=1)
    step = Step("Call", yesterday, WaitsFor.COMPANY)
    set_next_step(company=late, step=step, by=factories.actor(aleksandra))

    assert names(companies(step="overdue")) == ["Tartak Sosna"]
    assert names(companies(step="company")) == ["Tartak Sosna"]
    assert names(companies(step="none")) == ["Stolarnia Dąb"]
    assert names(companies(sort="due")) == ["Tartak Sosna", "Stolarnia Dąb"]


def test_filters_on_people_places_and_branches(companies, aleksandra):
    jan = factories.person("Jan Kos", organisation=factories.host("PL"))
    values = {"region": factories.region("PL"), "nace": factories.nace(), "size_class": "SMALL"}
    factories.company("Tartak Sosna", host=factories.host("PL"), owner=jan, language="pl", **values)

    assert names(companies(owner=jan.public_id)) == ["Tartak Sosna"]
    assert names(companies(owner="me")) == ["Stolarnia Dąb"]
    for query in (
        {"region": values["region"].code[:4]},
        {"section": "C"},
        {"size": "SMALL"},
        {"language": "pl"},
    ):
        assert names(companies(**query)) == ["Tartak Sosna"], query


def test_every_order_is_paged_without_loss(companies, aleksandra):
    for number in range(60):
        company = factories.company(f"Tartak {number:02}", host=factories.host("PL"), owner=aleksandra)
        if number % 2:
            step = Step("Call", timezone.localdate() + timedelta(days=number))
            set_next_step(company=company, step=step, by=factories.actor(aleksandra))

    for order in ORDERS:
        first = companies(sort=order)
        second = companies(sort=order, cursor=first.context["links"].next.split("cursor=")[1].split("&")[0])
        assert len({*names(first), *names(second)}) == 61, order


def test_filters_that_are_on_are_shown_with_the_way_to_take_them_off(companies):
    answer = companies(stage="active", owner="me", q="dab")

    assert [chip.query for chip in answer.context["form"].chips] == ["owner=me&q=dab", "stage=active&q=dab"]


def test_people_choose_the_columns(companies):
    text = companies(cols=["source", "size"]).text

    assert ">Source<" in text.split("<thead>")[1]
    assert ">Responsible<" not in text.split("<thead>")[1]


def test_the_export_holds_what_is_seen(client, companies, finnish_company):
    factories.company("=Tartak", host=factories.host("PL"), stage="lead")

    answer = client.get(reverse("companies_export"), {"stage": "lead", "cols": ["stage", "source"]})

    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    assert lines[0] == "Company,Stage,Source,TIBS number"
    assert [line.split(",")[:3] for line in lines[1:]] == [["'=Tartak", "Lead", "tests"]]


def test_the_export_of_ticked_rows_holds_these(client, companies, polish_company, finnish_company):
    factories.company("Tartak", host=factories.host("PL"))

    answer = client.get(
        reverse("companies_export"),
        {"company": [polish_company.public_id, finnish_company.public_id], "state": "cols=place"},
    )

    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    assert [line.split(",")[0] for line in lines[1:]] == ["Stolarnia Dąb"]


def test_a_few_letters_jump_to_a_company(client, companies, finnish_company):
    text = client.get(reverse("companies_jump"), {"q": "dab"}).text

    assert "Stolarnia Dąb" in text
    assert "Kymen" not in client.get(reverse("companies_jump"), {"q": "kymen"}).text
