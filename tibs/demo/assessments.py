"""Assessments of the demonstration: by a broker, once and again a year later, and by a firm itself."""

import tomllib
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.utils.timezone import localdate

from companies.assessments.instrument import BARRIERS, FIRM, Instrument
from companies.assessments.versions import instrument
from companies.choices import Evidence
from companies.models import Assessment, Company
from companies.services.assessments.answering import Given, answer_items
from companies.services.assessments.completing import complete_assessment
from companies.services.assessments.plans import latest_completed, set_goal
from companies.services.assessments.starting import (
    adopt_assessment,
    describe_firm,
    repeat_assessment,
    start_assessment,
    start_public_assessment,
)
from companies.services.assessments.steps import add_step, finish_step
from tibs.accounts.actor import VISITOR, Actor, actor_of

STORY = Path(__file__).parent / "story" / "assessments.toml"
# The barriers that the story rates; the others that are always asked do not apply there.
RATED = ("B_PARTNERS", "B_MARKETS", "B_TIME", "B_STAFF")


def assess(source: str, now: datetime) -> None:
    """Tell the assessments of a source's companies, the earlier ones first."""
    companies = Company.objects.filter(source=source).select_related("owner")
    for told in tomllib.loads(STORY.read_text(encoding="utf-8"))["assessment"]:
        company = companies.get(external_id=told["key"])
        then = now - timedelta(days=told["days"])
        if told["rater"] == "self":
            _by_firm(company, told, then)
        elif company.owner:
            made = _by_broker(company, told, actor_of(company.owner), then)
            _plan(made, told, actor_of(company.owner), now)


def _by_broker(company: Company, told: Mapping[str, Any], by: Actor, then: datetime) -> Assessment:
    last = latest_completed(company)
    if last:
        made = repeat_assessment(assessment=last, by=by, now=then)
    else:
        made = start_assessment(company=company, by=by, language=company.language, now=then)
    _fill(made, told, by)
    return complete_assessment(assessment=made, by=by, now=then)


def _plan(made: Assessment, told: Mapping[str, Any], by: Actor, now: datetime) -> None:
    if "goal" in told:
        set_goal(assessment=made, goal=told["goal"], by=by)
    for step in told.get("steps", ()):
        added = add_step(
            assessment=made,
            what=step["what"],
            waits_for=step["waits_for"],
            due_date=localdate(now + timedelta(days=step["due"])),
            referral=step.get("referral", ""),
            barrier=step.get("barrier", ""),
            by=by,
        )
        if step.get("done"):
            finish_step(step=added, by=by, now=now)


def _by_firm(company: Company, told: Mapping[str, Any], then: datetime) -> None:
    made, _ = start_public_assessment(language=company.language, by=VISITOR, now=then)
    _fill(made, told, VISITOR)
    adopt_assessment(assessment=made, company=company, by=VISITOR)


def _fill(made: Assessment, told: Mapping[str, Any], by: Actor) -> None:
    describe_firm(assessment=made, stage=told["stage"], sector="", by=by)
    given = list(_given(told, instrument(made.instrument_version)))
    answer_items(assessment=made, rater=told["rater"], given=given, by=by)


def _given(told: Mapping[str, Any], asked: Instrument) -> Iterator[Given]:
    for item, digit in zip(asked.firm_items, told["firm"], strict=True):
        yield Given(FIRM, item, int(digit))
    for area in asked.area_codes:
        for block, digits in told.get(area, {}).items():
            items = RATED if block == BARRIERS else asked.items.get(block, (block,))
            for item, digit in zip(items, digits, strict=True):
                yield Given(area, item, int(digit), evidence=Evidence.EXPLAINED)
        if BARRIERS in told.get(area, {}):
            yield from (Given(area, item, None, applies=False) for item in asked.starred - set(RATED))
