"""Delivering what is owed: at least once, by one worker at a time, parked after three failures."""

import structlog
from django.utils import timezone

from tibs.events import dispatch
from tibs.events.models import Outbox

logger = structlog.get_logger(__name__)
BATCH = 500


def deliver(outbox_id: int) -> bool:
    """Run the consumer of one row if nobody else does; True when it was done now.

    A consumer that fails, or takes its worker down, has used one of three attempts.
    """
    token = Outbox.objects.claim(outbox_id, timezone.now())
    if not token:
        return False
    row = Outbox.objects.get(pk=outbox_id)
    try:
        dispatch.nudge_named(row.consumer)(pk=row.argument)
    except Exception as error:  # whatever fails is counted, kept and shown
        logger.warning("delivery_failed", outbox=outbox_id, consumer=row.consumer, error=repr(error))
        Outbox.objects.give_back(outbox_id, token, repr(error))
        return False
    return Outbox.objects.finish(outbox_id, token, timezone.now())


def sweep() -> int:
    """Ask again for what a lost message or a killed process left behind; the count of rows asked for."""
    now = timezone.now()
    forgotten = list(Outbox.objects.forgotten(now).order_by("pk")[:BATCH])
    Outbox.objects.filter(pk__in=[row.pk for row in forgotten]).update(nudged_at=now)
    dispatch.deliver_soon(forgotten)
    return len(forgotten)
