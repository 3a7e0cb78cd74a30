"""Meetings: three times, one taken by the other side, the calendar entry, the minutes."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils.translation import override
from icalendar import Calendar

from companies.models import Interaction
from matching.choices import CooperationStatus, MeetingStatus
from matching.models import Cooperation, Meeting
from matching.services.calendars import calendar_of
from matching.services.cooperations import set_step
from matching.services.departures import end_with
from matching.services.meetings import (
    cancel_meeting,
    note_meeting,
    propose_meeting,
    propose_other_times,
    take_slot,
)
from tests import factories
from tests.cooperating import agreement, begun, days_ahead, meeting, proposal, step
from tests.letters import letters_to
from tibs.core.errors import BadInputError, NotAllowedError, WrongStateError
from tibs.events.models import InboxItem

pytestmark = pytest.mark.django_db


def test_other_side_is_asked_its_broker_and_its_firm(made):
    meeting(made)

    asked = InboxItem.objects.filter(notice="matching.cooperation.times_proposed", waits=True)
    assert {item.user.public_id for item in asked} == {made.johanna.id, made.aino.id}


@pytest.mark.parametrize(
    "wrong",
    [
        {"slots": []},
        {"slots": [days_ahead(7), days_ahead(8)]},
        {"slots": [days_ahead(7), days_ahead(7), days_ahead(8)]},
        {"slots": [days_ahead(-1), days_ahead(7), days_ahead(8)]},
        {"minutes_long": 0},
        {"minutes_long": 10**30},
        {"place": "x" * 301},
    ],
)
def test_times_are_three_different_and_to_come(made, wrong):
    with pytest.raises(BadInputError):
        propose_meeting(cooperation=made.cooperation, proposal=proposal(**wrong), by=made.ana)


def test_one_meeting_is_planned_at_a_time(made):
    meeting(made)

    with pytest.raises(WrongStateError):
        propose_meeting(cooperation=made.cooperation, proposal=proposal(), by=made.johanna)


@pytest.mark.parametrize("who", ["johanna", "aino"])
def test_other_side_takes_a_time_by_its_broker_or_its_firm(made, who):
    proposed = meeting(made)

    fixed = take_slot(meeting=proposed, moment=proposed.slots[1], by=getattr(made, who))

    assert (fixed.status, fixed.starts_at) == (MeetingStatus.FIXED, proposed.slots[1])
    assert not InboxItem.objects.filter(notice="matching.cooperation.times_proposed", done_at=None).exists()


@pytest.mark.parametrize("who", ["ana", "jan"])
def test_who_proposed_does_not_choose(made, who):
    proposed = meeting(made)

    with pytest.raises(NotAllowedError):
        take_slot(meeting=proposed, moment=proposed.slots[0], by=getattr(made, who))


def test_only_a_time_that_was_proposed_and_is_not_over_is_taken(made):
    proposed = meeting(made)

    with pytest.raises(BadInputError):
        take_slot(meeting=proposed, moment=days_ahead(20), by=made.aino)
    with pytest.raises(WrongStateError):
        take_slot(meeting=proposed, moment=proposed.slots[0], by=made.aino, now=days_ahead(30))


def test_other_side_may_propose_other_times_and_then_the_first_side_chooses(made):
    proposed = meeting(made)
    others = proposal(slots=[days_ahead(number) for number in (14, 15, 16)])

    turned = propose_other_times(meeting=proposed, proposal=others, by=made.aino)

    with pytest.raises(NotAllowedError):
        take_slot(meeting=turned, moment=turned.slots[0], by=made.johanna)
    assert take_slot(meeting=turned, moment=turned.slots[0], by=made.ana).status == MeetingStatus.FIXED


def entry_of(row, reader):
    [entry] = Calendar.from_ical(calendar_of(Meeting.objects.get(pk=row.pk), reader)).walk("VEVENT")
    return entry


def test_calendar_keeps_one_entry_through_change_and_cancellation(made):
    reader = made.brokers[0]
    fixed = meeting(made, fixed=True)
    first = entry_of(fixed, reader)
    others = proposal(slots=[days_ahead(number) for number in (14, 15, 16)])
    moved = propose_other_times(meeting=fixed, proposal=others, by=made.ana)
    with pytest.raises(WrongStateError):
        calendar_of(moved, reader)
    moved = take_slot(meeting=moved, moment=moved.slots[2], by=made.aino)
    second = entry_of(moved, reader)
    cancelled = cancel_meeting(meeting=moved, by=made.aino)
    third = entry_of(cancelled, reader)

    assert first["uid"] == second["uid"] == third["uid"] == f"{fixed.public_id}@localhost"
    assert [entry["sequence"] for entry in (first, second, third)] == [0, 1, 2]
    assert second.start == moved.starts_at
    assert second.end - second.start == timedelta(minutes=60)
    assert [str(entry["status"]) for entry in (first, third)] == ["CONFIRMED", "CANCELLED"]
    methods = [Calendar.from_ical(calendar_of(row, reader))["method"] for row in (cancelled,)]
    assert methods == ["CANCEL"]


def test_calendar_is_in_utc_names_only_its_reader_and_takes_no_lines_from_the_place(made):
    proposed = propose_meeting(
        cooperation=made.cooperation,
        proposal=proposal(
            slots=[datetime(2031, 3, 30, hour, tzinfo=UTC) for hour in (0, 1, 2)],
            place="Room 4; 2nd, floor\r\nATTENDEE:mailto:eve@example.org",
        ),
        by=made.ana,
    )
    fixed = take_slot(meeting=proposed, moment=proposed.slots[1], by=made.aino)

    text = calendar_of(fixed, made.brokers[0]).decode()

    assert "DTSTART:20310330T010000Z" in text
    assert "METHOD:REQUEST" in text
    lines = text.replace("\r\n ", "").split("\r\n")
    assert [line for line in lines if line.startswith("ATTENDEE")] == [
        f'ATTENDEE;CN="{made.brokers[0].name}":mailto:{made.brokers[0].email}'
    ]


def test_minutes_move_the_talks_on_and_stand_in_both_contact_logs(made):
    fixed = meeting(made, fixed=True)
    later = fixed.starts_at + timedelta(minutes=1)

    with pytest.raises(WrongStateError):
        note_meeting(meeting=fixed, minutes="Too early.", then=step(made), channel="video", by=made.ana)
    begun(fixed)
    note_meeting(
        meeting=fixed, minutes="They want samples.", then=step(made), channel="video", by=made.ana, now=later
    )

    assert Meeting.objects.get().status == MeetingStatus.HELD
    moved = Cooperation.objects.get()
    assert (moved.status, moved.next_step) == (CooperationStatus.NEGOTIATING, "Send the samples")
    logged = Interaction.objects.filter(content="They want samples.")
    assert {(entry.company, entry.hours, entry.made_by) for entry in logged} == {
        (made.polish, 1, made.brokers[0]),
        (made.finnish, 1, None),
    }


def test_firms_write_no_minutes(made):
    fixed = meeting(made, fixed=True)

    with pytest.raises(NotAllowedError):
        note_meeting(meeting=fixed, minutes="x", then=step(made), channel="video", by=made.jan)


def test_next_step_follows_the_meeting(made):
    polish, finnish = made.brokers
    said = []
    planned = meeting(made)
    for act in (
        lambda: None,
        lambda: take_slot(meeting=planned, moment=planned.slots[0], by=made.aino),
        lambda: cancel_meeting(meeting=planned, by=made.aino),
    ):
        act()
        now = Cooperation.objects.get()
        said.append((now.step_in_words, now.owner))

    assert said == [
        ("Choose one of the times that were proposed", finnish),
        ("Meet, and write down what came of it", polish),
        ("Propose times for a first meeting", polish),
    ]


def test_step_that_a_broker_wrote_down_stays_when_a_meeting_is_proposed(made):
    set_step(cooperation=made.cooperation, step=step(made), by=made.ana)

    meeting(made)

    assert Cooperation.objects.get().step_in_words == "Send the samples"


def test_step_of_tibs_is_said_in_the_language_of_the_reader(made):
    with override("pl"):
        assert made.cooperation.step_in_words != made.cooperation.next_step


@pytest.mark.parametrize(("days", "letters"), [(1, 1), (3, 0)])
def test_end_of_a_meeting_that_is_soon_is_mailed_at_once_for_somebody_may_travel(made, days, letters):
    fixed = meeting(made, fixed=True)
    before = len(letters_to(made.brokers[0].email))

    cancel_meeting(meeting=fixed, by=made.aino, now=fixed.starts_at - timedelta(days=days))

    told = letters_to(made.brokers[0].email)[before:]
    assert len(told) == letters
    assert all("was cancelled" in subject for subject, _words in told)
    item = InboxItem.objects.get(user=made.brokers[0], notice__contains="meeting_cancelled")
    assert not item.waits


def test_time_that_is_taken_for_tomorrow_is_mailed_at_once(made):
    proposed = meeting(made)
    before = len(letters_to(made.brokers[0].email))

    day_before = proposed.slots[0] - timedelta(days=1)
    take_slot(meeting=proposed, moment=proposed.slots[0], by=made.aino, now=day_before)

    ((subject, _words),) = letters_to(made.brokers[0].email)[before:]
    assert "is fixed" in subject


@pytest.mark.parametrize(("days", "is_urgent"), [(1, True), (3, False)])
def test_both_sides_hear_that_a_fixed_meeting_is_moved_at_once_where_it_is_soon(made, days, is_urgent):
    fixed = meeting(made, fixed=True)
    others = proposal(slots=[days_ahead(number) for number in (14, 15, 16)])
    before = len(letters_to(made.brokers[0].email))

    propose_other_times(
        meeting=fixed, proposal=others, by=made.jan, now=fixed.starts_at - timedelta(days=days)
    )

    told = InboxItem.objects.filter(notice__contains="meeting_moved")
    assert {item.user.public_id for item in told} == {made.ana.id, made.johanna.id, made.aino.id}
    assert {item.values["day"] for item in told} == {fixed.starts_at.date().isoformat()}
    letters = letters_to(made.brokers[0].email)[before:]
    assert ["does not take place" in subject for subject, _words in letters] == [True] * is_urgent


def test_times_that_were_never_fixed_are_changed_without_that_news(made):
    proposed = meeting(made)
    others = proposal(slots=[days_ahead(number) for number in (14, 15, 16)])

    propose_other_times(meeting=proposed, proposal=others, by=made.ana)

    assert not InboxItem.objects.filter(notice__contains="meeting_moved").exists()


def test_meeting_whose_times_were_only_proposed_ends_in_the_digest(made):
    proposed = meeting(made)

    cancel_meeting(meeting=proposed, by=made.ana, now=proposed.slots[0] - timedelta(days=1))

    assert "cancelled" not in str(letters_to(made.brokers[1].email))


def fixed_before_the_agreement(made):
    """A meeting whose time was fixed before the agreement of the two firms was validated."""
    fixed = meeting(made, fixed=True)
    agreement(made, validated=True)
    return fixed


def test_meeting_that_was_planned_before_an_agreement_counted_is_held_and_minuted(made):
    fixed = begun(fixed_before_the_agreement(made))

    note_meeting(meeting=fixed, minutes="First load seen.", then=None, channel="visit", by=made.ana)

    done = Cooperation.objects.get()
    assert Meeting.objects.get().status == MeetingStatus.HELD
    assert (done.status, done.next_step) == (CooperationStatus.AGREEMENT, "")
    assert Interaction.objects.filter(content="First load seen.").count() == 2


def test_step_of_a_form_that_was_open_before_the_agreement_counted_is_left_out(made):
    fixed = begun(fixed_before_the_agreement(made))

    note_meeting(meeting=fixed, minutes="x", then=step(made), channel="video", by=made.ana)

    assert (Cooperation.objects.get().next_step, Cooperation.objects.get().next_due_date) == ("", None)


def test_firms_that_still_talk_need_a_next_step_after_a_meeting(made):
    fixed = begun(meeting(made, fixed=True))

    with pytest.raises(BadInputError):
        note_meeting(meeting=fixed, minutes="x", then=None, channel="video", by=made.ana)


def test_meeting_that_was_planned_before_an_agreement_counted_is_moved_and_cancelled(made):
    fixed = fixed_before_the_agreement(made)
    others = proposal(slots=[days_ahead(number) for number in (14, 15, 16)])

    moved = propose_other_times(meeting=fixed, proposal=others, by=made.ana)
    moved = take_slot(meeting=moved, moment=moved.slots[0], by=made.aino)
    cancelled = cancel_meeting(meeting=moved, by=made.jan)

    assert (cancelled.status, Cooperation.objects.get().next_step) == (MeetingStatus.CANCELLED, "")
    with pytest.raises(WrongStateError):
        propose_meeting(cooperation=made.cooperation, proposal=proposal(), by=made.ana)


def test_times_that_were_proposed_still_wait_for_the_other_side_when_the_agreement_counts(made):
    meeting(made)

    agreement(made, validated=True)

    asked = InboxItem.objects.filter(notice="matching.cooperation.times_proposed", done_at=None)
    assert {item.user.public_id for item in asked} == {made.johanna.id, made.aino.id}
    assert not InboxItem.objects.filter(notice="matching.cooperation.to_state", done_at=None).exists()


def test_erased_firm_meets_nobody_any_more(made):
    fixed = fixed_before_the_agreement(made)

    end_with(made.finnish, factories.BENCH)

    assert Meeting.objects.get(pk=fixed.pk).status == MeetingStatus.CANCELLED
