"""Delivering what is owed: at least once, claimed by one worker at a time, parked after three failures."""

import structlog
from django.utils import timezone

from tibs.events import dispatch
from tibs.events.models import Outbox

logger = structlog.get_logger(__name__)
BATCH = 500


def deliver(outbox_id: int) -> bool:
    """Deliver one row if nobody else is doing it; True when it was delivered now."""
    if not Outbox.objects.claim(outbox_id, timezone.now()):
        return False
    row = Outbox.objects.get(pk=outbox_id)
    try:
        dispatch.nudge_named(row.consumer).delay(pk=row.argument)
    except Exception as error:  # whatever fails is counted, kept and shown
        logger.warning("delivery_failed", outbox=outbox_id, consumer=row.consumer, error=repr(error))
        Outbox.objects.filter(pk=outbox_id).update(lease_until=None, error=repr(error)[:500])
        return False
    Outbox.objects.filter(pk=outbox_id).update(delivered_at=timezone.now(), lease_until=None, error="")
    return True


def sweep() -> int:
    """Deliver what a lost message or a killed process left behind; the count of rows delivered."""
    waiting = Outbox.objects.waiting(timezone.now()).order_by("pk").values_list("pk", flat=True)[:BATCH]
    return sum(deliver(pk) for pk in list(waiting))
