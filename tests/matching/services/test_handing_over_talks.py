"""Talks change hands with the introduction that they follow: the step, its clock, and what waits."""

from datetime import timedelta

import pytest
from django.utils import timezone

from brokers.services.leaving import release
from companies.services.ownership import hand_over
from matching.handshake import Side
from matching.models import Cooperation, FollowUp
from matching.services.cooperations import Step, set_step
from matching.services.due_steps import follow_steps
from matching.services.follow_ups import ask_what_is_due
from matching.services.introductions.pausing import transfer
from matching.services.strategies import ask_for_signatures
from tests import factories
from tests.cooperating import agreement, meeting, strategy
from tibs.accounts.roles import RoleCode
from tibs.events.models import InboxItem

pytestmark = pytest.mark.django_db
SIDES = (Side.SENDER, Side.RECEIVER)


def firm_of(made, side):
    return made.polish if side == Side.SENDER else made.finnish


def host_of(made, side):
    return firm_of(made, side).host


def transferred(made, side, heir):
    by = made.ana if side == Side.SENDER else made.johanna
    transfer(introduction=made.cooperation.introduction, side=side, to=heir, by=by)


def handed_over(made, side, heir):
    hand_over(company=firm_of(made, side), to=heir, by=factories.BENCH)


def left_to(made, side, heir):
    leaver = made.brokers[SIDES.index(side)]
    host = host_of(made, side)
    release(user=leaver, organisation=host, successor=heir, by=factories.BENCH, now=timezone.now())


def heir_of(made, side):
    return factories.broker("Heta Ilo", organisation=host_of(made, side)).membership.user


def step_of(made, side, days=7):
    """The next step is that of the broker of one side; told by the platform, so that both hear it."""
    broker = made.brokers[SIDES.index(side)]
    given = Step("Send the samples", timezone.localdate() + timedelta(days=days), broker)
    set_step(cooperation=made.cooperation, step=given, by=factories.BENCH)
    return broker


def on_day(number):
    return timezone.now() + timedelta(days=number)


def waiting_for(person):
    rows = InboxItem.objects.filter(user=person, waits=True, done_at=None)
    return {item.notice.removeprefix("matching.cooperation.") for item in rows}


WAYS = (transferred, handed_over, left_to)


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("way", WAYS)
def test_next_step_goes_to_whoever_takes_the_introduction_over(made, way, side):
    before, heir = step_of(made, side), heir_of(made, side)

    way(made, side, heir)

    assert Cooperation.objects.get().owner == heir
    assert waiting_for(heir) >= {"step_given"}
    assert not waiting_for(before)


@pytest.mark.parametrize("side", SIDES)
def test_step_of_the_other_side_stays_where_it_is(made, side):
    broker, heir = step_of(made, side.other), heir_of(made, side)

    transferred(made, side, heir)

    assert Cooperation.objects.get().owner == broker
    assert "step_given" in waiting_for(broker)
    assert "step_given" not in waiting_for(heir)


@pytest.mark.parametrize("side", SIDES)
def test_late_step_is_the_heirs_own_firms_and_the_right_coordinators_hear_of_it(made, side):
    bosses = {one: factories.person(f"Boss {one}") for one in SIDES}
    for one, boss in bosses.items():
        factories.member(boss, host_of(made, one), role=RoleCode.COORDINATOR)
    heir = heir_of(made, side)
    step_of(made, side)
    transferred(made, side, heir)

    follow_steps(now=on_day(7))
    follow_steps(now=on_day(21))

    own = firm_of(made, side).name
    due = InboxItem.objects.get(notice="matching.cooperation.step_due")
    late = InboxItem.objects.get(notice="matching.cooperation.step_late")
    assert (due.user, due.values["company"]) == (heir, own)
    assert (late.user, late.values["broker"]) == (bosses[side], heir.name)


@pytest.mark.parametrize("way", WAYS)
def test_heir_of_a_late_step_is_reminded_like_anybody(made, way):
    heir = heir_of(made, Side.RECEIVER)
    before = step_of(made, Side.RECEIVER, days=0)
    follow_steps(now=on_day(0))
    follow_steps(now=on_day(14))

    way(made, Side.RECEIVER, heir)
    follow_steps(now=on_day(15))

    assert "step_due" in waiting_for(heir)
    assert not waiting_for(before) & {"step_due", "step_late"}


@pytest.mark.parametrize("way", WAYS)
def test_times_that_wait_for_a_choice_wait_for_the_heir(made, way):
    meeting(made)
    heir = heir_of(made, Side.RECEIVER)

    way(made, Side.RECEIVER, heir)

    assert "times_proposed" in waiting_for(heir)
    assert "times_proposed" not in waiting_for(made.brokers[1])
    assert "times_proposed" in waiting_for(made.finnish.contacts.get().user)


@pytest.mark.parametrize("way", WAYS)
def test_agreement_to_confirm_waits_for_the_heir(made, way):
    agreement(made)
    heir = heir_of(made, Side.RECEIVER)

    way(made, Side.RECEIVER, heir)

    assert "to_state" in waiting_for(heir)
    assert "to_state" not in waiting_for(made.brokers[1])


@pytest.mark.parametrize("way", [handed_over, left_to])
def test_follow_ups_and_signatures_wait_for_whoever_serves_the_firm(made, way):
    ask_for_signatures(strategy=strategy(made), by=made.ana)
    agreement(made, validated=True)
    FollowUp.objects.filter(company=made.polish).delete()
    ask_what_is_due(now=on_day(365))
    heir = heir_of(made, Side.RECEIVER)
    owed = waiting_for(made.brokers[1])
    assert owed >= {"strategy_to_sign", "follow_up_due"}

    way(made, Side.RECEIVER, heir)

    assert waiting_for(heir) >= {"strategy_to_sign", "follow_up_due"}
    assert not waiting_for(made.brokers[1])
    assert waiting_for(made.finnish.contacts.get().user) >= {"strategy_to_sign", "follow_up_due"}
