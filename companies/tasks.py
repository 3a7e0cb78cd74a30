"""Clocks of companies, and what the night takes."""

from typing import Any

from celery import shared_task
from django.utils import timezone

from companies.services.escalations import escalate_unanswered
from companies.services.retention import take_what_is_due
from companies.services.saved_searches import tell_searches


@shared_task(queue="events", time_limit=120)
def sweep_unanswered(**_: Any) -> None:
    escalate_unanswered(now=timezone.now())


@shared_task(queue="events", time_limit=600)
def tell_saved_searches(**_: Any) -> None:
    tell_searches(now=timezone.now())


@shared_task(queue="events", time_limit=600)
def nightly_retention(**_: Any) -> None:
    take_what_is_due(timezone.now())
