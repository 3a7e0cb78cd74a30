"""What memberships add to an actor."""

from dataclasses import replace

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.utils import timezone

from brokers.models import Membership
from tibs.accounts.actor import Actor
from tibs.accounts.models import User
from tibs.accounts.roles import RoleCode


def memberships(actor: Actor, user: User) -> Actor:
    """Add the roles, organisations and countries of the person's memberships that are in force, and the people who
    are away today and whose deputy the person is; one query."""
    today = timezone.localdate()
    away = Membership.objects.in_force().filter(
        broker__absent_from__lte=today,
        broker__absent_until__gte=today,
        broker__deputy__membership=OuterRef("pk"),
    )
    rows = list(
        Membership.objects.in_force()
        .filter(user=user)
        .annotate(stands_in_for=ArraySubquery(away.values("user_id")))
        .values_list("role", "organisation_id", "organisation__country_id", "stands_in_for")
    )
    return replace(
        actor,
        roles=actor.roles | {RoleCode(role) for role, *_rest in rows},
        organisations=actor.organisations | {organisation for _role, organisation, *_rest in rows},
        coordinates=actor.coordinates
        | {organisation for role, organisation, *_rest in rows if role == RoleCode.COORDINATOR},
        coordinated_countries=actor.coordinated_countries
        | {country for role, _organisation, country, _away in rows if role == RoleCode.COORDINATOR},
        countries=actor.countries | {country for _role, _organisation, country, _away in rows},
        stands_in_for=actor.stands_in_for | {person for *_rest, people in rows for person in people},
    )
