"""What memberships add to an actor."""

from dataclasses import replace

from brokers.models import Membership
from tibs.accounts.actor import Actor
from tibs.accounts.models import User
from tibs.accounts.roles import RoleCode


def memberships(actor: Actor, user: User) -> Actor:
    """Add the roles, organisations and countries of the person's memberships of active organisations."""
    rows = list(
        Membership.objects.filter(user=user, organisation__active=True).values_list(
            "role", "organisation_id", "organisation__country_id"
        )
    )
    return replace(
        actor,
        roles=actor.roles | {RoleCode(role) for role, _organisation, _country in rows},
        organisations=actor.organisations | {organisation for _role, organisation, _country in rows},
        countries=actor.countries | {country for _role, _organisation, country in rows},
    )
