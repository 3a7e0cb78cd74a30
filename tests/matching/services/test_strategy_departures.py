"""A firm that leaves while joint strategies wait for it: nobody asks it, and the lead hears why."""

import pytest
from django.utils import timezone

from brokers.services.leaving import release
from companies.choices import Stage
from companies.services.erasure import erase_company
from companies.services.stages import move_stage
from matching.models import StrategyActivity, StrategyMember
from matching.services.strategies import add_activity, ask_for_signatures, move_strategy, remove_member
from matching.services.strategy_answers import sign_strategy
from matching.services.strategy_clocks import follow_strategies
from matching.strategy_words import words_hash
from tests import factories
from tests.cooperating import days_ahead, sign_all, strategy
from tibs.accounts.roles import RoleCode
from tibs.events.models import InboxItem

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(made):
    """A draft whose two firms were asked to sign."""
    draft = strategy(made)
    ask_for_signatures(strategy=draft, by=made.ana)
    return draft


@pytest.fixture
def boss(made):
    """The coordinator of the Finnish organisation."""
    person = factories.person("Pekka Salo")
    factories.member(person, made.finnish.host, role=RoleCode.COORDINATOR)
    return person


def rests(company, to=Stage.WITHDRAWN):
    move_stage(company=company, to=to, reason="Busy.", by=factories.BENCH)


def items(notice, **values):
    return InboxItem.objects.filter(notice=f"matching.cooperation.strategy_{notice}", **values)


def finnish_one():
    return StrategyMember.objects.get(company__country__code="FI")


def test_firm_that_has_left_is_neither_reminded_nor_late_and_the_lead_hears_why(made, asked, boss):
    rests(made.finnish)

    follow_strategies(now=days_ahead(200))
    follow_strategies(now=days_ahead(201))

    assert finnish_one().wakes_at is None
    assert not items("late", user=boss)
    assert not items("to_sign", company_id=made.finnish.public_id, done_at=None)
    told = items("away", done_at=None).get()
    assert (told.user.public_id, told.values["company"]) == (made.ana.id, made.finnish.name)


def test_lead_hears_of_a_firm_that_was_erased_where_it_was(made, asked):
    third = factories.company("Trzeci", host=made.finnish.host, owner=made.brokers[1])
    asked.members.create(company=third)
    ask_for_signatures(strategy=asked, by=made.ana)

    erase_company(company=third, by=factories.BENCH, reason="asked")

    assert StrategyMember.objects.get(company=third).wakes_at is None
    told = items("away", done_at=None).get()
    assert told.values["company"] == f"A firm in {third.country.name}"


def test_clock_of_a_firm_that_left_unseen_ends_with_its_next_ring(made, asked, boss):
    type(made.finnish).objects.filter(pk=made.finnish.pk).update(stage=Stage.DORMANT)

    follow_strategies(now=days_ahead(200))

    assert not items("reminder", company_id=made.finnish.public_id)
    assert [item.user.public_id for item in items("away")] == [made.ana.id]


def test_lead_goes_on_without_the_firm(made, asked):
    rests(made.finnish)

    remove_member(strategy=asked, company=made.finnish, by=made.ana)

    assert not items("away", done_at=None)


def test_firm_that_is_away_is_not_asked_and_one_that_is_back_is(made, asked):
    rests(made.finnish)
    ask_for_signatures(strategy=asked, by=made.ana)
    assert not items("to_sign", company_id=made.finnish.public_id, done_at=None)

    rests(made.finnish, Stage.SCREENING)
    ask_for_signatures(strategy=asked, by=made.ana)

    assert not items("away", done_at=None)
    waiting = items("to_sign", company_id=made.finnish.public_id, done_at=None)
    assert {item.user.public_id for item in waiting} == {made.johanna.id, made.aino.id}
    shown = words_hash(asked)
    sign_strategy(strategy=asked, company=made.finnish, signer="Aino", shown_hash=shown, by=made.aino)


def test_signature_of_a_firm_that_leaves_afterwards_stays(made, asked):
    sign_all(made, asked)

    rests(made.finnish)

    assert not items("away")
    assert move_strategy(strategy=asked, by=made.ana).agreed_at


def test_what_waits_for_the_lead_waits_for_the_heir(made):
    draft = strategy(made)
    add_activity(strategy=draft, what="Show it at a fair", due_date=timezone.localdate(), by=made.ana)
    sign_all(made, draft)
    move_strategy(strategy=draft, by=made.ana)
    late = strategy(made, title="Oak in winter")
    ask_for_signatures(strategy=late, by=made.ana)
    for days in (60, 120, 180):
        follow_strategies(now=days_ahead(days))
    third = strategy(made, title="Oak in spring")
    ask_for_signatures(strategy=third, by=made.ana)
    rests(made.finnish)
    heir = factories.broker("Heta Ilo", organisation=made.polish.host).membership.user

    release(
        user=made.brokers[0],
        organisation=made.polish.host,
        successor=heir,
        by=factories.BENCH,
        now=timezone.now(),
    )

    assert StrategyActivity.objects.filter(reminded_at__isnull=False).exists()
    for notice in ("activity_due", "unanswered", "away"):
        assert {item.user for item in items(notice, done_at=None)} == {heir}, notice
