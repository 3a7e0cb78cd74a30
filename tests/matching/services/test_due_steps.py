"""What comes after an introduction has an owner: they are reminded, and the coordinators hear what stays undone."""

from datetime import timedelta

import pytest
from django.utils import timezone

from matching.models import Cooperation, Introduction, Meeting
from matching.models.cooperation import VALIDATE
from matching.services import due_steps
from matching.services.cooperations import Step, set_step
from matching.services.due_steps import follow_steps, follow_validation
from matching.services.meetings import cancel_meeting, note_meeting, propose_other_times
from tests import factories
from tests.cooperating import agreement, begun, days_ahead, meeting, pair, proposal, state, step
from tests.standing_scenes import standing
from tibs.accounts.roles import RoleCode
from tibs.events.models import InboxItem
from tibs.figures import LATE_STEP_DAYS, VALIDATION_DAYS

pytestmark = pytest.mark.django_db


@standing
def boss(made):
    """The coordinator of the Polish organisation."""
    person = factories.person("Zofia Maj")
    factories.member(person, made.polish.host, role=RoleCode.COORDINATOR)
    return person


def told(notice):
    rows = InboxItem.objects.filter(notice=f"matching.cooperation.{notice}")
    return [item.user.name for item in rows.order_by("pk")]


def waiting(notice):
    return InboxItem.objects.filter(notice=f"matching.cooperation.{notice}", done_at=None)


def on_due_day(cooperation, more=0):
    """Noon of the day on which the step is due, or so many days later."""
    day = cooperation.next_due_date + timedelta(days=more)
    return timezone.now().replace(year=day.year, month=day.month, day=day.day, hour=12)


def test_owner_is_reminded_once_on_the_day(made):
    assert follow_steps(now=on_due_day(made.cooperation, -1)) == 0
    assert follow_steps(now=on_due_day(made.cooperation)) == 1
    assert follow_steps(now=on_due_day(made.cooperation, 1)) == 0

    assert told("step_due") == [made.brokers[0].name]


def test_coordinators_hear_after_five_working_days_and_nobody_before(made, boss):
    follow_steps(now=on_due_day(made.cooperation))

    assert follow_steps(now=on_due_day(made.cooperation, LATE_STEP_DAYS)) == 0
    assert told("step_late") == []
    assert follow_steps(now=on_due_day(made.cooperation, 3 * LATE_STEP_DAYS)) == 1
    assert follow_steps(now=on_due_day(made.cooperation, 4 * LATE_STEP_DAYS)) == 0

    assert told("step_late") == [boss.name]
    assert InboxItem.objects.get(notice="matching.cooperation.step_late").values["broker"] == (
        made.brokers[0].name
    )


def test_step_of_who_introduced_the_firm_of_a_colleague_is_late_in_their_own_country(made, boss):
    colleague = factories.broker("Basia Lis", organisation=made.polish.host).membership.user
    abroad = factories.person("Pekka Salo")
    factories.member(abroad, made.finnish.host, role=RoleCode.COORDINATOR)
    Introduction.objects.update(sender_broker=colleague)
    Cooperation.objects.update(owner=colleague)

    follow_steps(now=on_due_day(made.cooperation))
    follow_steps(now=on_due_day(made.cooperation, 3 * LATE_STEP_DAYS))

    assert told("step_due") == [colleague.name]
    assert told("step_late") == [boss.name]


def test_new_step_settles_the_reminders_and_is_reminded_anew(made, boss):
    follow_steps(now=on_due_day(made.cooperation))
    follow_steps(now=on_due_day(made.cooperation, 20))

    set_step(cooperation=made.cooperation, step=step(made), by=made.ana)

    assert not waiting("step_due").exists()
    assert not waiting("step_late").exists()
    assert follow_steps(now=on_due_day(Cooperation.objects.get())) == 1
    assert told("step_due") == [made.brokers[0].name, made.brokers[1].name]


def test_planned_meeting_to_come_stands_in_the_place_of_the_step(made):
    proposed = meeting(made)
    overdue = on_due_day(made.cooperation)
    Cooperation.objects.update(next_due_date=timezone.localdate() - timedelta(days=3))

    assert follow_steps(now=timezone.now()) == 0
    cancel_meeting(meeting=proposed, by=made.ana)
    assert follow_steps(now=overdue) == 1


def test_step_that_a_broker_wrote_down_is_due_also_while_a_meeting_is_planned(made):
    set_step(cooperation=made.cooperation, step=step(made), by=made.ana)
    meeting(made)
    Cooperation.objects.update(next_due_date=timezone.localdate())

    assert follow_steps(now=timezone.now()) == 1
    assert told("step_due") == [made.brokers[1].name]


def test_who_proposed_times_that_have_all_passed_proposes_others(made):
    proposed = meeting(made)
    assert follow_steps(now=days_ahead(8, 23)) == 0

    assert follow_steps(now=days_ahead(10)) == 1

    assert told("times_passed") == [made.brokers[0].name]
    propose_other_times(
        meeting=proposed,
        proposal=proposal(slots=[days_ahead(number) for number in (20, 21, 22)]),
        by=made.ana,
    )
    assert not waiting("times_passed").exists()
    assert follow_steps(now=days_ahead(11)) == 0


def test_meeting_without_minutes_is_asked_for_and_escalated(made, boss):
    fixed = meeting(made, fixed=True)

    assert follow_steps(now=days_ahead(8)) == 1
    assert told("minutes_due") == [made.brokers[0].name]
    assert follow_steps(now=days_ahead(20)) == 1
    assert told("step_late") == [boss.name]

    begun(fixed)
    note_meeting(meeting=fixed, minutes="Good.", then=step(made), channel="video", by=made.ana)
    assert not waiting("minutes_due").exists()
    assert not waiting("step_late").exists()


def test_minutes_are_asked_for_also_after_a_step_that_was_let_lie(made, boss):
    held = meeting(made, fixed=True)
    Cooperation.objects.update(next_step="Send the samples", next_due_date=timezone.localdate())
    begin = timezone.now()
    Meeting.objects.filter(pk=held.pk).update(starts_at=begin + timedelta(days=40))
    for day in (1, 20):
        follow_steps(now=begin + timedelta(days=day))
    assert (told("step_late"), told("minutes_due")) == ([boss.name], [])

    for day in (41, 42, 60, 61):
        follow_steps(now=begin + timedelta(days=day))

    assert told("minutes_due") == [made.brokers[0].name]
    assert told("step_late") == [boss.name] * 2


def test_minutes_are_asked_for_also_where_a_step_was_due_on_the_day_of_the_meeting(made):
    held = meeting(made, fixed=True)
    begin = days_ahead(3).replace(hour=0, minute=5)
    Cooperation.objects.update(next_step="Speak of prices at the meeting", next_due_date=begin.date())
    Meeting.objects.filter(pk=held.pk).update(starts_at=begin + timedelta(hours=8))

    for hours in (0, 15, 17, 18):
        follow_steps(now=begin + timedelta(hours=hours))

    assert told("step_due") == [made.brokers[0].name]
    assert told("minutes_due") == [made.brokers[0].name]


def test_step_that_is_set_anew_for_the_day_of_a_reminder_is_reminded_too(made):
    noon = on_due_day(made.cooperation)
    follow_steps(now=noon)
    set_step(
        cooperation=made.cooperation, step=Step("Call", noon.date(), made.brokers[0]), by=factories.BENCH
    )

    assert follow_steps(now=noon + timedelta(hours=1)) == 1

    assert told("step_due") == [made.brokers[0].name] * 2


def test_validation_is_no_step_of_a_broker(made, boss):
    written = agreement(made, stated=True)
    cooperation = Cooperation.objects.get(pk=written.cooperation_id)
    assert cooperation.next_step == VALIDATE

    for days in (0, 3 * LATE_STEP_DAYS):
        follow_steps(now=on_due_day(cooperation, days))

    assert (told("step_due"), told("step_late")) == ([], [])


def test_one_bad_row_stops_no_other(made, monkeypatch):
    good = made.cooperation
    bad = pair().cooperation
    Cooperation.objects.filter(pk=bad.pk).update(next_due_date=good.next_due_date - timedelta(days=1))
    real = due_steps._what

    def fails_for_one(cooperation, now):
        if cooperation.pk == bad.pk:
            raise RuntimeError("bad row")
        return real(cooperation, now)

    monkeypatch.setattr(due_steps, "_what", fails_for_one)

    assert follow_steps(now=on_due_day(good)) == 1

    bad.refresh_from_db()
    good.refresh_from_db()
    assert (bad.step_reminded_at, bool(good.step_reminded_at)) == (None, True)


def test_step_settles_the_one_before_for_whomever_it_was(made):
    set_step(cooperation=made.cooperation, step=step(made), by=made.ana)
    set_step(
        cooperation=made.cooperation,
        step=Step("Call", timezone.localdate(), made.brokers[0]),
        by=made.johanna,
    )

    assert [item.user for item in waiting("step_given")] == [made.brokers[0]]


@standing
def staff():
    return factories.person("Signe Holm", role=RoleCode.STAFF)


@standing
def administrator():
    return factories.person("Kari Aho", role=RoleCode.ADMINISTRATOR)


def test_staff_of_neither_side_hear_that_an_agreement_waits(made, staff):
    partial = factories.person("Ott Tamm", role=RoleCode.STAFF)
    factories.member(partial, made.finnish.host)

    agreement(made, stated=True)

    assert told("to_validate") == [staff.name]


def test_administrators_hear_where_there_is_no_staff(made, administrator):
    agreement(made, stated=True)

    assert told("to_validate") == [administrator.name]


def test_validation_is_reminded_at_half_and_escalated_at_full_time(made, staff, administrator):
    agreement(made, stated=True)

    rang = [
        follow_validation(now=timezone.now() + timedelta(days=days)) for days in range(3 * VALIDATION_DAYS)
    ]

    assert (rang[0], sum(rang)) == (0, 2)
    assert told("validation_reminder") == [staff.name]
    assert told("validation_late") == [administrator.name]


def test_changed_word_ends_the_clock_and_both_words_start_it_anew(made, staff):
    stated = agreement(made, stated=True)
    changed = agreement(made, subject="Other boards.")

    assert not waiting("to_validate").exists()
    assert follow_validation(now=timezone.now() + timedelta(days=60)) == 0
    state(made, changed)
    assert [item.user for item in waiting("to_validate")] == [staff]
    assert changed.version > stated.version


def test_agreement_that_waits_without_a_clock_gets_one(made, staff):
    stated = agreement(made, stated=True)
    type(stated).objects.update(ready_at=None)
    InboxItem.objects.all().delete()

    assert follow_validation(now=timezone.now()) == 1
    assert told("to_validate") == [staff.name]


def test_minutes_of_a_meeting_that_was_planned_before_the_agreement_counted_are_due(made, boss):
    fixed = meeting(made, fixed=True)
    agreement(made, validated=True)
    begun(fixed)

    assert follow_steps(now=timezone.now()) == 1
    assert told("minutes_due") == [made.brokers[0].name]
    assert follow_steps(now=days_ahead(3 * LATE_STEP_DAYS)) == 1
    assert told("step_late") == [boss.name]
    note_meeting(meeting=fixed, minutes="Held.", then=None, channel="video", by=made.ana)

    assert not waiting("minutes_due").exists()
    assert not waiting("step_late").exists()


def test_minutes_after_an_agreement_are_due_from_who_took_over_from_one_who_left(made):
    fixed = meeting(made, fixed=True)
    agreement(made, validated=True)
    successor = factories.broker("Basia Lis", organisation=made.polish.host).membership.user
    Introduction.objects.update(sender_broker=successor)

    follow_steps(now=fixed.starts_at + timedelta(days=1))

    assert told("minutes_due") == [successor.name]
