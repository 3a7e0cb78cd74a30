"""After an end without a meeting: the pair, and the visitor's interest, can be taken up anew."""

from datetime import timedelta

import pytest
from django.utils import timezone

from companies.choices import InterestEnd, InterestStatus, Stage
from companies.models import Company, ExpressionOfInterest
from companies.services.expression_clock import advance_interests
from companies.services.expressions import close_interest
from companies.services.stages import move_stage
from matching.handshake import Act, State
from matching.models import Introduction
from matching.presenting.introduction_acts import company_of_reader
from matching.presenting.introductions import page_of_introduction
from matching.services.introductions import deciding, starting
from matching.services.introductions.ringing import follow_clocks
from regions.working_days import times_of
from tests import factories
from tests.letters import letters_to
from tests.matching.services.introductions.acting import act, begun, interest_of, led_to
from tests.standing_scenes import standing
from tibs.events.models import AuditRecord, InboxItem
from tibs.figures import INTEREST_DAYS


@standing
def interest(people):
    visitor = factories.company("Nowa Firma", host=people.sender.company.host, owner=people.sender_broker)
    factories.contact(visitor, user=factories.person("Ola Nowa"))
    return interest_of(people, visitor)


def taken_up(interest, people):
    return starting.start_from_interest(expression=interest, by=people.actor("sender_broker"))


def expire(introduction, _people):
    for _ in range(3):
        introduction.refresh_from_db()
        follow_clocks(now=introduction.wakes_at)


def withdraw(introduction, people):
    act(introduction, Act.WITHDRAW, people, reason="timing")


def decline(introduction, people):
    act(introduction, Act.AGREE, people, "sender_broker")
    act(introduction, Act.SEND, people)
    act(introduction, Act.DECLINE, people, reason="timing")


@pytest.mark.parametrize("end", [expire, withdraw, decline])
def test_interest_waits_again_once_its_introduction_has_ended(people, interest, end):
    introduction = taken_up(interest, people)

    end(introduction, people)

    interest.refresh_from_db()
    introduction.refresh_from_db()
    assert introduction.status in {State.EXPIRED, State.WITHDRAWN, State.DECLINED}
    assert interest.status == InterestStatus.ROUTED
    assert interest.due_at > timezone.now()
    assert interest.reminded_at is None is interest.escalated_at
    assert taken_up(interest, people).status == State.DRAFT


def decline_own(introduction, people):
    act(introduction, Act.DECLINE, people, "sender_broker", reason="timing")


def take_back_own(introduction, people):
    act(introduction, Act.AGREE, people, "sender_broker")
    company = introduction.sender_company
    deciding.take_back(
        introduction=introduction, company=company, language="en", by=people.actor("sender_broker")
    )


def rest_own(introduction, people):
    move_stage(company=introduction.sender_company, to=Stage.DORMANT, reason="Rests", by=factories.BENCH)


@pytest.mark.parametrize("end", [decline_own, take_back_own, rest_own])
def test_interest_to_which_the_visitors_own_firm_says_no_is_closed_without_a_letter(people, interest, end):
    ExpressionOfInterest.objects.filter(pk=interest.pk).update(email="ola@nowa.example")
    introduction = taken_up(interest, people)

    end(introduction, people)

    interest.refresh_from_db()
    assert (interest.status, interest.close_reason) == (InterestStatus.CLOSED, InterestEnd.TAKEN_BACK)
    assert letters_to("ola@nowa.example") == []
    assert told_of_interest(people.sender_broker) == []
    assert page_for(introduction, people.sender_broker).anew_url == ""


def test_interest_waits_again_where_the_other_firm_leaves(people, interest):
    taken_up(interest, people)

    move_stage(company=people.receiver.company, to=Stage.DORMANT, reason="Rests", by=factories.BENCH)

    interest.refresh_from_db()
    assert interest.status == InterestStatus.ROUTED


def told_of_interest(user):
    rows = InboxItem.objects.filter(user=user, notice__startswith="companies.expression.").order_by("pk")
    return [notice.removeprefix("companies.expression.") for notice in rows.values_list("notice", flat=True)]


def wait_for_half_the_time(interest):
    interest.refresh_from_db()
    advance_interests(now=interest.remind_at)


@standing
def waiting(people, interest):
    """It was confirmed a week ago."""
    times = times_of(interest.country, timezone.now() - timedelta(days=7), INTEREST_DAYS)
    ExpressionOfInterest.objects.filter(pk=interest.pk).update(remind_at=times.remind_at, due_at=times.due_at)
    return interest


def test_whoever_has_it_again_hears_of_it_and_is_reminded_again(people, waiting):
    wait_for_half_the_time(waiting)
    decline(taken_up(waiting, people), people)
    wait_for_half_the_time(waiting)

    assert told_of_interest(people.sender_broker) == ["reminded", "waits_again", "reminded"]
    taken_up(waiting, people)
    assert not InboxItem.objects.filter(notice__startswith="companies.expression.", done_at=None).exists()


def test_two_ends_on_one_day_are_told_twice(people, waiting):
    for _ in range(2):
        withdraw(taken_up(waiting, people), people)
        waiting.refresh_from_db()

    open_items = InboxItem.objects.filter(user=people.sender_broker, done_at=None)
    assert told_of_interest(people.sender_broker) == ["waits_again"] * 2
    assert open_items.filter(notice="companies.expression.waits_again").count() == 1


def test_the_visitor_hears_that_the_other_firm_declined_and_not_that_nobody_was_asked(people, interest):
    ExpressionOfInterest.objects.filter(pk=interest.pk).update(email="ola@nowa.example")
    decline(taken_up(interest, people), people)

    close_interest(expression=interest, reason=InterestEnd.DECLINED, by=people.actor("sender_broker"))

    _subject, words = letters_to("ola@nowa.example")[-1]
    assert "We proposed you to the firm" in words
    assert "did not pass it on" not in words


SENT, UNSENT = "read it", "pass it on"


@pytest.mark.parametrize("end", [withdraw, decline])
@pytest.mark.parametrize("reason", [InterestEnd.NO_FIT, InterestEnd.MEANWHILE_CLOSED, InterestEnd.OTHER])
def test_the_visitor_hears_the_truth_of_who_has_read_it(people, interest, end, reason):
    ExpressionOfInterest.objects.filter(pk=interest.pk).update(email="ola@nowa.example")
    end(taken_up(interest, people), people)

    close_interest(expression=interest, reason=reason, by=people.actor("sender_broker"))

    _subject, words = letters_to("ola@nowa.example")[-1]
    assert [said in words for said in (SENT, UNSENT)] == [end is decline, end is not decline]


def test_what_was_passed_on_once_stays_so_after_a_second_beginning(people, interest):
    decline(taken_up(interest, people), people)
    withdraw(taken_up(interest, people), people)

    interest.refresh_from_db()
    assert interest.was_passed_on


def test_that_it_waits_again_stands_in_its_history(people, interest):
    withdraw(taken_up(interest, people), people)

    trail = AuditRecord.objects.get(event="companies.expression.reopened")
    assert trail.company_id == interest.company.public_id


def test_interest_of_an_erased_firm_stays_as_it_is(people, interest):
    introduction = taken_up(interest, people)
    Company.objects.filter(pk=interest.company_id).update(erased_at=timezone.now())

    withdraw(introduction, people)

    assert ExpressionOfInterest.objects.get().status == InterestStatus.TAKEN_UP


def test_interest_is_taken_up_once_while_its_introduction_is_open(people, interest):
    taken_up(interest, people)

    with pytest.raises(starting.WrongStateError):
        taken_up(interest, people)

    assert Introduction.objects.count() == 1


def page_for(introduction, user):
    introduction = Introduction.objects.get(pk=introduction.pk)
    actor = factories.actor(user)
    return page_of_introduction(introduction, actor, company_of_reader(introduction, actor), timezone.now())


def test_the_page_of_an_end_leads_to_a_new_beginning_for_both_brokers_and_no_firm(people):
    introduction = led_to(Act.PUT, people)
    open_url = page_for(introduction, people.sender_broker).anew_url

    act(introduction, Act.DECLINE, people, reason="timing")

    assert open_url == ""
    match = people.sender.matches_as_first.get().public_id
    sides = {"sender_broker": people.sender, "receiver_broker": people.receiver}
    for who, profile in sides.items():
        url = page_for(introduction, getattr(people, who)).anew_url
        assert url == f"/matches/{match}/introduce/?side={profile.public_id}"
    assert page_for(introduction, people.sender_person).anew_url == ""


def test_the_page_leads_back_to_the_interest_with_which_it_began(people, interest):
    introduction = taken_up(interest, people)

    withdraw(introduction, people)

    url = page_for(introduction, people.sender_broker).anew_url
    assert interest.public_id in url


def test_no_new_beginning_is_offered_where_the_pair_does_not_stand_open(people):
    introduction = begun(people)
    withdraw(introduction, people)

    Company.objects.filter(pk=people.receiver.company.pk).update(stage=Stage.DORMANT)

    assert page_for(introduction, people.sender_broker).anew_url == ""
