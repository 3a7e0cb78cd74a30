"""What a registration says, in the shape in which leads come in."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext, override

from companies.choices import Area
from companies.identity import normalised_register_number, normalised_vat
from companies.models import Registration
from companies.models.message import LONGEST_MESSAGE
from companies.services.leads import LeadContact, LeadFacts
from regions.models import Country, NaceCode, Region
from regions.selectors import country_names

REQUIRED = ("about", "company", "place", "activity", "size", "wishes", "consents")


def missing_sections(answers: Mapping[str, Any]) -> list[str]:
    """The sections that nobody filled in yet, in their order."""
    return [section for section in REQUIRED if not answers.get(section)]


def facts_of(registration: Registration) -> LeadFacts:
    """The firm as the answers describe it; codes that the reference data dropped meanwhile are left out."""
    answers = registration.answers
    company, place, activity, size = (
        answers[section] for section in ("company", "place", "activity", "size")
    )
    country = Country.objects.get(code=company["country"])
    branches = NaceCode.objects.in_bulk([activity["nace"], *activity["secondary"]])
    return LeadFacts(
        name=company["name"],
        country=country,
        region=Region.objects.filter(code=place["region"]).first(),
        street=place["street"],
        postcode=place["postcode"],
        city=place["city"],
        register_number=normalised_register_number(country.code, company["register_number"]),
        vat_number=normalised_vat(country.code, company["vat_number"]),
        website=company["website"],
        nace=branches.get(activity["nace"]),
        secondary_nace=tuple(branches[code] for code in activity["secondary"] if code in branches),
        founded_year=company["founded_year"],
        **{name: size[name] for name in ("staff_count", "turnover_band", "balance_band", "independence")},
        heard_from=answers["wishes"]["heard_from"],
        previous_support=tuple(answers["wishes"]["previous_support"]),
    )


def contact_of(registration: Registration, confirmed_at: datetime) -> LeadContact:
    about = registration.answers["about"]
    return LeadContact(
        name=about["name"],
        email=about["email"],
        language=about["language"],
        phone=about["phone"],
        job_title=about["job_title"],
        confirmed_at=confirmed_at,
    )


def words_of(registration: Registration) -> str:
    """What the firm tells its broker in its own words: the first message of their talk, in its language."""
    activity, wishes = registration.answers["activity"], registration.answers["wishes"]
    with override(registration.language):
        parts: Sequence[tuple[str, str]] = (
            (gettext("What we do"), activity["description"]),
            (gettext("What we look for abroad"), wishes["needs"]),
            (gettext("Areas"), ", ".join(str(Area(code).label) for code in wishes["areas"])),
            (gettext("Countries"), ", ".join(country_names(wishes["countries"]))),
        )
    return "\n\n".join(f"{title}: {words}" for title, words in parts if words)[:LONGEST_MESSAGE]
