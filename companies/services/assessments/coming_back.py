"""The way back to a visitor's self-assessment: its link, also by a letter to oneself."""

from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from companies.models import Assessment
from companies.services.registration_limits import count_letter
from tibs.core.errors import WrongStateError
from tibs.core.links import absolute
from tibs.core.secrets import digest_of
from tibs.events.services.letters import write_letter


def find_public_assessment(token: str, *, now: datetime | None = None) -> Assessment | None:
    """The visitor's assessment behind a link; None when there is none, or when it has become a company's."""
    return (
        Assessment.objects.drafts()
        .filter(resume_digest=digest_of(token), company=None, expires_at__gt=now or timezone.now())
        .first()
    )


def resume_link(token: str) -> str:
    """The address that brings a visitor back."""
    return absolute(reverse("self_assessment_resume", args=[token]))


@transaction.atomic
def mail_resume_link(
    *, token: str, to: str, language: str, network: str, now: datetime | None = None
) -> Assessment:
    """Send the link of a visitor's self-assessment to the address that they name; the address is kept nowhere else.

    Counted with the letters that registrations send to addresses that nobody has proven: LimitReachedError,
    CounterAwayError. Nobody is told whether we know the address. WrongStateError for a link that has ended.
    """
    now = now or timezone.now()
    found = find_public_assessment(token, now=now)
    if found is None or found.expires_at is None:
        raise WrongStateError(_("This link has ended, or the answers belong to a registration now."))
    count_letter(to, network)
    write_letter(
        template="self_assessment_resume",
        to=to,
        language=language,
        context={"link": resume_link(token), "days": (found.expires_at - now).days},
    )
    return found
