"""Pages that are kind to whoever comes back to them: answered follow-ups, judged agreements, ended strategies."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from matching.meeting_times import slot
from matching.models import Agreement, FollowUp
from matching.services.agreements import validate_agreement
from matching.services.follow_ups import answer_follow_up
from matching.services.strategies import ask_for_signatures, give_up_strategy
from tests import factories
from tests.cooperating import agreement, strategy, third_party
from tests.matching.views.test_cooperations import client_of, words_of
from tests.standing_scenes import standing

pytestmark = pytest.mark.django_db


@standing
def six_months(made):
    """The first follow-up of the Polish firm, which is due."""
    agreement(made, validated=True, signed_date=timezone.localdate() - timedelta(days=200))
    return FollowUp.objects.get(company=made.polish, months=6)


def page_of(name, thing, by):
    return client_of(by).get(reverse(name, args=[thing.public_id]))


def test_answers_can_be_read_by_who_gave_them_and_by_their_broker(made, six_months):
    given = {"satisfaction": 4, "still_cooperating": True, "note": "They met."}
    answer_follow_up(follow_up=six_months, values=given, by=made.jan)

    for by in (made.jan, made.ana):
        page = page_of("follow_up", six_months, by)
        assert page.status_code == 200
        assert "Do you still work together? Yes" in words_of(page)
        assert "Turnover Not stated" in words_of(page)
        assert reverse("follow_up", args=[six_months.public_id]) in (
            page_of("cooperation", made.cooperation, by).content.decode()
        )
    assert page_of("follow_up", six_months, made.johanna).status_code == 404


def test_answers_that_come_twice_change_nothing_and_the_first_are_shown(made, six_months):
    answer_follow_up(follow_up=six_months, values={"satisfaction": 4}, by=made.jan)

    url = reverse("follow_up", args=[six_months.public_id])
    again = client_of(made.ana).post(url, {"satisfaction": "1"})

    assert again.status_code == 409
    assert "This is answered already." in words_of(again)
    six_months.refresh_from_db()
    assert six_months.satisfaction == 4


def test_who_comes_too_early_reads_from_which_day_on(made, six_months):
    later = FollowUp.objects.get(company=made.polish, months=24)

    page = page_of("follow_up", later, made.jan)

    assert page.status_code == 200
    assert "It is too early for these questions." in words_of(page)


def test_who_judges_second_is_told_so_and_strangers_nothing(made):
    stated = agreement(made, stated=True)
    kadri = factories.actor(factories.broker("Kadri Tamm", organisation=factories.host("EE")))
    validate_agreement(agreement=stated, by=third_party())
    url = reverse("agreement_judge", args=[stated.public_id])

    for decision in ({"decision": "validate"}, {"decision": "return", "note": "Who pays?"}):
        answer = client_of(kadri).post(url, decision, follow=True)
        assert "This agreement is validated and does not change any more." in words_of(answer)
    assert Agreement.objects.get().returned_note == ""
    assert client_of(kadri).post(url, {"decision": "return"}).status_code == 404
    stranger = factories.actor(factories.person("Ewa Lis"))
    assert client_of(stranger).post(url, {"decision": "validate"}).status_code == 404


def test_step_of_others_names_nobody_who_cannot_do_it(made):
    agreement(made, stated=True)

    page = words_of(page_of("cooperation", made.cooperation, made.ana))

    assert "Somebody of neither side validates the agreement until" in page


def test_ended_talks_promise_no_meeting(made):
    agreement(made, validated=True)

    assert "No meeting is planned yet" not in words_of(page_of("cooperation", made.cooperation, made.ana))


def test_what_was_given_up_offers_nothing_that_would_be_refused(made):
    draft = strategy(made)
    ask_for_signatures(strategy=draft, by=made.ana)
    give_up_strategy(strategy=draft, by=made.ana)

    assert "Note as done" not in words_of(page_of("strategy", draft, made.ana))


def test_firms_that_know_each_other_are_not_asked_to_be_named(made):
    draft = strategy(made)
    ask_for_signatures(strategy=draft, by=made.ana)

    assert "read our name" not in words_of(page_of("strategy", draft, made.aino))


def test_broker_who_signs_for_a_firm_is_asked_who_said_so(made):
    draft = strategy(made)

    page = words_of(page_of("strategy", draft, made.ana))

    assert "Who at the company said so" in page
    assert "Your name and position" not in page


def test_clocks_that_show_the_same_stand_there_once():
    a_wednesday = datetime(2026, 11, 25, 9, tzinfo=UTC)
    finland = factories.country("FI")

    assert slot(a_wednesday, finland, factories.country("EE")).is_on_one_clock
    assert not slot(a_wednesday, factories.country("PL"), finland).is_on_one_clock


def test_countries_of_one_clock_stand_apart_where_one_of_them_has_a_holiday():
    independence_day_of_finland = datetime(2027, 12, 6, 9, tzinfo=UTC)

    shown = slot(independence_day_of_finland, factories.country("FI"), factories.country("EE"))

    assert not shown.is_on_one_clock
