"""Puts the actor on the request, built once and only when somebody asks."""

from collections.abc import Callable
from typing import cast

from django.conf import settings
from django.db import Error as DatabaseError
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.functional import SimpleLazyObject

from tibs.accounts.actor import Actor, actor_of
from tibs.accounts.models import User

# Where programs say by Accept-Language what they want, so that nothing is asked of the database.
FOR_MACHINES = ("/health/", "/api/")


def actor(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Make `actor_in(request)` answer."""

    def middleware(request: HttpRequest) -> HttpResponse:
        request.actor = SimpleLazyObject(lambda: actor_of(request.user))  # type: ignore[attr-defined]
        return get_response(request)

    return middleware


def own_language(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Show pages in the language that a signed-in person chose, on whatever device it was chosen."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if person := person_in(request):
            translation.activate(person.language)
            request.LANGUAGE_CODE = person.language
        return get_response(request)

    return middleware


def person_in(request: HttpRequest) -> User | None:
    """Who is signed in and asks for a page; None for visitors and programs, of whom the database is not asked."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES or request.path.startswith(FOR_MACHINES):
        return None
    try:
        return request.user if request.user.is_authenticated else None
    except DatabaseError:  # a page that needs no database must answer without it
        return None


def actor_in(request: HttpRequest) -> Actor:
    """Who sent this request."""
    return cast("Actor", request.actor)  # type: ignore[attr-defined]
