"""Every state waits for somebody on a clock: reminded at half time, escalated at full, returned at double time."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from matching.choices import IntroductionStatus
from matching.handshake import CLOCKED, Act, Side, State
from matching.models import Introduction
from matching.presenting.introduction_history import history_of
from matching.presenting.introduction_words import status_for, waits_for
from matching.services.introductions import ringing
from matching.services.introductions.clocks import CLOCKS
from matching.services.introductions.ringing import follow_clocks
from tests import factories, introducing
from tests.matching.services.introductions.acting import act, begun, led_to, receivers_heard
from tibs.accounts.roles import RoleCode
from tibs.core.errors import BadInputError
from tibs.events.models import InboxItem
from tibs.events.telling import sentence_of
from tibs.figures import LONGEST_HOLD_DAYS

MONDAY = datetime(2026, 3, 2, 10, tzinfo=UTC)


def day(introduction, field="due_at"):
    return getattr(introduction, field).astimezone(ZoneInfo("Europe/Helsinki")).date()


def rung(introduction, moment) -> Introduction:
    follow_clocks(now=moment)
    introduction.refresh_from_db()
    return introduction


def test_every_state_that_waits_for_somebody_has_a_clock():
    assert CLOCKS.keys() == CLOCKED


def test_receiver_has_two_working_days_of_its_country_to_acknowledge(people):
    introduction = led_to(Act.AGREE, people)

    sent = act(introduction, Act.SEND, people, now=MONDAY)

    assert day(sent) == date(2026, 3, 4)
    assert day(sent, "wakes_at") == date(2026, 3, 3)
    assert sent.due_at.astimezone(ZoneInfo("Europe/Helsinki")).hour == 23


def test_holidays_are_those_of_the_receiver(people):
    """6 January is a holiday in both countries, 6 December in Finland alone."""
    introduction = led_to(Act.AGREE, people)
    friday = datetime(2027, 12, 3, 10, tzinfo=UTC)

    sent = act(introduction, Act.SEND, people, now=friday)

    assert day(sent) == date(2027, 12, 8)


def test_company_decides_in_ten_working_days(people):
    introduction = led_to(Act.ACKNOWLEDGE, people)

    put = act(introduction, Act.PUT, people, now=MONDAY)

    assert day(put) == date(2026, 3, 16)
    assert day(put, "wakes_at") == date(2026, 3, 9)


def test_silence_is_reminded_then_escalated_then_returned(people):
    coordinator = factories.person(
        "Olli Mäki", role=RoleCode.COORDINATOR, organisation=people.receiver.company.host
    )
    introduction = act(led_to(Act.AGREE, people), Act.SEND, people, now=MONDAY)

    rung(introduction, introduction.wakes_at)
    assert introduction.reminded_at is not None
    assert introduction.escalated_at is None
    rung(introduction, introduction.wakes_at)
    assert introduction.escalated_at is not None
    assert introduction.status == State.SENT
    assert InboxItem.objects.filter(user=coordinator, notice="matching.introduction.escalated").count() == 1
    assert day(introduction, "wakes_at") == date(2026, 3, 6)
    rung(introduction, introduction.wakes_at)

    assert introduction.status == State.EXPIRED
    assert introduction.owner == people.sender_broker
    assert introduction.due_at is None is introduction.wakes_at
    told = InboxItem.objects.filter(notice__startswith="matching.introduction.expired")
    assert set(told.values_list("user", "notice")) == {
        (people.sender_broker.pk, "matching.introduction.expired"),
        (people.sender_person.pk, "matching.introduction.expired_firm"),
    }
    for item in told:
        assert ("You may" in sentence_of(item)) is (item.user == people.sender_broker)


def test_the_sweep_twice_tells_once(people):
    introduction = act(led_to(Act.AGREE, people), Act.SEND, people, now=MONDAY)
    moment = introduction.wakes_at

    assert follow_clocks(now=moment) == 1
    assert follow_clocks(now=moment) == 0
    assert InboxItem.objects.filter(notice="matching.introduction.reminded").count() == 1


def test_nothing_rings_a_minute_early(people):
    introduction = act(led_to(Act.AGREE, people), Act.SEND, people, now=MONDAY)

    assert follow_clocks(now=introduction.wakes_at - timedelta(minutes=1)) == 0


def test_after_a_long_silence_of_the_sweep_nobody_loses_the_day_after_the_escalation(people):
    introduction = act(led_to(Act.AGREE, people), Act.SEND, people, now=MONDAY)
    late = MONDAY + timedelta(days=30)

    rung(introduction, late)
    rung(introduction, late)

    assert introduction.status == State.SENT
    assert introduction.wakes_at > late


def test_an_answer_settles_what_waited(people):
    introduction = led_to(Act.SEND, people)
    assert InboxItem.objects.filter(user=people.receiver_broker, done_at=None, waits=True).exists()

    act(introduction, Act.ACKNOWLEDGE, people)

    received = InboxItem.objects.get(user=people.receiver_broker, notice="matching.introduction.received")
    assert received.done_at is not None


def test_a_pause_ends_by_itself_on_its_day_and_the_clock_goes_on(people):
    introduction = led_to(Act.SEND, people)

    held = act(introduction, Act.HOLD, people, now=MONDAY, until=date(2026, 3, 20))
    assert (held.status, held.owner) == (State.ON_HOLD, people.receiver_broker)
    rung(held, held.due_at)

    assert held.status == State.SENT
    assert held.held_from == ""
    assert day(held) == date(2026, 3, 24)


def test_the_rest_of_the_time_goes_on_after_a_pause(people):
    put = act(led_to(Act.ACKNOWLEDGE, people), Act.PUT, people, now=MONDAY)
    assert day(put) == date(2026, 3, 16)

    held = act(put, Act.HOLD, people, now=MONDAY + timedelta(days=7), until=date(2026, 3, 20))
    rung(held, held.due_at)

    assert held.status == State.WITH_PARTNER
    assert day(held) == date(2026, 3, 27)
    assert day(held, "wakes_at") == date(2026, 3, 24)
    assert held.paused_due_at is None


@pytest.mark.parametrize("later", [timedelta(0), timedelta(days=1), timedelta(days=4)])
def test_a_pause_that_is_over_at_once_moves_no_clock(people, later):
    introduction = act(led_to(Act.AGREE, people), Act.SEND, people, now=MONDAY)
    before, now = introduction.due_at, MONDAY + later

    for _ in range(3):
        held = act(introduction, Act.HOLD, people, now=now, until=now.date() + timedelta(days=1))
        introduction = act(held, Act.RESUME, people, now=now)

    assert introduction.due_at == before
    assert introduction.wakes_at <= before


@pytest.mark.parametrize("days", [-1, 0, LONGEST_HOLD_DAYS + 1])
def test_a_pause_ends_within_sixty_days(people, days):
    introduction = led_to(Act.SEND, people)

    with pytest.raises(BadInputError):
        act(introduction, Act.HOLD, people, now=MONDAY, until=MONDAY.date() + timedelta(days=days))


def test_a_firm_may_decline_during_a_pause(people):
    introduction = led_to(Act.PUT, people)
    held = act(introduction, Act.HOLD, people, now=MONDAY, until=date(2026, 3, 20))

    declined = act(held, Act.DECLINE, people, "receiver_person", reason="timing")

    assert declined.status == State.DECLINED


def test_feedback_is_waited_for_but_an_introduction_never_goes_back(people):
    put = led_to(Act.PUT, people)
    introduction = act(put, Act.ACCEPT, people, now=MONDAY)
    assert day(introduction) == date(2026, 3, 18)

    for _ in range(3):
        if introduction.wakes_at:
            rung(introduction, introduction.wakes_at)

    assert introduction.status == State.INTRODUCED
    assert introduction.escalated_at is not None
    assert introduction.wakes_at is None


def test_own_broker_who_never_finishes_a_draft_is_returned_to_nobody_else(people):
    draft = begun(people)

    for _ in range(3):
        rung(draft, draft.wakes_at)

    assert draft.status == State.EXPIRED
    assert receivers_heard(people) == set()


@pytest.mark.parametrize("last", [None, Act.ASK, Act.AGREE])
def test_nobody_is_blamed_for_no_answer_to_what_was_never_sent(people, last):
    introduction = led_to(last, people) if last else begun(people)

    while introduction.wakes_at:
        rung(introduction, introduction.wakes_at)

    told = InboxItem.objects.filter(notice__startswith="matching.introduction.expired")
    expected = {(people.sender_broker.pk, "matching.introduction.expired_unsent")}
    if last:
        expected.add((people.sender_person.pk, "matching.introduction.expired_unsent_firm"))
    assert set(told.values_list("user", "notice")) == expected
    by = people.actor("sender_broker")
    ended = Introduction.objects.get()
    said = [status_for(ended, Side.SENDER), waits_for(ended, by, Side.SENDER)]
    said += [history_of(ended, Side.SENDER)[-1].what, *map(sentence_of, told)]
    assert not [words for words in said if "answer" in words]
    assert ended.decline_reason == ""


def test_a_row_that_fails_keeps_no_other_clock_from_ringing(people, monkeypatch):
    introduction = act(led_to(Act.AGREE, people), Act.SEND, people, now=MONDAY)
    _other, profile = introducing.side("LV", "Rīgas Koks")
    poisoned = introducing.introduction(
        profile, people.receiver, status=IntroductionStatus.SENT, wakes_at=MONDAY, due_at=MONDAY
    )
    remind = ringing._remind

    def fail_for_one(found, now):
        if found == poisoned:
            raise ValueError
        remind(found, now)

    monkeypatch.setattr(ringing, "_remind", fail_for_one)

    assert follow_clocks(now=introduction.wakes_at) == 1
    introduction.refresh_from_db()
    assert introduction.reminded_at is not None
