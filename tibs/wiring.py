"""Every upward effect in one place: what happens elsewhere when something happened here.

A rule runs in the transaction of the event, and an error of it rolls both back. A nudge is a Celery task that is
told the primary key of the subject after the commit. Periodic tasks find again what a lost message left behind.
"""

from typing import Any

from tibs.events import tasks as events
from tibs.events.dispatch import Rule
from tibs.events.vocabulary import Event

RULES: dict[Event, list[Rule]] = {}

NUDGES: dict[Event, list[Any]] = {}

# Task and seconds between two runs.
PERIODIC: list[tuple[Any, float]] = [
    (events.sweep_outbox, 15),
    (events.seal_audit, 60),
]
