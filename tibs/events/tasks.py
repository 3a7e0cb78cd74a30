"""Deliveries, their sweep, and the sealing of the audit trail."""

from typing import Any

from celery import shared_task

from tibs.events.services import outbox, sealing


@shared_task(queue="events", time_limit=60)
def deliver(*, outbox_id: int, **_: Any) -> None:
    outbox.deliver(outbox_id)


@shared_task(queue="events", time_limit=60)
def sweep_outbox(**_: Any) -> None:
    outbox.sweep()


@shared_task(queue="events", time_limit=60)
def seal_audit(**_: Any) -> None:
    sealing.seal_records()
