"""Reads the one page of wiring: which rules and nudges belong to an event."""

from collections.abc import Callable, Iterable
from functools import cache
from importlib import import_module
from types import ModuleType
from typing import Any

import structlog
from django.conf import settings
from kombu.exceptions import KombuError
from redis.exceptions import RedisError

from tibs.accounts.actor import Actor
from tibs.events.models import Letter, Outbox
from tibs.events.vocabulary import Event

logger = structlog.get_logger(__name__)

Rule = Callable[[Any, Actor], None]


@cache
def wiring() -> ModuleType:
    return import_module(settings.EVENT_WIRING)


def rules_of(event: Event) -> list[Rule]:
    """Functions `rule(subject, by)` that belong to the same transaction as the event."""
    return list(wiring().RULES.get(event, ()))


def nudges_of(event: Event) -> list[Any]:
    """Celery tasks that are told the primary key of the subject once the change is committed."""
    return list(wiring().NUDGES.get(event, ()))


def name_of(task: Any) -> str:
    return str(task.name)


def nudge_named(name: str) -> Any:
    """The wired task of that name; KeyError when the wiring no longer has it."""
    return {name_of(task): task for tasks in wiring().NUDGES.values() for task in tasks}[name]


def deliver_soon(owed: Iterable[Outbox]) -> None:
    """Ask workers to deliver now. If the queue is away, the sweep asks again later: nothing is lost."""
    from tibs.events.tasks import deliver

    for row in owed:
        if not is_asked(deliver, {"outbox_id": row.pk}, **_limits_of(row.consumer)):
            return


def send_soon(letters: Iterable[Letter]) -> None:
    """Ask workers to send letters now; what the queue does not take, the sweep asks for again."""
    from tibs.events.tasks import send_letter

    for letter in letters:
        if not is_asked(send_letter, {"letter_id": letter.pk}):
            return


def is_asked(task: Any, arguments: dict[str, Any], **options: Any) -> bool:
    """Ask workers for a task; False when the queue is away, and a sweep must ask again."""
    try:
        task.apply_async(kwargs=arguments, **options)
    except (KombuError, RedisError, OSError) as error:
        logger.warning("queue_away", error=repr(error))
        return False
    return True


def _limits_of(consumer: str) -> dict[str, Any]:
    """The delivery waits in the queue of its consumer and may take as long; one no longer wired fails soon."""
    try:
        task = nudge_named(consumer)
    except KeyError:
        return {}
    return {"queue": task.lane, "time_limit": task.time_limit}
