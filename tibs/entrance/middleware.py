"""Sessions end in time, nobody works without the second step that a role asks for, and no cache keeps a page."""

import time
from collections.abc import Callable
from typing import Any

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django_htmx.http import HttpResponseClientRedirect

from tibs.accounts.middleware import actor_in, person_in
from tibs.entrance.second_factor import lacks_second_factor
from tibs.entrance.services import sessions

# What somebody who must set up the second step may open before.
OPEN_BEFORE = frozenset(
    {"mfa_index", "mfa_activate_totp", "mfa_add_webauthn", "mfa_view_recovery_codes"}
    | {"account_reauthenticate", "account_logout", "set_language", "health_live", "health_ready"}
    | {"privacy", "imprint", "help", "accessibility"}
)


class SignedIn:
    """Middleware for people who are signed in; for everybody else it does nothing and asks nothing."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        person = person_in(request)
        if person is None:
            return self.get_response(request)
        now = time.time()
        if sessions.is_over(request.session, person, now):
            logout(request)
        else:
            sessions.note_activity(request.session, person, now)
        response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "no-store")
        return response

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """Lead to the set-up of the second step whoever needs one and has none."""
        person = person_in(request)
        match = request.resolver_match
        if person is None or (match and match.url_name in OPEN_BEFORE):
            return None
        if not lacks_second_factor(person, actor_in(request)):
            return None
        if getattr(request, "htmx", False):
            return HttpResponseClientRedirect(reverse("mfa_index"))
        return redirect("mfa_index")
