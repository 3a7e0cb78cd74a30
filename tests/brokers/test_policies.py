import pytest

from brokers.policies import can_manage_members
from tests import factories
from tibs.accounts.actor import VISITOR
from tibs.accounts.roles import RoleCode

pytestmark = pytest.mark.django_db

MAY_MANAGE = {
    # role: (in the own organisation, elsewhere)
    RoleCode.BROKER: (False, False),
    RoleCode.COORDINATOR: (True, False),
    RoleCode.STAFF: (False, False),
    RoleCode.ANALYST: (False, False),
    RoleCode.ADMINISTRATOR: (True, True),
}


@pytest.mark.parametrize("role", MAY_MANAGE)
def test_who_manages_members(role):
    own, other = factories.host("PL"), factories.host("FI")
    on_the_platform = role in {RoleCode.STAFF, RoleCode.ANALYST, RoleCode.ADMINISTRATOR}
    actor = factories.actor(factories.person(role=role, organisation=None if on_the_platform else own))

    assert (can_manage_members(actor, own), can_manage_members(actor, other)) == MAY_MANAGE[role]


def test_visitor_manages_nothing():
    assert not can_manage_members(VISITOR, factories.host("PL"))


def test_coordinator_of_one_organisation_is_a_plain_broker_in_another():
    pfrr, kinno = factories.host("PL"), factories.host("FI")
    user = factories.person(role=RoleCode.COORDINATOR, organisation=pfrr)
    factories.member(user, kinno, RoleCode.BROKER)

    assert can_manage_members(factories.actor(user), pfrr)
    assert not can_manage_members(factories.actor(user), kinno)
