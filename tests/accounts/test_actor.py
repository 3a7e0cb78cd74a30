"""Who acts, and what the roles allow."""

import pytest
from django.contrib.auth.models import AnonymousUser

from tibs.accounts import actor as actors
from tibs.accounts.actor import VISITOR, Actor, Kind, actor_of, system
from tibs.accounts.models import User
from tibs.accounts.permissions import Permission
from tibs.accounts.roles import PLATFORM_ROLES, ROLES, RoleCode

# Who may do what: read it with a lawyer.
BROKERING = {
    "companies.read",
    "companies.change",
    "profiles.publish",
    "matches.read",
    "partners.search",
    "network.read",
}
EVERYWHERE = {"companies.read", "reports.read", "network.read", "registrations.release", "work.repeat"}
TABLE = {
    RoleCode.BROKER: BROKERING,
    RoleCode.COORDINATOR: BROKERING | {"teams.manage", "registrations.release"},
    RoleCode.STAFF: EVERYWHERE,
    RoleCode.ANALYST: {"reports.read"},
    RoleCode.ADMINISTRATOR: EVERYWHERE
    | {"matching.run", "teams.manage", "platform.administer", "companies.merge"},
}
NETWORK_WIDE = {RoleCode.STAFF, RoleCode.ANALYST, RoleCode.ADMINISTRATOR}


@pytest.fixture
def no_sources(settings):
    settings.ACTOR_SOURCES = []
    actors._sources.cache_clear()
    yield
    actors._sources.cache_clear()


@pytest.mark.parametrize("role", RoleCode)
def test_role_may_do_what_the_table_says_and_nothing_else(role):
    someone = Actor(kind=Kind.PERSON, roles=frozenset({role}))

    assert {permission for permission in Permission if someone.may(permission)} == TABLE[role]
    assert someone.sees_whole_network == (role in NETWORK_WIDE)


@pytest.mark.parametrize("permission", Permission)
def test_visitor_may_do_nothing(permission):
    assert not VISITOR.may(permission)


@pytest.mark.parametrize("permission", Permission)
def test_platform_itself_may_do_everything(permission):
    assert system("demo").may(permission)


def test_every_permission_belongs_to_a_role():
    assert {permission for role in ROLES.values() for permission in role.permissions} == set(Permission)


def test_roles_add_up():
    someone = Actor(kind=Kind.PERSON).with_roles([RoleCode.BROKER]).with_roles([RoleCode.ANALYST])

    assert someone.may(Permission.CHANGE_COMPANIES)
    assert someone.may(Permission.READ_REPORTS)


def test_actor_cannot_be_changed():
    with pytest.raises(AttributeError):
        VISITOR.roles = frozenset(RoleCode)


def test_nobody_signed_in_is_a_visitor():
    assert actor_of(AnonymousUser()) is VISITOR


def test_person_whose_account_is_closed_is_a_visitor():
    assert actor_of(User(email="ana@example.org", is_active=False)) is VISITOR


def test_person_without_a_role_may_do_nothing(no_sources):
    someone = actor_of(User(email="ana@example.org", language="pl"))

    assert someone.is_person
    assert someone.language == "pl"
    assert not any(map(someone.may, Permission))


@pytest.mark.parametrize("role", PLATFORM_ROLES)
def test_person_has_the_role_on_the_platform(no_sources, role):
    assert actor_of(User(email="ana@example.org", platform_role=role)).roles == {role}


def add_organisation(actor, user):
    return Actor(kind=actor.kind, id=actor.id, roles=actor.roles, organisations=frozenset({7}))


def add_broker(actor, user):
    return actor.with_roles([RoleCode.BROKER])


def test_every_source_adds_what_it_knows(no_sources, settings):
    settings.ACTOR_SOURCES = [f"{__name__}.add_organisation", f"{__name__}.add_broker"]

    someone = actor_of(User(email="ana@example.org"))

    assert someone.organisations == {7}
    assert someone.roles == {RoleCode.BROKER}
