"""Role by role: what may be done with an own company, and with somebody else's."""

import pytest

from companies.policies import (
    can_change_company,
    can_decide_for_company,
    can_import_companies,
    can_publish_profile,
    require,
)
from tests import factories
from tibs.accounts.actor import VISITOR, system
from tibs.accounts.roles import PLATFORM_ROLES, RoleCode
from tibs.core.errors import NotAllowedError

pytestmark = pytest.mark.django_db
POLICIES = (can_change_company, can_publish_profile, can_decide_for_company)
NO = (False, False, False)
YES = (True, True, True)
MAY = {
    # who: (change, publish, decide) for a company of the own organisation, and for another one
    RoleCode.BROKER: (YES, NO),
    RoleCode.COORDINATOR: (YES, NO),
    RoleCode.STAFF: (NO, NO),
    RoleCode.ANALYST: (NO, NO),
    RoleCode.ADMINISTRATOR: (NO, NO),
    "contact": ((False, False, True), NO),
    "visitor": (NO, NO),
    "platform": (YES, YES),
}


def actor_for(who, company):
    if who == "visitor":
        return VISITOR
    if who == "platform":
        return system("tests")
    if who == "contact":
        person = factories.person("Ewa Lis")
        factories.contact(company, user=person)
        return factories.actor(person)
    organisation = None if who in PLATFORM_ROLES else company.host
    return factories.actor(factories.person(role=who, organisation=organisation))


@pytest.mark.parametrize("who", MAY)
def test_who_may_do_what(who, polish_company, finnish_company):
    actor = actor_for(who, polish_company)

    answers = tuple(
        tuple(policy(actor, company) for policy in POLICIES) for company in (polish_company, finnish_company)
    )

    assert answers == MAY[who]


@pytest.mark.parametrize("who", MAY)
def test_only_the_platform_imports(who, polish_company):
    assert can_import_companies(actor_for(who, polish_company)) is (who == "platform")


def test_refusal_is_an_error_and_consent_is_silence():
    require(True)
    with pytest.raises(NotAllowedError):
        require(False)
