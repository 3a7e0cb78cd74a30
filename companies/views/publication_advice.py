"""What the latest assessment says of a profile on its way to publication: what blocks it, and what is advised."""

from dataclasses import dataclass, field

from django.utils.translation import get_language, gettext

from companies.assessments.versions import instrument
from companies.assessments.words import words
from companies.choices import Basis, Cooperation, ProfileStatus
from companies.models import CooperationProfile
from companies.services.assessments.plans import barriers_without_step, latest_completed
from companies.services.profile_suggestions import ways_beyond
from companies.views.assessments.plan_words import plan_url

ON_THE_WAY = {
    ProfileStatus.DRAFT,
    ProfileStatus.CHANGES_REQUESTED,
    ProfileStatus.IN_REVIEW,
    ProfileStatus.COMPANY_APPROVAL,
}


@dataclass(frozen=True)
class Assessed:
    """Sentences on barriers without a step, and on ways the firm is not ready for; `url` is the plan of the firm."""

    barriers: list[str] = field(default_factory=list)
    advice: str = ""
    url: str = ""


def assessed(profile: CooperationProfile) -> Assessed:
    """Nothing where the firm was never assessed, or the profile is neither public nor on its way there.

    What is public already is told what its renewal will ask for; advice on its ways to cooperate comes too late.
    """
    is_public = profile.status == ProfileStatus.PUBLISHED
    if profile.basis != Basis.APPROVED or not (is_public or profile.status in ON_THE_WAY):
        return Assessed()
    latest = latest_completed(profile.company)
    if latest is None:
        return Assessed()
    spoken = words(instrument(latest.instrument_version), get_language() or "en")
    barriers = [spoken.item(one.area, one.item) for one in barriers_without_step(latest, profile.area)]
    beyond = [] if is_public else [str(Cooperation(code).label) for code in ways_beyond(profile, latest)]
    blocked = (
        gettext("“%(barrier)s” blocks this area. Add a step against it before the profile is renewed.")
        if is_public
        else gettext("“%(barrier)s” blocks this area. Add a step against it before a profile is published.")
    )
    return Assessed(
        barriers=[blocked % {"barrier": barrier} for barrier in barriers],
        advice=gettext(
            "By its assessment the company is not ready yet for: %(ways)s. This is advice and stops nothing."
        )
        % {"ways": ", ".join(beyond)}
        if beyond
        else "",
        url=plan_url(latest),
    )
