"""A visitor's self-assessment goes along with the registration that is sent after it.

The registration may be confirmed in another browser, so it carries which assessment is meant.
"""

from datetime import datetime

from companies.models import Assessment, Company, Registration
from companies.services.assessments.starting import adopt_assessment
from tibs.accounts.actor import VISITOR

KEY = "self_assessment"


def note_assessment(registration: Registration, assessment: Assessment) -> None:
    """Let a visitor's own assessment go along; the caller saves the registration."""
    registration.answers = {**registration.answers, KEY: {"id": assessment.public_id}}


def adopt_noted_assessment(registration: Registration, company: Company, now: datetime) -> Assessment | None:
    """Give the company the answers that go along; None where there are none, or where they ended meanwhile."""
    noted = registration.answers.get(KEY, {}).get("id", "")
    nobodys = Assessment.objects.drafts().filter(company=None, expires_at__gt=now)
    found = nobodys.filter(public_id=noted).first() if noted else None
    return adopt_assessment(assessment=found, company=company, by=VISITOR) if found else None
