"""Writing and publishing cooperation profiles."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from companies import events
from companies.choices import Basis, ProfileStatus, Purpose
from companies.models import Company, Consent, CooperationProfile, ProfileText
from companies.policies import can_change_company, can_publish_profile, require
from companies.services.assessments.plans import unanswered_barriers
from companies.services.checks import refuse_misfits
from tibs.accounts.actor import Actor
from tibs.core.errors import BadInputError, WrongStateError
from tibs.core.locks import one_at_a_time
from tibs.core.search_text import folded
from tibs.events.recording import record
from tibs.figures import PROFILE_LIFE

UNPUBLISHED = frozenset(
    {ProfileStatus.DRAFT, ProfileStatus.CHANGES_REQUESTED, ProfileStatus.COMPANY_APPROVAL}
)


@transaction.atomic
def draft_profile(
    *, company: Company, texts: list[dict[str, Any]], by: Actor, **values: Any
) -> CooperationProfile:
    """Draft a profile with its texts; exactly one of `texts` is the original, the others translate it.

    BadInputError names the fields that do not fit, those of a text with its language, as in `summary_pl`: texts
    that are longer than the limits of the Enterprise Europe Network are refused, never cut.
    """
    require(can_change_company(by, company))
    profile = CooperationProfile(
        company=company, basis=Basis.APPROVED, search_text=profile_search_text(texts), **values
    )
    refuse_misfits(profile, exclude=["company", "search_text"])
    words = [ProfileText(profile=profile, **text) for text in texts]
    _check_words(words)
    profile.save(force_insert=True)
    ProfileText.objects.bulk_create(words)
    record(events.PROFILE_DRAFTED, about=profile, by=by, company_id=company.public_id)
    return profile


@transaction.atomic
def publish_profile(
    *, profile: CooperationProfile, by: Actor, now: datetime | None = None
) -> CooperationProfile:
    """Publish for a year. The company's consent to anonymous publication must be in force at this moment."""
    now = now or timezone.now()
    profile = (
        CooperationProfile.objects.select_for_update(of=["self"]).select_related("company").get(pk=profile.pk)
    )
    require(can_publish_profile(by, profile.company))
    if profile.basis != Basis.APPROVED or profile.status not in UNPUBLISHED:
        raise WrongStateError(_("Only a profile that is not published yet can be published."))
    if not Consent.objects.in_force(Purpose.PUBLISH_ANONYMOUS).filter(company=profile.company).exists():
        raise WrongStateError(
            _("The company has not agreed to the publication of its anonymous profile."),
            code="consent_missing",
        )
    if unanswered_barriers(profile.company, profile.area):
        raise WrongStateError(
            _("A barrier blocks this area. Add an action against it to the plan before you publish."),
            code="barrier_blocks",
        )
    profile.status = ProfileStatus.PUBLISHED
    profile.published_at = now
    profile.expires_at = now + PROFILE_LIFE
    profile.reference = profile.reference or _next_reference(profile, now)
    profile.save()
    record(events.PROFILE_PUBLISHED, about=profile, by=by, company_id=profile.company.public_id)
    return profile


@transaction.atomic
def withdraw_profile(*, profile: CooperationProfile, by: Actor) -> CooperationProfile:
    """Take a profile out of lists, searches and matches for good."""
    profile = (
        CooperationProfile.objects.select_for_update(of=["self"]).select_related("company").get(pk=profile.pk)
    )
    require(can_change_company(by, profile.company))
    if profile.status == ProfileStatus.WITHDRAWN:
        raise WrongStateError(_("The profile is withdrawn already."))
    profile.status = ProfileStatus.WITHDRAWN
    profile.save(update_fields=["status", "updated_at"])
    record(events.PROFILE_WITHDRAWN, about=profile, by=by, company_id=profile.company.public_id)
    return profile


def _check_words(words: Sequence[ProfileText]) -> None:
    if sum(text.is_original for text in words) != 1:
        raise BadInputError(_("A profile has one original text."))
    if len({text.language for text in words}) < len(words):
        raise BadInputError(_("A profile has one text in each language."))
    for text in words:
        refuse_misfits(text, exclude=["profile"], ending=f"_{text.language}")


def profile_search_text(texts: list[dict[str, Any]]) -> str:
    """What a search over profiles reads: every language of every text."""
    return folded(
        *(str(text.get(part, "")) for text in texts for part in ("title", "summary", "offered", "sought"))
    )


def _next_reference(profile: CooperationProfile, now: datetime) -> str:
    """`TIBS-` and the form of the Enterprise Europe Network: type, country, day and a number of that day."""
    stem = f"TIBS-{profile.type}{profile.company.country_id}{now:%Y%m%d}"
    with one_at_a_time("companies.reference"):
        taken = CooperationProfile.objects.filter(reference__startswith=stem).values_list(
            "reference", flat=True
        )
        number = max((int(str(reference)[len(stem) :]) for reference in taken), default=0) + 1
    return f"{stem}{number:03d}"
