"""Answers that no app owns: health, a form that was sent from an old page, and faults of ours."""

import sys

from celery import current_app
from django.contrib.auth.decorators import login_not_required
from django.contrib.sessions.exceptions import SessionInterrupted
from django.core.cache import cache
from django.db import Error as DatabaseError
from django.db import InterfaceError, OperationalError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views import defaults
from kombu.exceptions import KombuError
from redis.exceptions import RedisError

from tibs.core import heartbeat
from tibs.core.middleware import LOST_DATABASE


@login_not_required
def live(request: HttpRequest) -> HttpResponse:
    """The process answers; nothing else is asked."""
    return JsonResponse({"status": "ok"})


@login_not_required
def ready(request: HttpRequest) -> HttpResponse:
    """200 when the database answers and has every migration; without Redis, beat or workers it is degraded."""
    parts = {"database": _database(), "queue": _queue(), "workers": _workers()}
    is_ready = parts["database"] == "ok"
    status = "ok" if all(part == "ok" for part in parts.values()) else "degraded" if is_ready else "down"
    return JsonResponse({"status": status, **parts}, status=200 if is_ready else 503)


@login_not_required
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form came from a page that is too old or from elsewhere: say so kindly."""
    return render(request, "403.html", {"is_old_form": True}, status=403)


def server_error(request: HttpRequest) -> HttpResponse:
    """503 when PostgreSQL or Redis is away, 500 for any other fault; neither page asks them for anything."""
    return _our_fault(sys.exception())


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400, but 503 where the session could not be saved because PostgreSQL is away: Django says of both that the
    session was deleted meanwhile, and nobody is told so whose request was right."""
    cause: BaseException | None = exception if isinstance(exception, SessionInterrupted) else None
    while cause and not _is_away(cause):
        cause = cause.__context__
    return _our_fault(cause) if cause else defaults.bad_request(request, exception)


def _is_away(error: BaseException | None) -> bool:
    """Whether PostgreSQL or Redis is away; psycopg2 calls a connection that was cut in mid-answer a plain
    DatabaseError."""
    is_cut = isinstance(error, DatabaseError) and _is_lost(error)
    return is_cut or isinstance(error, OperationalError | InterfaceError | RedisError)


def _our_fault(error: BaseException | None) -> HttpResponse:
    if _is_away(error):
        answer = HttpResponse(render_to_string("503.html"), status=503, headers={"Retry-After": "60"})
        setattr(answer, LOST_DATABASE, error is not None and _is_lost(error))
        return answer
    return HttpResponse(render_to_string("500.html"), status=500)


def _is_lost(error: BaseException) -> bool:
    """Whether the connection to PostgreSQL ended, not merely a statement that took too long."""
    return not isinstance(error, RedisError) and (connection.connection is None or not connection.is_usable())


def _database() -> str:
    try:
        executor = MigrationExecutor(connection)
        pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return "unreachable"
    return "migrations pending" if pending else "ok"


def _queue() -> str:
    try:
        cache.get("ready")
        with current_app.connection_for_write() as broker:
            broker.ensure_connection(max_retries=1, interval_start=0)
    except (RedisError, KombuError, OSError):
        return "unreachable"
    return "ok"


def _workers() -> str:
    try:
        seconds = heartbeat.age()
    except (RedisError, OSError):
        return "unknown"
    if seconds is None:
        return "silent"
    return "ok" if seconds < heartbeat.LATE else f"silent for {seconds:.0f} s"
