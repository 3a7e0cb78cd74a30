"""Whoever changes what is between two firms locks in one order, so that nobody waits for somebody who waits for them.

Each race has a control: the same two at once, without what keeps the order, end as a deadlock.
"""

import threading
from dataclasses import dataclass, field
from functools import partial

import pytest
from django.db import OperationalError, transaction
from django.utils import timezone

from brokers.services.leaving import hold_seats, release
from companies.choices import Channel, Purpose
from companies.models import Company
from companies.services import ownership
from companies.services.consents import withdraw_consent
from companies.services.ownership import hand_over
from matching.handshake import Act
from matching.models import Introduction, Meeting
from matching.services import cooperations, holding
from matching.services.introductions import deciding, meeting, moving, starting, stopping
from matching.services.introductions.grounds import words_hash
from matching.services.meetings import note_meeting
from tests import cooperating, factories
from tests.matching.services.introductions import acting
from tests.matching.services.introductions.test_races import starts, together
from tests.waiting import eventually, somebody_waits_for_us

pytestmark = pytest.mark.django_db(transaction=True)


@dataclass
class Crossing:
    """One stops as soon as it holds its first rows, until the other waits for them."""

    has_begun: threading.Event = field(default_factory=threading.Event)

    def pausing(self, lock):
        """The same lock, after which its first holder waits for the other."""

        def locked(*args, **kwargs):
            found = lock(*args, **kwargs)
            if not self.has_begun.is_set():
                self.has_begun.set()
                assert eventually(somebody_waits_for_us)
            return found

        return locked

    def against(self, company, act):
        """The other one, who takes the whole company first, as its own broker may."""

        def cross():
            self.has_begun.wait(timeout=20)
            with transaction.atomic():
                Company.objects.select_for_update(of=["self"]).get(pk=company.pk)
                act()

        return cross


def ends(job):
    """What a job ends as, where a deadlock is an end too."""

    def run():
        try:
            return job()
        except OperationalError as error:
            return error

    return run


def deadlocks(*jobs):
    found = together(*map(ends, jobs))
    assert not [end for end in found if isinstance(end, AssertionError)]
    return [end for end in found if isinstance(end, OperationalError)]


def colleague_of(company):
    return factories.broker("Basia Lis", organisation=company.host).membership.user


def agreeing(people):
    introduction = acting.led_to(Act.ASK, people)
    by, shown = people.actor("sender_person"), words_hash(introduction)
    return partial(deciding.agree, introduction=introduction, shown_hash=shown, language="en", by=by)


def taking_back(people):
    introduction = acting.led_to(Act.SEND, people)
    values = {"company": people.sender.company, "language": "en", "by": people.actor("sender_person")}
    return partial(deciding.take_back, introduction=introduction, **values)


def reading_contacts(people):
    introduction = acting.led_to(Act.ACCEPT, people)
    by = people.actor("receiver_person")
    return partial(meeting.show_contacts, introduction=introduction, by=by)


ACTS = (agreeing, taking_back, reading_contacts)


def crossed_by_the_broker(monkeypatch, what):
    """Somebody acts on an introduction while the broker of the firm is handed over."""
    people, crossing = acting.cast(), Crossing()
    company, job = people.sender.company, what(people)
    heir = colleague_of(company)
    monkeypatch.setattr(moving, "as_it_stands", crossing.pausing(moving.as_it_stands))
    other = crossing.against(company, partial(hand_over, company=company, to=heir, by=factories.BENCH))
    return deadlocks(job, other)


@pytest.mark.parametrize("what", ACTS)
def test_an_act_and_a_new_broker_wait_for_each_other_in_turn(monkeypatch, what):
    assert crossed_by_the_broker(monkeypatch, what) == []


@pytest.mark.parametrize("what", ACTS)
def test_control_without_the_companies_first_one_of_the_two_dies(monkeypatch, what):
    monkeypatch.setattr(moving, "hold_firms", lambda introduction: None)

    assert crossed_by_the_broker(monkeypatch, what)


def minutes_and_a_new_broker(monkeypatch):
    """Minutes stand in the contact logs of both firms."""
    made, crossing = cooperating.pair(), Crossing()
    planned = cooperating.meeting(made, fixed=True)
    Meeting.objects.filter(pk=planned.pk).update(starts_at=timezone.now())
    then, heir = cooperating.step(made), colleague_of(made.polish)
    note = partial(
        note_meeting, meeting=planned, minutes="Agreed.", then=then, channel=Channel.VIDEO, by=made.ana
    )
    monkeypatch.setattr(cooperations, "held_row", crossing.pausing(cooperations.held_row))
    change = partial(hand_over, company=made.polish, to=heir, by=factories.BENCH)
    return deadlocks(note, crossing.against(made.polish, change))


def test_minutes_and_a_new_broker_wait_for_each_other_in_turn(monkeypatch):
    assert minutes_and_a_new_broker(monkeypatch) == []


def test_control_minutes_without_the_companies_first(monkeypatch):
    monkeypatch.setattr(cooperations, "hold_firms", lambda introduction: None)

    assert minutes_and_a_new_broker(monkeypatch)


def leaving_and_a_withdrawal(monkeypatch):
    """Who leaves hands introductions over and then companies; the firm withdraws its consent meanwhile."""
    people, crossing = acting.cast(), Crossing()
    acting.led_to(Act.SEND, people)
    company, leaver = people.sender.company, people.sender_broker
    values = {"organisation": company.host, "successor": colleague_of(company), "now": timezone.now()}
    monkeypatch.setattr(stopping, "all_as_they_stand", crossing.pausing(stopping.all_as_they_stand))
    withdrawal = {"purpose": Purpose.PUBLISH_ANONYMOUS, "language": "en", "by": factories.BENCH}
    return deadlocks(
        partial(release, user=leaver, by=factories.BENCH, **values),
        crossing.against(company, partial(withdraw_consent, company=company, **withdrawal)),
    )


def test_leaving_and_a_withdrawal_wait_for_each_other_in_turn(monkeypatch):
    assert leaving_and_a_withdrawal(monkeypatch) == []


def test_control_leaving_without_the_companies_first(monkeypatch):
    monkeypatch.setattr(holding, "_hold", lambda which: None)

    assert leaving_and_a_withdrawal(monkeypatch)


def handing_over_to_who_inherits(monkeypatch):
    """A company is given to a colleague to whom its broker hands everything over at that moment."""
    people, crossing = acting.cast(), Crossing()
    company, leaver = people.sender.company, people.sender_broker
    heir = colleague_of(company)
    monkeypatch.setattr(ownership, "open_file", crossing.pausing(ownership.open_file))

    def leave():
        crossing.has_begun.wait(timeout=20)
        with transaction.atomic():
            hold_seats([(heir, company.host)])
            values = {"organisation": company.host, "successor": heir, "now": timezone.now()}
            release(user=leaver, by=factories.BENCH, **values)

    return deadlocks(partial(hand_over, company=company, to=heir, by=factories.BENCH), leave)


def test_handing_over_and_leaving_wait_for_each_other_in_turn(monkeypatch):
    assert handing_over_to_who_inherits(monkeypatch) == []


def test_control_handing_over_without_the_seat_first(monkeypatch):
    monkeypatch.setattr(ownership, "hold_seats", lambda people: True)

    assert handing_over_to_who_inherits(monkeypatch)


def begun_from_both_sides(rounds):
    """Each broker begins the introduction of their own firm, both at the same moment."""
    people = acting.cast()
    match = factories.match(people.sender, people.receiver)
    by = people.actor("receiver_broker")
    there = partial(starting.start_from_match, match=match, profile=people.receiver, by=by)
    found = []
    for _ in range(rounds):
        found.append(together(ends(starts(people, match)), ends(there)))
        Introduction.objects.all().delete()
    return found


def test_of_two_brokers_who_begin_from_both_sides_one_begins(rounds):
    for results in begun_from_both_sides(max(rounds // 4, 3)):
        assert sum(isinstance(result, Introduction) for result in results) == 1
        assert sum(isinstance(result, starting.PairTakenError) for result in results) == 1


def test_control_seats_one_after_the_other_end_as_a_deadlock(monkeypatch):
    """The own broker's first, then that of the other side."""
    gate = threading.Barrier(2)

    def one_by_one(people):
        own, other = people
        hold_seats([own])
        gate.wait(timeout=20)
        return hold_seats([other])

    monkeypatch.setattr(starting, "hold_seats", one_by_one)

    [results] = begun_from_both_sides(1)

    assert any(isinstance(result, OperationalError) for result in results)
