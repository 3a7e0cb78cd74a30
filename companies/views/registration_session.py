"""Which registration a visitor is writing, and how far it is."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise

from companies.choices import RegistrationStatus
from companies.forms.section import Section
from companies.forms.sections import SECTIONS
from companies.models import Registration
from companies.services.registration_links import WRITABLE

KEY = "registration"
# Whose lists of countries and regions follow from the company's country.
AFTER_COMPANY = frozenset({"place", "wishes"})


@dataclass(frozen=True)
class Step:
    """A section as the list of steps shows it."""

    label: Promise
    url: str
    is_done: bool
    is_current: bool
    note: str = ""


def current_registration(request: HttpRequest) -> Registration | None:
    """The one that this browser writes; None once it is confirmed or closed."""
    public_id = request.session.get(KEY)
    if not public_id:
        return None
    return Registration.objects.filter(public_id=public_id, status__in=WRITABLE).first()


def keep(request: HttpRequest, registration: Registration) -> None:
    """Remember it for this browser."""
    request.session[KEY] = registration.public_id


def answers_of(registration: Registration | None) -> dict[str, dict[str, Any]]:
    return registration.answers if registration else {}


def next_section(answers: dict[str, dict[str, Any]]) -> str:
    """The first section without answers; '' when all have some."""
    return next((code for code in SECTIONS if not answers.get(code)), "")


def steps_of(answers: dict[str, dict[str, Any]]) -> list[Step]:
    following = next_section(answers)
    return [
        Step(
            label=section.title,
            url=reverse("register_section", args=[code]),
            is_done=bool(answers.get(code)),
            is_current=code == following,
        )
        for code, section in SECTIONS.items()
    ]


def is_sent(registration: Registration | None) -> bool:
    return registration is not None and registration.status != RegistrationStatus.DRAFT


def filled_form(section: type[Section], answers: dict[str, dict[str, Any]], now: float) -> Section:
    """The form of a section as it was answered last."""
    return section(initial=dict(answers.get(section.code, {})), others=answers, now=now)
