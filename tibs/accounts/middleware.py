"""Puts the actor on the request, built once and only when somebody asks."""

from collections.abc import Callable
from typing import cast

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from tibs.accounts.actor import Actor, actor_of


def actor(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Make `actor_in(request)` answer."""

    def middleware(request: HttpRequest) -> HttpResponse:
        request.actor = SimpleLazyObject(lambda: actor_of(request.user))  # type: ignore[attr-defined]
        return get_response(request)

    return middleware


def actor_in(request: HttpRequest) -> Actor:
    """Who sent this request."""
    return cast("Actor", request.actor)  # type: ignore[attr-defined]
