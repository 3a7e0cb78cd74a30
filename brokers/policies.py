"""Who may do what in host organisations."""

from django.utils.translation import gettext_lazy as _

from brokers.models import Broker, HostOrganisation, Membership
from tibs.accounts.actor import Actor
from tibs.accounts.models import User
from tibs.accounts.permissions import Permission
from tibs.core.errors import NotAllowedError


def can_open_teams(actor: Actor) -> bool:
    """Coordinators and administrators have pages about teams; which ones, `can_manage_members` says."""
    return actor.may(Permission.MANAGE_TEAMS)


def can_administer(actor: Actor) -> bool:
    """Administrators: people with a role in the whole network, partner sites, every organisation."""
    return actor.may_everywhere(Permission.ADMINISTER)


def can_manage_members(actor: Actor, organisation: HostOrganisation) -> bool:
    """Administrators everywhere; coordinators in the organisation that they coordinate, not where they only work."""
    return can_administer(actor) or organisation.pk in actor.coordinates


def can_invite(actor: Actor, organisation: HostOrganisation | None) -> bool:
    """Coordinators their own colleagues; administrators these, project staff, analysts and administrators."""
    return can_manage_members(actor, organisation) if organisation else can_administer(actor)


def can_recover_access(actor: Actor, user: User) -> bool:
    """Administrators help everybody but themselves; coordinators those who work for the organisation they coordinate.

    Nobody but an administrator helps somebody whose role counts in the whole network.
    """
    if actor.id == user.public_id:
        return False
    if can_administer(actor):
        return True
    if user.platform_role or not actor.coordinates:
        return False
    return Membership.objects.in_force().filter(user=user, organisation__in=actor.coordinates).exists()


def can_change_broker(actor: Actor, broker: Broker) -> bool:
    """Brokers their own profile, and whoever manages their organisation; nobody that of somebody who left."""
    if broker.membership.ended_at:
        return False
    return broker.membership.user.public_id == actor.id or can_manage_members(
        actor, broker.membership.organisation
    )


def can_read_network(actor: Actor) -> bool:
    """People who work for the network see all its brokers; analysts and firms do not."""
    return actor.may(Permission.READ_NETWORK)


def can_choose_default(actor: Actor, broker: Broker, present: Broker | None) -> bool:
    """Administrators; coordinators choose one of their own organisation while no other organisation has it."""
    chosen = broker.membership.organisation
    before = present.membership.organisation if present else chosen
    return can_manage_members(actor, chosen) and can_manage_members(actor, before)


def require(allowed: bool) -> None:
    """Raise NotAllowedError unless a policy said yes."""
    if not allowed:
        raise NotAllowedError(_("You may not do this."))
