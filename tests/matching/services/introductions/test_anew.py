"""After an end without a meeting: the pair, and the visitor's interest, can be taken up anew."""

import pytest
from django.utils import timezone

from companies.choices import InterestStatus, Stage
from companies.models import Company, ExpressionOfInterest
from matching.handshake import Act, State
from matching.models import Introduction
from matching.presenting.introduction_acts import company_of_reader
from matching.presenting.introductions import page_of_introduction
from matching.services.introductions import starting
from matching.services.introductions.ringing import follow_clocks
from tests import factories
from tests.matching.services.introductions.acting import act, begun, interest_of, led_to


@pytest.fixture
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
