"""Firms that come in during the demonstration: leads, one that nobody answered, one half written, one held."""

import tomllib
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from companies.models import Registration
from companies.services.leads import LeadContact, LeadFacts, create_lead
from companies.services.registration import save_section, send_registration
from regions.models import Country, NaceCode
from tibs.accounts.actor import Actor

STORY = Path(__file__).parent / "story" / "registrations.toml"
AS_THEY_ARE = (
    "name", "postcode", "city", "register_number", "website", "staff_count", "turnover_band",
)  # fmt: skip


def tell_registrations(*, now: datetime, by: Actor) -> None:
    """Let the firms come in, by the same services as on the public pages."""
    story = tomllib.loads(STORY.read_text(encoding="utf-8"))
    for lead in story["lead"]:
        _lead(lead, now, by)
    _written(story["draft"], now)
    send_registration(registration=_written(story["held"], now), now=now)


def _lead(lead: dict[str, Any], now: datetime, by: Actor) -> None:
    then = now - timedelta(days=lead["days"])
    create_lead(
        facts=LeadFacts(
            country=Country.objects.get(code=lead["country"]),
            nace=NaceCode.objects.get(code=lead["nace"]),
            **{name: lead[name] for name in AS_THEY_ARE},
        ),
        contact=LeadContact(
            name=lead["person"], email=lead["email"], language=lead["language"], confirmed_at=then
        ),
        source=lead["source"],
        by=by,
        now=then,
    )


def _written(sections: dict[str, dict[str, Any]], now: datetime) -> Registration:
    registration: Registration | None = None
    for section, answers in sections.items():
        registration = save_section(
            registration=registration,
            form_token=f"demo:{sections['about']['email']}",
            section=section,
            answers=answers,
            language=sections["about"]["language"],
            network="",
            now=now,
        )
    if registration is None:
        raise ValueError("A registration of the story has no section.")
    return registration
