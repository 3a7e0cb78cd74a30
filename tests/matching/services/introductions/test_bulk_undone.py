"""Introductions and talks of firms whose change in bulk is taken back."""

import pytest

from companies.choices import Decision, Stage
from companies.models import Company, Screening
from companies.services.bulk import hand_over_many, move_many, undo
from matching.handshake import Act, State
from matching.models import Cooperation
from tests import factories
from tests.matching.services.introductions.acting import act, led_to
from tibs.events.models import InboxItem


@pytest.fixture
def jan(people):
    """A colleague of the Polish broker."""
    host = people.sender.company.host
    return factories.broker("Jan Kos", organisation=host).membership.user


def handed_over_and_back(people, jan):
    ana = people.actor("sender_broker")
    change = hand_over_many(companies=[people.sender.company], to=jan, by=ana)
    undo(change=change, by=ana)


def test_introductions_come_back_with_the_firm(people, jan):
    introduction = led_to(Act.AGREE, people)
    ana = people.sender_broker

    handed_over_and_back(people, jan)

    introduction.refresh_from_db()
    assert (introduction.sender_broker, introduction.owner) == (ana, ana)
    assert not InboxItem.objects.filter(user=jan, key__startswith="introduction:", done_at=None).exists()
    assert act(introduction, Act.SEND, people).status == State.SENT


def test_the_next_step_of_talks_comes_back_with_the_firm(people, jan):
    introduction = led_to(Act.ACCEPT, people)
    ana = people.sender_broker
    talks = Cooperation.objects.get(introduction=introduction)
    assert talks.owner == ana

    handed_over_and_back(people, jan)

    talks.refresh_from_db()
    assert talks.owner == ana


def test_taking_back_a_move_into_rest_ends_the_introductions_since(people):
    company = people.sender.company
    ana = people.actor("sender_broker")
    Screening.objects.create(
        company=company, scores=[2] * 7, decision=Decision.ELIGIBLE, made_by=people.sender_broker
    )
    Company.objects.filter(pk=company.pk).update(stage=Stage.DORMANT)
    change = move_many(companies=[company], to=Stage.ACTIVE, by=ana)
    introduction = led_to(Act.SEND, people)

    undo(change=change, by=ana)

    company.refresh_from_db()
    introduction.refresh_from_db()
    assert company.stage == Stage.DORMANT
    assert introduction.status == State.WITHDRAWN
