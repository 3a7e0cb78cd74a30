"""Whether a text gives away who wrote it."""

from companies.models import Company
from companies.profiles.findings import Severity
from companies.profiles.leaks import leaks
from companies.services.profile_checks import identity_of


def leaks_in(text: str, company: Company) -> list[str]:
    """The words of a text by which a reader could find the company, each once: they stop it from being sent."""
    found = leaks("text", text, identity_of(company))
    return list(dict.fromkeys(one.quote for one in found if one.severity is Severity.BLOCKER))
