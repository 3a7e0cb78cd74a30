"""Publishing profiles, renewing them, and taking them back."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from companies import events, notices
from companies.calls import why_over
from companies.choices import ProfileStatus
from companies.models import Company, CooperationProfile
from companies.policies import can_change_company, can_publish_profile, require
from companies.profile_stages import Act
from companies.services.profile_moves import STATE, enter, locked, step_of
from companies.services.profile_people import settle_coming_end, settle_end, settle_round, tell_company
from companies.services.reviews import end_reading
from tibs.accounts.actor import Actor
from tibs.core.locks import one_at_a_time
from tibs.events.recording import record
from tibs.figures import PROFILE_LIFE


@transaction.atomic
def publish_profile(
    *, profile: CooperationProfile, by: Actor, now: datetime | None = None
) -> CooperationProfile:
    """Publish for a year what was read by a second reader and approved by the company, in exactly these words.

    The company's consent to anonymous publication must be in force at this moment, and no barrier without an action
    may block the area. ProfileStepRefusedError says what is missing.
    """
    now = now or timezone.now()
    profile = locked(profile)
    require(can_publish_profile(by, profile.company))
    enter(profile, step_of(profile, Act.PUBLISH, now).to, now)
    profile.published_at, profile.expires_at, profile.renewed_at = now, now + PROFILE_LIFE, None
    profile.open_for_interest, profile.silences = not why_over(profile, now), 0
    profile.interest_asked_at = profile.interest_confirmed_at = None
    profile.reference = profile.reference or _next_reference(profile, now)
    profile.save()
    Company.objects.filter(pk=profile.company_id, first_published_at=None).update(first_published_at=now)
    settle_round(profile, now)
    record(events.PROFILE_PUBLISHED, about=profile, by=by, company_id=profile.company.public_id)
    tell_company(notices.PROFILE_PUBLISHED, profile, key=f"published:{profile.public_id}:{now:%Y%m%d}")
    return profile


@transaction.atomic
def renew_profile(
    *, profile: CooperationProfile, by: Actor, now: datetime | None = None
) -> CooperationProfile:
    """Let a published profile run for another year: once, in its last 30 days, while the consent holds."""
    now = now or timezone.now()
    profile = locked(profile)
    require(can_publish_profile(by, profile.company))
    step_of(profile, Act.RENEW, now)
    settle_coming_end(profile, now)
    profile.expires_at = (profile.expires_at or now) + PROFILE_LIFE
    profile.renewed_at = now
    profile.save(update_fields=["expires_at", "renewed_at", "updated_at"])
    record(events.PROFILE_RENEWED, about=profile, by=by, company_id=profile.company.public_id)
    key = f"renewed:{profile.public_id}:{profile.expires_at:%Y%m%d}"
    tell_company(notices.PROFILE_RENEWED, profile, key=key, day=profile.expires_at)
    return profile


@transaction.atomic
def take_back_profile(
    *, profile: CooperationProfile, by: Actor, now: datetime | None = None
) -> CooperationProfile:
    """Make a profile a draft again, so that it can be written on; it is shown no more until it is published anew."""
    now = now or timezone.now()
    profile = locked(profile)
    require(can_change_company(by, profile.company))
    enter(profile, step_of(profile, Act.TAKE_BACK, now).to, now)
    profile.save(update_fields=STATE)
    end_reading(profile, now)
    settle_end(profile, now)
    record(events.PROFILE_TAKEN_BACK, about=profile, by=by, company_id=profile.company.public_id)
    return profile


@transaction.atomic
def withdraw_profile(
    *, profile: CooperationProfile, by: Actor, now: datetime | None = None
) -> CooperationProfile:
    """Take a profile out of lists, searches and matches for good."""
    now = now or timezone.now()
    profile = locked(profile)
    require(can_change_company(by, profile.company))
    enter(profile, step_of(profile, Act.WITHDRAW, now).to, now)
    profile.save(update_fields=STATE)
    end_reading(profile, now)
    settle_end(profile, now)
    record(events.PROFILE_WITHDRAWN, about=profile, by=by, company_id=profile.company.public_id)
    return profile


def similar_profiles(profile: CooperationProfile) -> list[CooperationProfile]:
    """Profiles of the same company that are alike: the same area or type, and not withdrawn or expired."""
    alike = profile.company.profiles.exclude(pk=profile.pk).filter(basis=profile.basis)
    alive = alike.exclude(status__in=(ProfileStatus.WITHDRAWN, ProfileStatus.EXPIRED))
    found = alive.filter(area=profile.area) | alive.filter(type=profile.type, domain=profile.domain_id)
    return list(found.prefetch_related("texts").order_by("-id")[:5])


def _next_reference(profile: CooperationProfile, now: datetime) -> str:
    """`TIBS-` and the form of the Enterprise Europe Network: type, country, day and a number of that day."""
    stem = f"TIBS-{profile.type}{profile.company.country_id}{now:%Y%m%d}"
    with one_at_a_time("companies.reference"):
        taken = CooperationProfile.objects.filter(reference__startswith=stem).values_list(
            "reference", flat=True
        )
        number = max((int(str(reference)[len(stem) :]) for reference in taken), default=0) + 1
    return f"{stem}{number:03d}"
