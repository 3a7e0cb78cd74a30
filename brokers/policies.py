"""Who may do what in host organisations."""

from brokers.models import HostOrganisation
from tibs.accounts.actor import Actor
from tibs.accounts.roles import RoleCode


def can_manage_members(actor: Actor, organisation: HostOrganisation) -> bool:
    """Administrators everywhere; coordinators in their own organisation."""
    if actor.is_system or RoleCode.ADMINISTRATOR in actor.roles:
        return True
    return RoleCode.COORDINATOR in actor.roles and organisation.pk in actor.organisations
