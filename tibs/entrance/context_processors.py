"""What every page knows about the session of its reader."""

import time

from django.http import HttpRequest

from tibs.accounts.middleware import person_in
from tibs.entrance.services.sessions import Clock, clock_of


def session_clock(request: HttpRequest) -> dict[str, Clock | None]:
    """`session_clock`: how long the reader stays signed in, for the warning; None for visitors."""
    person = person_in(request) if hasattr(request, "user") else None
    return {"session_clock": clock_of(request.session, person, time.time()) if person else None}
