"""Who reads reports, and who reads their small figures."""

from tibs.accounts.actor import Actor
from tibs.accounts.permissions import Permission
from tibs.accounts.roles import RoleCode


def can_read_reports(actor: Actor) -> bool:
    """Project staff, analysts and administrators; brokers have the figures of their own work."""
    return actor.may(Permission.READ_REPORTS)


def can_repeat_work(actor: Actor) -> bool:
    """Project staff and administrators see what failed too often, and let it be tried again."""
    return actor.may_everywhere(Permission.REPEAT_WORK)


def can_read_small_figures(actor: Actor) -> bool:
    """Project staff and administrators answer for the network and see every figure; analysts do not see 1 to 4."""
    return actor.is_system or bool({RoleCode.STAFF, RoleCode.ADMINISTRATOR} & actor.roles)
