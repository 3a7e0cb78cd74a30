"""Firms that came to the demonstration lately: leads that wait, and others on their way to the service."""

import tomllib
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from companies.choices import Stage
from companies.models import Company
from companies.screening_criteria import CURRENT
from companies.services.leads import LeadContact, LeadFacts, create_lead
from companies.services.ownership import claim_company
from companies.services.screenings import decide_screening
from companies.services.stages import move_stage
from regions.models import Country, NaceCode, Region
from tibs.accounts.actor import Actor, actor_of, system
from tibs.demo.clock import at

NEWCOMERS = Path(__file__).parent / "story" / "newcomers.toml"
FULL_POINTS, NO_POINTS = 2, 0
WHY = {Stage.DORMANT: "Moves to another hall.", Stage.WITHDRAWN: "The owner sold the firm and retires."}


def welcome(source: str, now: datetime) -> None:
    """Let them come in, and take those that are further on their way."""
    for told in tomllib.loads(NEWCOMERS.read_text(encoding="utf-8"))["company"]:
        came = now - timedelta(days=told["days"])
        with at(came):
            company = _lead(told, source, came)
            if told["stage"] != Stage.LEAD and company.proposed_owner:
                _lead_on(company, Stage(told["stage"]), actor_of(company.proposed_owner), came)


def _lead(told: dict[str, Any], source: str, came: datetime) -> Company:
    facts = LeadFacts(
        name=told["name"],
        country=Country.objects.get(code=told["country"]),
        region=Region.objects.get(code=told["nuts3"]),
        city=told["city"],
        nace=NaceCode.objects.get(code=told["nace"]),
        staff_count=12,
    )
    contact = LeadContact(**told["contact"], language=told["language"], confirmed_at=came)
    return create_lead(
        facts=facts, contact=contact, source=source, by=system("demo"), is_greeted=False, now=came
    )


def _lead_on(company: Company, stage: Stage, broker: Actor, came: datetime) -> None:
    claim_company(company=company, by=broker, now=came)
    move_stage(company=company, to=Stage.SCREENING, by=broker, now=came)
    if stage == Stage.SCREENING:
        return
    points = NO_POINTS if stage == Stage.NOT_ELIGIBLE else FULL_POINTS
    decide_screening(company=company, scores=[points] * len(CURRENT.criteria), by=broker, now=came)
    if stage == Stage.NOT_ELIGIBLE:
        return
    move_stage(company=company, to=Stage.ENROLLED, by=broker, now=came)
    if reason := WHY.get(stage):
        move_stage(company=company, to=stage, reason=reason, by=broker, now=came)
