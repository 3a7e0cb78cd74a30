"""The one answer to "who is doing this", given to every service, policy and `visible_to`."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, Protocol

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.utils.module_loading import import_string

from tibs.accounts.permissions import Permission
from tibs.accounts.roles import ROLES, RoleCode

if TYPE_CHECKING:
    from tibs.accounts.models import User


class Kind(StrEnum):
    VISITOR = "visitor"
    PERSON = "person"
    SYSTEM = "system"
    SITE = "site"


@dataclass(frozen=True)
class Actor:
    """Somebody or something that acts: a visitor, a signed-in person, a partner site, or the platform itself.

    `id` is a public id (or the name of the part of the system), `organisations`, `countries` and `companies`
    hold database keys and country codes of what the actor belongs to, `coordinates` and `coordinated_countries`
    those of the organisations where the actor is coordinator and not a broker only. `stands_in_for` holds the
    database keys of people who are away and whose work falls to the actor meanwhile, `scopes` what the key of a
    partner site is good for.
    """

    kind: Kind
    id: str = ""
    roles: frozenset[RoleCode] = frozenset()
    organisations: frozenset[int] = frozenset()
    coordinates: frozenset[int] = frozenset()
    countries: frozenset[str] = frozenset()
    coordinated_countries: frozenset[str] = frozenset()
    companies: frozenset[int] = frozenset()
    stands_in_for: frozenset[int] = frozenset()
    scopes: frozenset[str] = frozenset()
    language: str = "en"
    name: str = field(default="", compare=False)

    @property
    def is_person(self) -> bool:
        return self.kind is Kind.PERSON

    @property
    def is_system(self) -> bool:
        return self.kind is Kind.SYSTEM

    @property
    def sees_whole_network(self) -> bool:
        """True for project staff, analysts, administrators and the platform itself."""
        return self.is_system or any(ROLES[role].network_wide for role in self.roles)

    def may(self, permission: Permission) -> bool:
        """Whether one of the actor's roles holds `permission`; a policy still asks about the single thing."""
        return self.is_system or any(permission in ROLES[role].permissions for role in self.roles)

    def may_everywhere(self, permission: Permission) -> bool:
        """Whether a role that counts in the whole network holds `permission`; several roles do not lend it."""
        return self.is_system or any(
            ROLES[role].network_wide and permission in ROLES[role].permissions for role in self.roles
        )

    def with_roles(self, roles: Iterable[RoleCode]) -> "Actor":
        return replace(self, roles=self.roles | set(roles))


class ActorSource(Protocol):
    def __call__(self, actor: Actor, user: "User") -> Actor: ...


VISITOR = Actor(kind=Kind.VISITOR)


def system(part: str) -> Actor:
    """The platform itself, acting in the named part (`matching.run`, `demo`)."""
    return Actor(kind=Kind.SYSTEM, id=part, name=part)


def actor_of(user: "User | AnonymousUser") -> Actor:
    """Build the actor of a signed-in person from every source named in settings; a visitor otherwise."""
    if isinstance(user, AnonymousUser) or not user.is_active:
        return VISITOR
    actor = Actor(kind=Kind.PERSON, id=user.public_id, language=user.language, name=user.name)
    if user.platform_role:
        actor = actor.with_roles([RoleCode(user.platform_role)])
    for source in _sources():
        actor = source(actor, user)
    return actor


@cache
def _sources() -> tuple[ActorSource, ...]:
    return tuple(import_string(path) for path in settings.ACTOR_SOURCES)
