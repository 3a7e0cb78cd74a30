"""Clocks of companies, and what the night takes."""

from typing import Any

from celery import shared_task
from django.utils import timezone

from companies.services.attachments import sweep_files
from companies.services.call_clock import close_calls
from companies.services.escalations import escalate_unanswered
from companies.services.expiry import expire_profiles, tell_of_ends
from companies.services.expression_clock import advance_interests
from companies.services.interest_checks import ask_for_interest
from companies.services.profile_clock import advance_profiles
from companies.services.publishable import tell_of_hidden
from companies.services.retention import take_what_is_due
from companies.services.review_clock import advance_reviews
from companies.services.saved_searches import tell_searches


@shared_task(queue="events", time_limit=120)
def sweep_unanswered(**_: Any) -> None:
    now = timezone.now()
    escalate_unanswered(now=now)
    advance_interests(now=now)


@shared_task(queue="events", time_limit=600)
def tell_saved_searches(**_: Any) -> None:
    tell_searches(now=timezone.now())


@shared_task(queue="events", time_limit=600)
def nightly_retention(**_: Any) -> None:
    take_what_is_due(timezone.now())
    sweep_files(now=timezone.now())


@shared_task(queue="events", time_limit=120)
def sweep_reviews(**_: Any) -> None:
    advance_reviews(now=timezone.now())
    advance_profiles(now=timezone.now())
    close_calls(now=timezone.now())


@shared_task(queue="events", time_limit=600)
def nightly_profiles(**_: Any) -> None:
    """What ends today ends before anybody is asked about it."""
    now = timezone.now()
    expire_profiles(now=now)
    tell_of_ends(now=now)
    tell_of_hidden(now=now)
    ask_for_interest(now=now)
