"""Sessions: how they begin, how long they last, and how they are ended."""

import time
from dataclasses import dataclass
from datetime import UTC, datetime

from allauth.account.internal.flows.login import get_authentication_records
from allauth.usersessions.models import UserSession
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.models import Session
from django.http import HttpRequest

from tibs import figures
from tibs.accounts.actor import Actor
from tibs.accounts.models import User
from tibs.entrance import events
from tibs.entrance.browsers import browser_name
from tibs.events.recording import record

BEGAN, SEEN = "tibs_began", "tibs_seen"
# Noted once a minute, not with every request.
NOTED_EVERY = 60


@dataclass(frozen=True)
class Clock:
    """How a session ends, in seconds: after `idle` without a request (None where rest does not end it), after `rest`
    whatever happens; its owner is warned `warn` before."""

    idle: int | None
    rest: int
    warn: int = int(figures.SESSION_WARNING.total_seconds())


@dataclass(frozen=True)
class OpenSession:
    """Where somebody is signed in, as the person recognises it."""

    key: int
    browser: str
    address: str
    began_at: datetime
    seen_at: datetime
    is_current: bool


def begin(request: HttpRequest) -> None:
    """Note when the person signed in; everything that ends by time counts from here."""
    request.session[BEGAN] = request.session[SEEN] = time.time()


def is_over(session: SessionBase, user: User, now: float) -> bool:
    """Whether the session is too old, or was idle for too long.

    Being idle ends the sessions of those who have a password or a second step: people with a role. Those of firms
    have neither.
    """
    began = _began(session, user)
    if now - began > figures.SESSION_LIFE.total_seconds():
        return True
    return not _may_idle(user) and now - session.get(SEEN, began) > figures.IDLE_LIFE.total_seconds()


def note_activity(session: SessionBase, user: User, now: float) -> None:
    """Remember that the person is there."""
    if now - session.get(SEEN, _began(session, user)) > NOTED_EVERY:
        session[SEEN] = now


def clock_of(session: SessionBase, user: User, now: float) -> Clock:
    """How long the session lasts from a request that came now; activity is noted once a minute, so it counts less."""
    rest = int(_began(session, user) + figures.SESSION_LIFE.total_seconds() - now)
    return Clock(None if _may_idle(user) else int(figures.IDLE_LIFE.total_seconds()) - NOTED_EVERY, rest)


def _may_idle(user: User) -> bool:
    return not user.second_factor_at and not user.has_usable_password()


def is_recent(request: HttpRequest, user: User) -> bool:
    """Whether the person proved who they are a few minutes ago: by signing in, or by being asked again."""
    proofs = [_began(request.session, user)]
    proofs += [
        float(proof["at"])
        for proof in get_authentication_records(request, user)
        if proof.get("reauthenticated")
    ]
    return time.time() - max(proofs) <= figures.RECENT_PROOF.total_seconds()


def _began(session: SessionBase, user: User) -> float:
    """A session that was not begun by us began with the last login that Django knows, at the latest."""
    return float(session.get(BEGAN) or (user.last_login.timestamp() if user.last_login else 0))


def open_sessions(user: User, current: str | None) -> list[OpenSession]:
    """Where the person is signed in, the newest first; `current` is the key of the session that asks."""
    kept = {session.session_key: session for session in UserSession.objects.filter(user=user)}
    alive = Session.objects.filter(session_key__in=kept, expire_date__gt=datetime.now(UTC))
    found = []
    for session in alive:
        held, known = session.get_decoded(), kept[session.session_key]
        if not is_over(held, user, time.time()):  # type: ignore[arg-type]  # reads like a session
            found.append(
                OpenSession(
                    key=known.pk,
                    browser=browser_name(known.user_agent),
                    address=str(known.ip),
                    began_at=known.created_at,
                    seen_at=datetime.fromtimestamp(held.get(SEEN, known.created_at.timestamp()), UTC),
                    is_current=session.session_key == current,
                )
            )
    return sorted(found, key=lambda session: session.began_at, reverse=True)


def end_session(*, user: User, key: int, by: Actor) -> None:
    """End one session of the person; one that is gone already is no error."""
    for session in UserSession.objects.filter(user=user, pk=key):
        session.end()
        record(events.SESSIONS_ENDED, about=user, by=by, facts={"count": 1})


def end_sessions(*, user: User, by: Actor, keep: str | None = None) -> int:
    """End every session of the person but the one with the key `keep`; the count of them."""
    sessions = UserSession.objects.filter(user=user).exclude(session_key=keep)
    keys = list(sessions.values_list("session_key", flat=True))
    Session.objects.filter(session_key__in=keys).delete()
    sessions.delete()
    if keys:
        record(events.SESSIONS_ENDED, about=user, by=by, facts={"count": len(keys)})
    return len(keys)
