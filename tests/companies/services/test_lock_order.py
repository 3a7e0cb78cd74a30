"""Seats before companies, and companies by their keys: whoever leaves locks in the same order."""

import pytest
from django.db import transaction

from brokers.services.leaving import hold_seats
from companies.choices import Stage
from companies.services.bulk import hand_over_many, move_many, undo
from companies.services.erasure import erase_company
from companies.services.ownership import claim_company, hand_over
from matching.choices import IntroductionStatus
from matching.models import Cooperation
from matching.services.cooperations import open_cooperation
from tests import cooperating, factories, introducing
from tests.locking import watched

pytestmark = pytest.mark.django_db


@pytest.fixture
def host(db):
    return factories.host("PL")


@pytest.fixture
def ana(host):
    return factories.broker("Ana Duda", organisation=host).membership.user


@pytest.fixture
def heir(host):
    return factories.broker("Basia Lis", organisation=host).membership.user


def test_of_a_company_that_is_handed_over(host, ana, heir):
    company = factories.company("Stolarnia", host=host, owner=ana)

    with watched() as watch:
        hand_over(company=company, to=heir, by=factories.BENCH)

    assert watch.wrong == []
    assert watch.number >= 2


def test_of_companies_that_are_handed_over_in_bulk_and_back(host, ana, heir):
    companies = [factories.company(f"Stolarnia {n}", host=host, owner=ana) for n in range(3)]
    by = factories.actor(ana)

    with watched() as watch:
        change = hand_over_many(companies=companies[::-1], to=heir, by=by)
        undone = undo(change=change, by=by)

    assert watch.wrong == []
    assert len(undone.restored) == 3


@pytest.fixture
def crossing(ana):
    """Two firms of Ana that talk to the same Finnish firm; the later introduction is that of the earlier firm."""
    (first, oak), (second, pine) = (introducing.side("PL", name, broker=ana) for name in ("Dąb", "Sosna"))
    _finnish, seeks = introducing.side("FI", "Kymen Saha Oy")
    for offers in (pine, oak):
        made = introducing.introduction(offers, seeks, status=IntroductionStatus.INTRODUCED)
        open_cooperation(made, factories.BENCH)
    return [first, second]


def test_of_what_companies_changed_in_bulk_have_with_others(crossing, ana, heir):
    by = factories.actor(ana)

    with watched() as watch:
        undo(change=hand_over_many(companies=crossing, to=heir, by=by), by=by)
        undo(change=move_many(companies=crossing, to=Stage.DORMANT, reason="Busy.", by=by), by=by)

    assert watch.wrong == []
    assert {talks.introduction.sender_broker for talks in Cooperation.objects.all()} == {ana}


def test_control_company_by_company_it_is_locked_the_wrong_way_round(crossing, ana, heir, monkeypatch):
    monkeypatch.setattr("tibs.wiring.HOLD_BETWEEN", lambda companies: None)

    with watched() as watch:
        hand_over_many(companies=crossing, to=heir, by=factories.actor(ana))

    assert watch.wrong


@pytest.mark.parametrize("side", ["polish", "finnish"])
def test_of_a_company_that_is_erased_while_it_talks_to_another(db, side):
    company = getattr(cooperating.pair(), side)

    with watched() as watch:
        erase_company(company=company, by=factories.BENCH, reason="asked")

    assert watch.wrong == []
    company.refresh_from_db()
    assert company.erased_at


def test_of_a_lead_that_is_claimed(host, ana):
    company = factories.company("Stolarnia", host=host, owner=None, stage=Stage.LEAD)

    with watched() as watch:
        claim_company(company=company, by=factories.actor(ana))

    assert watch.wrong == []
    assert watch.number >= 2


def test_control_a_watch_sees_what_is_locked_the_wrong_way_round(host, ana, heir, monkeypatch):
    monkeypatch.setattr("companies.services.ownership.hold_seats", lambda people: True)
    company = factories.company("Stolarnia", host=host, owner=ana)

    with watched() as watch:
        hand_over(company=company, to=heir, by=factories.BENCH)

    assert len(watch.wrong) == 1


def test_nobody_is_held_where_nobody_is_named(ana):
    with watched() as watch, transaction.atomic():
        assert hold_seats([])

    assert watch.number == 0
