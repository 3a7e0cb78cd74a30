"""Who people are in TIBS and what each role may do. Roles are source code: read them, do not look them up."""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tibs.accounts.permissions import Permission


class RoleCode(StrEnum):
    BROKER = "broker"
    COORDINATOR = "coordinator"
    STAFF = "staff"
    ANALYST = "analyst"
    ADMINISTRATOR = "administrator"


@dataclass(frozen=True)
class Role:
    """A role: its name for people, where it counts, and its permissions.

    `network_wide` roles see rows of every organisation; the others see their own.
    """

    name: str | Promise
    permissions: frozenset[Permission]
    network_wide: bool = False


_BROKERING = frozenset(
    {
        Permission.READ_COMPANIES,
        Permission.CHANGE_COMPANIES,
        Permission.PUBLISH_PROFILES,
        Permission.READ_MATCHES,
        Permission.SEARCH_PARTNERS,
        Permission.READ_NETWORK,
    }
)
_WHOLE_NETWORK = frozenset({Permission.READ_COMPANIES, Permission.READ_REPORTS, Permission.READ_NETWORK})

ROLES: dict[RoleCode, Role] = {
    RoleCode.BROKER: Role(_("Innovation broker"), _BROKERING),
    RoleCode.COORDINATOR: Role(
        _("Coordinator"), _BROKERING | {Permission.RELEASE_REGISTRATIONS, Permission.MANAGE_TEAMS}
    ),
    RoleCode.STAFF: Role(
        _("Project staff"),
        _WHOLE_NETWORK | {Permission.RELEASE_REGISTRATIONS, Permission.REPEAT_WORK},
        network_wide=True,
    ),
    RoleCode.ANALYST: Role(_("Analyst"), frozenset({Permission.READ_REPORTS}), network_wide=True),
    RoleCode.ADMINISTRATOR: Role(
        _("Administrator"),
        _WHOLE_NETWORK
        | {
            Permission.RELEASE_REGISTRATIONS,
            Permission.MERGE_COMPANIES,
            Permission.RUN_MATCHING,
            Permission.REPEAT_WORK,
            Permission.MANAGE_TEAMS,
            Permission.ADMINISTER,
        },
        network_wide=True,
    ),
}
# Roles that a person has on the whole platform; the others come with a membership of a host organisation.
PLATFORM_ROLES = (RoleCode.STAFF, RoleCode.ANALYST, RoleCode.ADMINISTRATOR)
