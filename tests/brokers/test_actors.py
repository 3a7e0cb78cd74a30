import pytest

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
