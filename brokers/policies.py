"""Who may do what in host organisations."""

from brokers.models import HostOrganisation, Membership
from tibs.accounts.actor import Actor
from tibs.accounts.roles import RoleCode


def can_manage_members(actor: Actor, organisation: HostOrganisation) -> bool:
    """Administrators everywhere; coordinators in the organisation that they coordinate.

    A coordinator of one organisation may be a plain broker of another, which the actor alone does not tell.
    """
    if actor.is_system or RoleCode.ADMINISTRATOR in actor.roles:
        return True
    if RoleCode.COORDINATOR not in actor.roles or organisation.pk not in actor.organisations:
        return False
    return (
        Membership.objects.in_force()
        .filter(user__public_id=actor.id, organisation=organisation, role=RoleCode.COORDINATOR)
        .exists()
    )
