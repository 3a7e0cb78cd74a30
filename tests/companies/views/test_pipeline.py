"""The board of companies."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from companies.choices import Stage
from companies.models import Company
from companies.services.next_steps import Step, set_next_step
from tests import factories


@pytest.fixture
def board(client, aleksandra_in_english, polish_company):
    client.force_login(aleksandra_in_english)
    return lambda headers=None, **query: client.get(reverse("pipeline"), query, headers=headers)


def lane(answer, stage):
    return next(lane for lane in answer.context["lanes"] if lane.stage == stage)


def in_days(days):
    return timezone.localdate() + timedelta(days=days)


def test_companies_stand_in_the_lane_of_their_stage(board, aleksandra):
    factories.company("Tartak", host=factories.host("PL"), owner=aleksandra, stage="screening")

    answer = board()

    assert [card.name for card in lane(answer, Stage.ACTIVE).cards] == ["Stolarnia Dąb"]
    assert [card.name for card in lane(answer, Stage.SCREENING).cards] == ["Tartak"]
    assert "No next step" in answer.text


def test_the_most_urgent_card_is_the_first(board, aleksandra, polish_company):
    late = factories.company("Zakład", host=factories.host("PL"), owner=aleksandra)
    ana = factories.actor(aleksandra)
    set_next_step(company=polish_company, step=Step("Call", in_days(5)), by=ana)
    set_next_step(company=late, step=Step("Visit", in_days(-2)), by=ana)

    answer = board()

    assert [card.name for card in lane(answer, Stage.ACTIVE).cards] == ["Zakład", "Stolarnia Dąb"]
    assert "overdue since" in answer.text


def test_a_full_lane_is_counted_capped_and_leads_to_the_table(board, aleksandra):
    for number in range(105):
        factories.company(f"Tartak {number}", host=factories.host("PL"), owner=aleksandra)

    answer = board(q="tartak")

    assert str(lane(answer, Stage.ACTIVE).count) == "99+"
    assert len(lane(answer, Stage.ACTIVE).cards) == 12
    assert 'href="/companies/?stage=active&amp;q=tartak"' in answer.text


def test_resting_companies_are_counted_only(board, aleksandra):
    factories.company("Tartak", host=factories.host("PL"), owner=aleksandra, stage="dormant")

    answer = board()

    assert lane(answer, Stage.DORMANT).count.value == 1
    assert "Tartak" not in answer.text


def test_the_menu_of_a_card_offers_where_its_life_cycle_leads(board):
    text = board().text

    assert 'name="to" value="dormant"' in text
    assert 'name="to" value="lead"' not in text


def test_who_only_reads_cannot_move(client, signe, polish_company):
    client.force_login(signe)

    text = client.get(reverse("pipeline")).text

    assert "Stolarnia Dąb" in text
    assert 'name="to"' not in text


def test_a_stage_in_the_address_does_not_narrow_the_board(board):
    assert lane(board(stage="lead"), Stage.ACTIVE).cards


def test_htmx_gets_the_board_alone(board):
    text = board(headers={"HX-Request": "true"}).text

    assert text.strip().startswith('<div id="results"')


def test_the_board_costs_the_same_for_many_companies(board, aleksandra, django_assert_max_num_queries):
    for number in range(30):
        stage = Stage.values[number % len(Stage.values)]
        factories.company(f"Tartak {number}", host=factories.host("PL"), owner=aleksandra, stage=stage)

    with django_assert_max_num_queries(14):
        board()
    assert Company.objects.count() == 31


@pytest.mark.parametrize("query", [{"owner": "usr_x"}, {"country": "XX"}, {"sort": "9" * 30}, {"q": "‮🪵"}])
def test_addresses_that_do_not_fit_are_explained(board, query):
    assert board(**query).status_code == (200 if "q" in query else 400)
