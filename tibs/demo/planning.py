"""What the brokers of the demonstration have to do: due, overdue, waiting, planned, and here and there nothing."""

import tomllib
from datetime import datetime, timedelta
from itertools import cycle
from pathlib import Path

from django.utils import timezone

from companies.choices import Stage, WaitsFor
from companies.models import Company
from companies.services.next_steps import Step, set_next_step
from companies.stages import RESTING
from tibs.accounts.actor import actor_of

PLANS = Path(__file__).parent / "story" / "next_steps.toml"
# Stages change over weeks, not on one day, and not before the firms came.
DAYS_IN_STAGE = (2, 5, 11, 16, 21, 26)


def plan(source: str, now: datetime) -> None:
    """Give the companies of a source that somebody looks after their next steps."""
    plans = tomllib.loads(PLANS.read_text(encoding="utf-8"))["step"]
    companies = Company.objects.filter(source=source, owner__isnull=False).select_related("owner", "country")
    in_care = companies.exclude(stage__in={Stage.DORMANT, *RESTING}).order_by("country", "owner", "id")
    for company, told, days in zip(in_care, cycle(plans), cycle(DAYS_IN_STAGE), strict=False):
        if company.owner and told["what"]:
            day = timezone.localdate(now) + timedelta(days=told["days"])
            step = Step(told["what"], day, WaitsFor(told["waits_for"]))
            set_next_step(company=company, step=step, by=actor_of(company.owner))
        if company.stage == Stage.ACTIVE:
            since = now - timedelta(days=days)
            Company.objects.filter(pk=company.pk).update(stage_changed_at=since)
