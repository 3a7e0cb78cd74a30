"""Deliveries, letters, digests, their sweeps, and the sealing of the audit trail."""

from typing import Any

from celery import shared_task
from django.utils import timezone

from tibs.events.services import digests, letters, outbox, sealing


@shared_task(queue="events", time_limit=60)
def deliver(*, outbox_id: int, **_: Any) -> None:
    outbox.deliver(outbox_id)


@shared_task(queue="events", time_limit=60)
def sweep_outbox(**_: Any) -> None:
    outbox.sweep()


@shared_task(queue="events", time_limit=60)
def send_letter(*, letter_id: int, **_: Any) -> None:
    letters.send(letter_id)


@shared_task(queue="events", time_limit=60)
def sweep_letters(**_: Any) -> None:
    letters.sweep()


@shared_task(queue="events", time_limit=600)
def write_digests(**_: Any) -> None:
    digests.write_digests(now=timezone.now())


@shared_task(queue="events", time_limit=60)
def seal_audit(**_: Any) -> None:
    sealing.seal_records()
