from datetime import timedelta

import pytest
from django.utils import timezone

from brokers.models import Broker
from companies.models import Company
from tests import factories
from tibs.accounts.roles import RoleCode

pytestmark = pytest.mark.django_db


def test_membership_gives_role_organisation_and_country():
    pfrr = factories.host("PL")
    actor = factories.actor(factories.person(organisation=pfrr))

    assert (actor.roles, actor.organisations, actor.countries) == ({RoleCode.BROKER}, {pfrr.pk}, {"PL"})


def test_memberships_add_up():
    pfrr, kinno = factories.host("PL"), factories.host("FI")
    user = factories.person(role=RoleCode.COORDINATOR, organisation=pfrr)
    factories.member(user, kinno)

    actor = factories.actor(user)

    assert actor.roles == {RoleCode.COORDINATOR, RoleCode.BROKER}
    assert actor.organisations == {pfrr.pk, kinno.pk}
    assert actor.coordinates == {pfrr.pk}
    assert actor.countries == {"PL", "FI"}


def test_inactive_organisation_gives_nothing():
    pfrr = factories.host("PL")
    user = factories.person(organisation=pfrr)
    pfrr.active = False
    pfrr.save()

    actor = factories.actor(user)

    assert (actor.roles, actor.organisations, actor.countries) == (frozenset(),) * 3


def test_inactive_person_is_a_visitor():
    user = factories.person(organisation=factories.host("PL"))
    user.is_active = False
    user.save()

    assert not factories.actor(user).is_person
    assert not factories.actor(user).roles


def test_membership_that_ended_gives_nothing():
    pfrr = factories.host("PL")
    user = factories.person(organisation=pfrr)
    user.memberships.update(ended_at=timezone.now())

    actor = factories.actor(user)

    assert (actor.roles, actor.organisations, actor.countries) == (frozenset(),) * 3


def away(broker, *, deputy, days):
    today = timezone.localdate()
    Broker.objects.filter(pk=broker.pk).update(
        deputy=deputy, absent_from=today - timedelta(days=2), absent_until=today + timedelta(days=days)
    )


@pytest.mark.parametrize(("days", "stands_in"), [(0, True), (-1, False)])
def test_deputy_has_the_work_of_a_broker_as_long_as_that_one_is_away(days, stands_in):
    pfrr = factories.host("PL")
    ana, jan = (factories.broker(name, organisation=pfrr) for name in ("Ana Nowak", "Jan Kos"))
    company = factories.company(host=pfrr, owner=ana.membership.user)

    away(ana, deputy=jan, days=days)

    assert (company in Company.objects.in_care_of(factories.actor(jan))) is stands_in
    assert company in Company.objects.in_care_of(factories.actor(ana))


def test_deputy_who_left_stands_in_for_nobody():
    pfrr = factories.host("PL")
    ana, jan = (factories.broker(name, organisation=pfrr) for name in ("Ana Nowak", "Jan Kos"))
    away(ana, deputy=jan, days=3)

    jan.membership.ended_at = timezone.now()
    jan.membership.save()

    assert not factories.actor(jan).stands_in_for
