"""Reads the one page of wiring: which rules and nudges belong to an event."""

from collections.abc import Callable, Iterable
from functools import cache
from importlib import import_module
from types import ModuleType
from typing import Any

from django.conf import settings
from kombu.exceptions import OperationalError

from tibs.accounts.actor import Actor
from tibs.events.vocabulary import Event

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


def deliver_soon(outbox_ids: Iterable[int]) -> None:
    """Ask a worker to deliver now. If the queue is away, the sweep delivers later: nothing is lost."""
    from tibs.events.tasks import deliver

    for pk in outbox_ids:
        try:
            deliver.delay(outbox_id=pk)
        except (OperationalError, OSError):
            return
