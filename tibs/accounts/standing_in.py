"""Whose work falls to whom while somebody is away."""

from django.db.models import Q

from tibs.accounts.actor import Actor


def falls_to(actor: Actor, path: str) -> Q:
    """Condition on rows that have a person under `path`: the actor, or somebody for whom they stand in."""
    return Q(**{f"{path}__public_id": actor.id}) | Q(**{f"{path}__in": actor.stands_in_for})
