"""Firms that come in during the demonstration: leads, one that nobody answered, and registrations in every state."""

import tomllib
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from companies.choices import RegistrationStatus
from companies.models import Registration
from companies.services.held import refuse_registration
from companies.services.leads import LeadContact, LeadFacts, create_lead
from companies.services.registration import confirm_registration, save_section, send_registration
from regions.models import Country, NaceCode
from tibs.accounts.actor import Actor, actor_of
from tibs.accounts.models import User
from tibs.accounts.roles import RoleCode
from tibs.demo.clock import at
from tibs.events.models import Letter

STORY = Path(__file__).parent / "story" / "registrations.toml"
TIME_TO_WRITE = timedelta(minutes=25)
AS_THEY_ARE = (
    "name", "postcode", "city", "register_number", "website", "staff_count", "turnover_band",
)  # fmt: skip


def tell_registrations(*, now: datetime, by: Actor) -> None:
    """Let the firms come in, by the same services as on the public pages."""
    story = tomllib.loads(STORY.read_text(encoding="utf-8"))
    for lead in story["lead"]:
        _lead(lead, now, by)
    for told in story["registration"]:
        with at(now - TIME_TO_WRITE):
            registration = _written(told["sections"], now - TIME_TO_WRITE)
        if told["status"] != RegistrationStatus.DRAFT:
            sent = send_registration(registration=registration, now=now)
            _answered(sent, RegistrationStatus(told["status"]), now)


def _answered(registration: Registration, status: RegistrationStatus, now: datetime) -> None:
    if status == RegistrationStatus.CONFIRMED:
        letters = Letter.objects.filter(to_address=registration.email, template="registration_confirm")
        confirm_registration(token=str(letters[0].context["link"]).rstrip("/").rpartition("/")[2], now=now)
    if status == RegistrationStatus.CLOSED:
        staff = User.objects.filter(platform_role=RoleCode.STAFF).order_by("pk")[0]
        refuse_registration(registration=registration, by=actor_of(staff))


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
