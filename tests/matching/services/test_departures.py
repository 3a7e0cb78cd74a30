"""A firm that leaves while it talks to another one: nobody travels for nothing, and somebody decides what is next."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from companies.choices import Stage
from companies.models import Company
from companies.services.erasure import erase_company
from companies.services.stages import move_stage
from matching.choices import CooperationStatus, IntroductionStatus, MeetingStatus
from matching.models import Cooperation, Introduction, Meeting
from matching.models.cooperation import CONFIRM, DECIDE, PROPOSE
from matching.services.agreements import validate_agreement
from matching.services.cooperations import set_step
from matching.services.introductions.meeting import give_feedback
from matching.services.introductions.ringing import follow_clocks
from matching.services.meetings import propose_meeting, propose_other_times, take_slot
from tests import factories
from tests.cooperating import agreement, days_ahead, meeting, proposal, step, third_party
from tests.introducing import introduction, side
from tibs.core.errors import WrongStateError
from tibs.events.models import InboxItem

pytestmark = pytest.mark.django_db


def rests(company, to=Stage.DORMANT):
    move_stage(company=company, to=to, reason="Busy.", by=factories.BENCH)


def comes_back(company):
    rests(company, Stage.SCREENING)


def told(notice):
    rows = InboxItem.objects.filter(notice=f"matching.cooperation.{notice}")
    return {item.user.public_id: item for item in rows}


def test_many_people_of_the_firms_are_told_in_as_many_queries_as_few(made):
    meeting(made)
    before = transaction.savepoint_create()
    with CaptureQueriesContext(connection) as for_few:
        rests(made.polish)
    transaction.savepoint_rollback(before)
    for number in range(4):
        for firm in (made.polish, made.finnish):
            factories.contact(firm, user=factories.person(f"Kai{number} Maa"))

    with CaptureQueriesContext(connection) as for_many:
        rests(made.polish)

    assert len(told("away")) + len(told("partner_away")) == 12
    assert len(for_many) <= len(for_few)


@pytest.mark.parametrize("stage", [Stage.DORMANT, Stage.WITHDRAWN])
@pytest.mark.parametrize("leaver", ["polish", "finnish"])
def test_planned_meeting_is_called_off_and_both_sides_hear_it_at_once(made, leaver, stage):
    planned = meeting(made, fixed=True)
    Meeting.objects.filter(pk=planned.pk).update(starts_at=days_ahead(1))

    rests(getattr(made, leaver), stage)

    assert Meeting.objects.get(pk=planned.pk).status == MeetingStatus.CANCELLED
    cancelled = told("meeting_cancelled_soon")
    assert set(cancelled) == {by.id for by in (made.ana, made.jan, made.johanna, made.aino)}
    assert all(item.mailed_at for item in cancelled.values())


@pytest.mark.parametrize("leaver", ["polish", "finnish"])
def test_each_side_reads_which_firm_takes_no_part_and_the_other_broker_decides(made, leaver):
    stays, broker = ("finnish", made.brokers[1]) if leaver == "polish" else ("polish", made.brokers[0])
    names = {"polish": (made.ana, made.jan), "finnish": (made.johanna, made.aino)}

    rests(getattr(made, leaver))

    assert set(told("away")) == {by.id for by in names[leaver]}
    assert set(told("partner_away")) == {by.id for by in names[stays]}
    left = getattr(made, leaver).name
    assert {item.values["company"] for item in told("away").values()} == {left}
    assert {item.values["partner"] for item in told("partner_away").values()} == {left}
    talks = Cooperation.objects.get()
    assert (talks.status, talks.owner) == (CooperationStatus.MEETING, broker)
    assert talks.next_step.startswith("One of the firms takes no part")
    assert talks.next_due_date > timezone.localdate()
    assert set(told("step_given")) == {broker.public_id}


def test_who_rests_and_then_withdraws_is_told_of_once(made):
    rests(made.polish)
    rests(made.polish, Stage.WITHDRAWN)

    assert InboxItem.objects.filter(notice="matching.cooperation.partner_away").count() == 2


def test_agreement_that_both_confirmed_is_still_judged(made):
    written = agreement(made, stated=True)

    rests(made.polish)

    validate_agreement(agreement=written, by=third_party())
    assert Cooperation.objects.get().status == CooperationStatus.AGREEMENT


def test_talks_that_ended_hear_nothing_of_it(made):
    agreement(made, validated=True)

    rests(made.polish)

    assert not told("away")
    assert not told("partner_away")


def test_nobody_plans_a_meeting_with_a_firm_that_is_away(made):
    rests(made.finnish)

    for by in (made.ana, made.johanna):
        with pytest.raises(WrongStateError, match="does not take part"):
            propose_meeting(cooperation=made.cooperation, proposal=proposal(), by=by)
    assert Cooperation.objects.get().next_step == DECIDE
    assert not told("times_proposed")


def test_a_meeting_from_before_is_neither_moved_nor_fixed_while_a_firm_is_away(made):
    """As it stood where a firm had left before meetings were called off by it."""
    planned = meeting(made)
    type(made.finnish).objects.filter(pk=made.finnish.pk).update(stage=Stage.DORMANT)

    with pytest.raises(WrongStateError, match="does not take part"):
        take_slot(meeting=planned, moment=planned.slots[0], by=made.aino)
    with pytest.raises(WrongStateError, match="does not take part"):
        propose_other_times(meeting=planned, proposal=proposal(), by=made.aino)


@pytest.mark.parametrize("firm", ["polish", "finnish"])
def test_firm_that_comes_back_is_told_of_and_the_talks_go_on_where_they_can(made, firm):
    meeting(made)
    rests(getattr(made, firm))

    comes_back(getattr(made, firm))

    assert set(told("back")) == {by.id for by in (made.ana, made.jan, made.johanna, made.aino)}
    talks = Cooperation.objects.get()
    assert (talks.next_step, talks.owner) == (PROPOSE, made.brokers[0])
    assert talks.next_due_date > timezone.localdate()
    given = InboxItem.objects.filter(notice="matching.cooperation.step_given", done_at=None)
    assert [item.user for item in given] == [made.brokers[0]]


def test_who_comes_back_goes_on_with_the_agreement_that_was_written(made):
    agreement(made)
    rests(made.polish)

    comes_back(made.polish)

    assert Cooperation.objects.get().next_step == CONFIRM


def test_step_that_a_broker_wrote_down_meanwhile_stays(made):
    rests(made.polish)
    set_step(cooperation=made.cooperation, step=step(made), by=made.johanna)

    comes_back(made.polish)

    assert Cooperation.objects.get().next_step == "Send the samples"
    assert set(told("back")) == {by.id for by in (made.ana, made.jan, made.johanna, made.aino)}


def test_every_leaving_is_told_of(made):
    rests(made.polish)
    comes_back(made.polish)
    rests(made.polish, Stage.WITHDRAWN)

    assert InboxItem.objects.filter(notice="matching.cooperation.partner_away").count() == 4
    assert Cooperation.objects.get().next_step == DECIDE


def test_moves_of_a_firm_that_takes_part_all_the_time_are_not_told(made):
    type(made.polish).objects.filter(pk=made.polish.pk).update(stage=Stage.LEAD)

    comes_back(made.polish)

    assert not told("back")
    assert Cooperation.objects.get().next_step == PROPOSE


def test_talks_end_once_both_firms_have_left(made):
    rests(made.polish)

    rests(made.finnish)

    assert Cooperation.objects.get().status == CooperationStatus.NO_DEAL
    assert set(told("away")) == {by.id for by in (made.ana, made.jan, made.johanna, made.aino)}
    assert not InboxItem.objects.filter(waits=True, done_at=None).exists()


def test_both_read_why_a_meeting_after_an_agreement_is_called_off(made):
    meeting(made, fixed=True)
    agreement(made, validated=True)

    rests(made.polish)

    assert set(told("partner_away")) == {made.johanna.id, made.aino.id}
    assert Cooperation.objects.get().status == CooperationStatus.AGREEMENT


def test_broker_is_asked_how_the_contact_went_once_the_firm_is_back(db):
    polish, offers = side("PL", "Stolarnia Dąb")
    finnish, seeks = side("FI", "Kymen Saha Oy")
    clock = {"due_at": timezone.now() + timedelta(days=12), "wakes_at": timezone.now()}
    introduction(offers, seeks, status=IntroductionStatus.INTRODUCED, **clock)
    rests(polish)
    rests(finnish)

    comes_back(finnish)
    assert Introduction.objects.get().due_at is None  # the other firm is still away
    comes_back(polish)

    made = Introduction.objects.get()
    assert made.due_at > timezone.now() + timedelta(days=12)
    assert follow_clocks(now=made.wakes_at) == 1
    give_feedback(introduction=made, note="They met.", by=factories.actor(made.receiver_broker))
    rests(polish, Stage.WITHDRAWN)
    comes_back(polish)
    assert Introduction.objects.get().due_at is None  # it was told


@pytest.mark.parametrize(
    "leave", [rests, lambda company: erase_company(company=company, by=factories.BENCH, reason="asked")]
)
def test_nobody_is_asked_how_the_contact_with_a_firm_went_that_has_left(db, leave):
    _polish, offers = side("PL", "Stolarnia Dąb")
    finnish, seeks = side("FI", "Kymen Saha Oy")
    due = timezone.now() + timedelta(days=12)
    clock = {"due_at": due, "wakes_at": timezone.now() + timedelta(days=6)}
    made = introduction(offers, seeks, status=IntroductionStatus.INTRODUCED, **clock)

    leave(finnish)

    assert follow_clocks(now=timezone.now() + timedelta(days=30)) == 0
    made = Introduction.objects.get()
    assert (made.due_at, made.wakes_at, made.status) == (None, None, IntroductionStatus.INTRODUCED)
    with pytest.raises(WrongStateError, match="does not take part"):
        give_feedback(introduction=made, note="They met.", by=factories.actor(made.receiver_broker))


def test_nobody_is_asked_about_a_firm_that_was_erased_before_it_was_served_once_the_other_is_back(db):
    polish, offers = side("PL", "Stolarnia Dąb")
    finnish, seeks = side("FI", "Kymen Saha Oy")
    introduction(offers, seeks, status=IntroductionStatus.INTRODUCED)
    Company.objects.filter(pk=finnish.pk).update(stage=Stage.SCREENING)
    rests(polish)
    erase_company(company=finnish, by=factories.BENCH, reason="asked")

    comes_back(polish)

    assert Introduction.objects.get().due_at is None
