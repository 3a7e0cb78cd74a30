"""Who asks."""

import time
from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import SessionAuthentication
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request

from tibs.accounts.middleware import actor_in
from tibs.accounts.models import User
from tibs.entrance.second_factor import lacks_second_factor
from tibs.entrance.services.sessions import is_over


class Session(SessionAuthentication):
    """The session of the website, on the same terms. Unlike its parent it makes a missing one 401, not 403."""

    def authenticate(self, request: Request) -> tuple[User, None] | None:
        found: tuple[User, None] | None = super().authenticate(request)
        if found is None or is_over(request.session, found[0], time.time()):
            return None
        if lacks_second_factor(found[0], actor_in(request)):
            raise PermissionDenied
        return found

    def authenticate_header(self, request: Request) -> str:
        return "Session"


class SessionScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """How the description of the API names the session."""

    target_class = Session
    name = "session"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {"type": "apiKey", "in": "cookie", "name": "tibs_session"}
