"""A firm that leaves while it talks to another one: nobody travels for nothing, and somebody decides what is next."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from companies.choices import Stage
from companies.services.erasure import erase_company
from companies.services.stages import move_stage
from matching.choices import CooperationStatus, IntroductionStatus, MeetingStatus
from matching.models import Cooperation, Introduction, Meeting
from matching.services.agreements import validate_agreement
from matching.services.introductions.meeting import give_feedback
from matching.services.introductions.ringing import follow_clocks
from tests import factories
from tests.cooperating import agreement, days_ahead, meeting, pair, third_party
from tests.introducing import introduction, side
from tibs.core.errors import WrongStateError
from tibs.events.models import InboxItem

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(db):
    return pair()


def rests(company, to=Stage.DORMANT):
    move_stage(company=company, to=to, reason="Busy.", by=factories.BENCH)


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
