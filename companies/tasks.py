"""Clocks of companies."""

from typing import Any

from celery import shared_task
from django.utils import timezone

from companies.services.escalations import escalate_unanswered


@shared_task(queue="events", time_limit=120)
def sweep_unanswered(**_: Any) -> None:
    escalate_unanswered(now=timezone.now())
