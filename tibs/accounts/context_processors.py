"""What every template knows about the reader."""

from django.http import HttpRequest

from tibs.accounts.actor import Actor
from tibs.accounts.middleware import actor_in


def actor(request: HttpRequest) -> dict[str, Actor]:
    """`actor`: who reads this page; pages rendered before the actor is known leave it out."""
    return {"actor": actor_in(request)} if hasattr(request, "actor") else {}
