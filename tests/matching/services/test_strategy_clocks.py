"""Joint strategies have clocks: firms that are asked to sign answer in time, and activities fall due."""

from datetime import timedelta

import pytest
from django.utils import timezone

from matching.models import JointStrategy, StrategyActivity, StrategyMember
from matching.services.strategies import (
    add_activity,
    add_member,
    ask_for_signatures,
    change_strategy,
    finish_activity,
    give_up_strategy,
    move_strategy,
    remove_member,
)
from matching.services.strategy_answers import agree_to_be_named, leave_strategy, sign_strategy
from matching.services.strategy_clocks import follow_strategies
from matching.strategy_words import words_hash
from regions.working_days import times_of
from tests import factories
from tests.cooperating import sign_all, strategy
from tibs.accounts.roles import RoleCode
from tibs.core.errors import WrongStateError
from tibs.events.models import InboxItem
from tibs.figures import COMPANY_DECIDES_DAYS

pytestmark = pytest.mark.django_db
LATER = timedelta(minutes=1)


@pytest.fixture
def asked(made):
    """A draft whose two firms were asked to sign; the Polish one has signed."""
    draft = strategy(made)
    ask_for_signatures(strategy=draft, by=made.ana)
    sign(made, draft, "polish", made.jan)
    return draft


def sign(made, draft, firm, by):
    shown = words_hash(JointStrategy.objects.get(pk=draft.pk))
    return sign_strategy(strategy=draft, company=getattr(made, firm), signer=by.name, shown_hash=shown, by=by)


def third_firm(made):
    """A firm that neither of the other two was introduced to."""
    return factories.company("Trzeci", host=made.polish.host, owner=made.brokers[0])


def finnish_one():
    return StrategyMember.objects.get(company__country__code="FI")


def clock(member):
    return times_of(member.company.country, member.clock_started_at, COMPANY_DECIDES_DAYS)


def told(notice):
    rows = InboxItem.objects.filter(notice=f"matching.cooperation.{notice}").order_by("pk")
    return [item.user.public_id for item in rows]


def waiting(notice):
    return InboxItem.objects.filter(notice=f"matching.cooperation.{notice}", done_at=None)


def lapse():
    """Let all three rings of the clock that runs pass; the moment of its end."""
    for _ in range(3):
        moment = finnish_one().wakes_at + LATER
        follow_strategies(now=moment)
    return moment


def test_who_has_not_signed_is_reminded_once_at_half_of_the_time_in_its_country(made, asked):
    half = clock(finnish_one()).remind_at

    assert follow_strategies(now=half - LATER) == 0
    assert follow_strategies(now=half + LATER) == 1
    assert follow_strategies(now=half + 2 * LATER) == 0

    assert set(told("strategy_reminder")) == {made.johanna.id, made.aino.id}


def test_coordinators_of_the_firm_hear_at_the_end_of_the_time(made, asked):
    boss = factories.person("Pekka Salo")
    factories.member(boss, made.finnish.host, role=RoleCode.COORDINATOR)
    times = clock(finnish_one())

    for moment in (times.remind_at, times.due_at):
        follow_strategies(now=moment + LATER)

    assert told("strategy_late") == [boss.public_id]


def test_after_double_time_nobody_waits_any_more_and_all_are_told_once(made, asked):
    times = clock(finnish_one())

    assert lapse() > times.return_at
    assert follow_strategies(now=times.return_at + timedelta(days=90)) == 0

    assert set(told("strategy_lapsed")) == {made.johanna.id, made.aino.id}
    assert told("strategy_unanswered") == [made.ana.id]
    for notice in ("strategy_to_sign", "strategy_reminder", "strategy_late"):
        assert not waiting(notice).exists()
    with pytest.raises(WrongStateError, match="over"):
        sign(made, asked, "finnish", made.aino)


def test_lead_asks_again_and_the_firm_signs(made, asked):
    end = lapse()

    ask_for_signatures(strategy=asked, by=made.ana, now=end)

    again = finnish_one()
    assert (again.lapsed_at, again.clock_started_at) == (None, end)
    assert not waiting("strategy_unanswered").exists()
    assert {item.user.public_id for item in waiting("strategy_to_sign")} == {made.johanna.id, made.aino.id}
    sign(made, asked, "finnish", made.aino)
    assert move_strategy(strategy=asked, by=made.ana).agreed_at


def test_asking_twice_about_the_same_words_gives_no_more_time(made, asked):
    before = finnish_one().clock_started_at

    ask_for_signatures(strategy=asked, by=made.ana, now=before + timedelta(days=3))

    assert finnish_one().clock_started_at == before


def test_other_words_give_the_whole_time_anew(made, asked):
    change_strategy(strategy=asked, values={"goal": "Less waste."}, by=made.ana)
    now = timezone.now() + timedelta(days=3)

    ask_for_signatures(strategy=asked, by=made.ana, now=now)

    assert set(StrategyMember.objects.values_list("clock_started_at", flat=True)) == {now}


@pytest.mark.parametrize("end", ["signed", "left", "removed", "given_up"])
def test_clock_ends_with_every_answer_and_with_the_draft(made, asked, end):
    later = clock(finnish_one()).return_at
    {
        "signed": lambda: sign(made, asked, "finnish", made.aino),
        "left": lambda: leave_strategy(strategy=asked, company=made.finnish, by=made.aino),
        "removed": lambda: remove_member(strategy=asked, company=made.finnish, by=made.ana),
        "given_up": lambda: give_up_strategy(strategy=asked, by=made.ana),
    }[end]()

    assert follow_strategies(now=later) == 0


def test_firm_that_waits_for_the_name_of_another_one_is_not_waited_for(made):
    """The Polish broker's second firm and the Finnish one do not know each other yet."""
    draft = strategy(made)
    third = third_firm(made)
    draft.members.create(company=third)
    ask_for_signatures(strategy=draft, by=made.ana)

    agree_to_be_named(strategy=draft, company=made.finnish, by=made.aino)
    assert finnish_one().wakes_at is None
    agree_to_be_named(strategy=draft, company=third, by=made.ana)

    assert finnish_one().wakes_at is not None
    assert waiting("strategy_readable").exists()


def test_lead_is_reminded_once_of_an_activity_on_its_day(made):
    draft = strategy(made)
    day = timezone.localdate() + timedelta(days=30)
    activity = add_activity(strategy=draft, what="Show it at a fair", due_date=day, by=made.ana)
    sign_all(made, draft)
    noon = timezone.now().replace(hour=12) + timedelta(days=30)

    assert follow_strategies(now=noon) == 0  # as long as it is a draft
    move_strategy(strategy=draft, by=made.ana)
    assert follow_strategies(now=noon - timedelta(days=1)) == 0
    assert [follow_strategies(now=noon), follow_strategies(now=noon)] == [1, 0]
    assert told("strategy_activity_due") == [made.ana.id]
    finish_activity(activity=StrategyActivity.objects.get(pk=activity.pk), by=made.ana)
    assert not waiting("strategy_activity_due").exists()


@pytest.mark.parametrize(("by", "hears"), [("johanna", True), ("aino", False)])
def test_firm_hears_of_the_signature_that_its_broker_wrote_down(made, asked, by, hears):
    sign(made, asked, "finnish", getattr(made, by))

    assert told("strategy_noted") == [made.aino.id] * hears


@pytest.mark.parametrize(("by", "hears"), [("johanna", True), ("aino", False)])
def test_firm_hears_that_its_broker_let_its_name_be_read(made, asked, by, hears):
    agree_to_be_named(strategy=asked, company=made.finnish, by=getattr(made, by))

    assert told("strategy_name_noted") == [made.aino.id] * hears


def test_running_clock_stops_where_a_firm_comes_later_whose_name_is_not_read_yet(made, asked):
    agree_to_be_named(strategy=asked, company=made.finnish, by=made.aino)
    assert finnish_one().wakes_at is not None
    third = third_firm(made)

    add_member(strategy=asked, company=third, by=made.ana)
    assert finnish_one().wakes_at is None
    ask_for_signatures(strategy=asked, by=made.ana)
    assert finnish_one().wakes_at is None

    agree_to_be_named(strategy=asked, company=third, by=made.ana)
    assert finnish_one().wakes_at is not None


def test_firm_that_lapsed_and_waits_for_a_name_is_asked_once_that_is_read(made, asked):
    agree_to_be_named(strategy=asked, company=made.finnish, by=made.aino)
    end, third = lapse(), third_firm(made)
    add_member(strategy=asked, company=third, by=made.ana)
    ask_for_signatures(strategy=asked, by=made.ana, now=end)

    agree_to_be_named(strategy=asked, company=third, by=made.ana, now=end)

    assert set(told("strategy_readable")) >= {made.johanna.id, made.aino.id}
    assert finnish_one().clock_started_at == end
    sign(made, asked, "finnish", made.aino)


def test_clock_that_stopped_for_a_firm_that_is_removed_again_goes_on_with_the_next_question(made, asked):
    agree_to_be_named(strategy=asked, company=made.finnish, by=made.aino)
    third = third_firm(made)
    add_member(strategy=asked, company=third, by=made.ana)
    remove_member(strategy=asked, company=third, by=made.ana)

    ask_for_signatures(strategy=asked, by=made.ana)

    assert finnish_one().wakes_at is not None
