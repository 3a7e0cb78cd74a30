"""From the result of an assessment to the beginning of a profile."""

from dataclasses import dataclass
from typing import Any

from django.utils.text import Truncator
from django.utils.translation import gettext, override

from companies.assessments.results import Gate, cooperation_of, is_ready_for
from companies.assessments.versions import instrument
from companies.choices import Cooperation
from companies.models import Assessment, Company, CooperationProfile
from companies.profile_parts import is_offer
from companies.profiles.checks import LONGEST, MOST_WAYS
from companies.profiles.suggestions import advice_for
from companies.services.assessments.completing import result_for


@dataclass(frozen=True)
class Suggestion:
    """How a profile may begin. `reason` says why this type; `prepare_first` that the firm is not ready yet."""

    assessment: Assessment
    area: str
    type: str
    reason: str
    cooperation_types: tuple[str, ...]
    prepare_first: bool


def suggestion_from(assessment: Assessment) -> Suggestion | None:
    """The chosen area of a completed assessment, the type that fits, and ways for which the firm is ready."""
    advice = advice_for(assessment.chosen_area)
    if advice is None:
        return None
    gate = result_for(assessment).gate
    ways = cooperation_of(assessment.chosen_area, gate, instrument(assessment.instrument_version))
    return Suggestion(
        assessment=assessment,
        area=assessment.chosen_area,
        type=advice.type,
        reason=gettext(advice.reason),
        cooperation_types=ways[:MOST_WAYS],
        prepare_first=gate == Gate.PREPARE,
    )


def ways_beyond(profile: CooperationProfile, assessment: Assessment | None) -> list[str]:
    """The profile's ways to cooperate that ask for more than its company was found ready for, as advice."""
    gate = result_for(assessment).gate if assessment else Gate.UNKNOWN
    if assessment is None or gate is Gate.UNKNOWN:
        return []
    asked = instrument(assessment.instrument_version)
    return [code for code in profile.cooperation_types if not is_ready_for(code, gate, asked)]


def first_values(company: Company, kind: str, suggestion: Suggestion | None) -> dict[str, Any]:
    """What the form of a new profile holds before anybody wrote in it; the words in the company's language."""
    values: dict[str, Any] = {
        "type": kind,
        "language": company.language,
        "working_languages": [company.language],
    }
    if suggestion:
        values |= {"area": suggestion.area, "cooperation_types": list(suggestion.cooperation_types)}
        with override(company.language):
            values |= _skeleton(company, kind, suggestion)
    return values


def _skeleton(company: Company, kind: str, suggestion: Suggestion) -> dict[str, str]:
    """A title and a summary of facts only, for somebody to write on."""
    facts = {
        "country": company.country.name,
        "branch": str(company.nace.label) if company.nace else gettext("its branch"),
        "ways": ", ".join(str(Cooperation(code).label) for code in suggestion.cooperation_types),
    }
    title, summary = _sentences(is_offer=is_offer(kind), has_ways=bool(suggestion.cooperation_types))
    return {
        "title": Truncator(title % facts).chars(LONGEST["title"]),
        "summary": Truncator(summary % facts).chars(LONGEST["summary"]),
    }


def _sentences(*, is_offer: bool, has_ways: bool) -> tuple[str, str]:
    """Title and summary; a firm that is not ready for any way to cooperate yet names none."""
    if not has_ways:
        summary = gettext("A firm from %(country)s works in: %(branch)s.")
        if is_offer:
            return gettext("Offer from %(country)s: %(branch)s"), summary
        return gettext("Request from %(country)s: %(branch)s"), summary
    if is_offer:
        return (
            gettext("Offer from %(country)s: %(branch)s (%(ways)s)"),
            gettext("A firm from %(country)s works in: %(branch)s. It offers partners abroad: %(ways)s."),
        )
    return (
        gettext("Request from %(country)s: %(branch)s (%(ways)s)"),
        gettext("A firm from %(country)s works in: %(branch)s. It looks for partners abroad: %(ways)s."),
    )
