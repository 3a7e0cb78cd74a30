"""Where a company stands, in words for its own people."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext

from companies.choices import ProfileStatus, Stage
from companies.models import Company
from companies.selectors import latest_consents


@dataclass(frozen=True)
class Standing:
    """What a company's home page says: the stage and what comes next in plain words, and what waits for the firm.

    `due` is the day by which the next step is done, where there is one that the firm may know.
    """

    stage: str
    explanation: str
    step: str
    due: date | None
    waits_for_company: bool
    unread: int
    consents: int
    consents_to_renew: int
    profiles_to_approve: int


def standing_of(company: Company, now: datetime) -> Standing:
    """Four questions to the database."""
    step = company.next_steps.filter(done_at=None).first()
    latest = latest_consents(company)
    given = [consent for consent in latest if consent.is_given]
    holding = [consent for consent in given if consent.is_in_force(now)]
    label, explanation = _words(Stage(company.stage))
    waits_for_company = step is not None and step.waits_for == "company"
    return Standing(
        stage=label,
        explanation=explanation,
        step=step.what if step and waits_for_company else "",
        due=step.due_date if step and waits_for_company else None,
        waits_for_company=waits_for_company,
        unread=company.messages.filter(from_company=False, read_at=None).count(),
        consents=len(holding),
        profiles_to_approve=company.profiles.filter(status=ProfileStatus.COMPANY_APPROVAL).count(),
        consents_to_renew=len(given) - len(holding) + sum(consent.has_old_text for consent in holding),
    )


def _words(stage: Stage) -> tuple[str, str]:
    return {
        Stage.LEAD: (
            gettext("We have your registration"),
            gettext("A broker of your region reads it and calls you within a few working days."),
        ),
        Stage.SCREENING: (
            gettext("We get to know you"),
            gettext("Your broker checks with you whether the service fits your firm."),
        ),
        Stage.NOT_ELIGIBLE: (
            gettext("The service does not fit now"),
            gettext("Your broker told you why. You can write to them when something changes."),
        ),
        Stage.ENROLLED: (
            gettext("You are in"),
            gettext("Next, your broker looks with you at where working across borders pays most."),
        ),
        Stage.ACTIVE: (
            gettext("We work for you"),
            gettext("Your broker looks for partners that fit, and asks you before anybody learns your name."),
        ),
        Stage.DORMANT: (
            gettext("The work rests"),
            gettext("Write to your broker when you want to go on."),
        ),
        Stage.WITHDRAWN: (
            gettext("You left the service"),
            gettext("We keep your data for a limited time. You can have them erased now."),
        ),
    }[stage]
