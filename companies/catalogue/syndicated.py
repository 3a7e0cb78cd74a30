"""What partner sites may show, and what they may not show any more."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q

from companies.choices import TAKES_PART, Basis, ProfileStatus, Purpose
from companies.models import Consent, CooperationProfile
from companies.models.consent import holds
from companies.models.profile import ProfileQuerySet

TOMBSTONE_LIFE = timedelta(days=30)
STAGE = ("company__stage", "company__stage_changed_at")
NEEDED = (Purpose.PUBLISH_ANONYMOUS, Purpose.SYNDICATE)


@dataclass(frozen=True)
class Withdrawn:
    """A profile that partner sites were given once and must take down."""

    reference: str
    at: datetime


def syndicated(profiles: ProfileQuerySet) -> ProfileQuerySet:
    """Those whose companies agree to be passed on to partner sites now."""
    return profiles.filter(holds(Purpose.SYNDICATE))


def withdrawn(now: datetime) -> list[Withdrawn]:
    """What ended in the last weeks for whatever reason, the latest first; two queries.

    Nothing but the reference is told. A company that was erased leaves nothing to tell.
    """
    since = now - TOMBSTONE_LIFE
    ended = Consent.objects.filter(Q(is_given=False, at__gte=since) | Q(valid_until__range=(since, now)))
    candidates = (
        CooperationProfile.objects.filter(
            Exists(
                Consent.objects.filter(company=OuterRef("company"), purpose=Purpose.SYNDICATE, is_given=True)
            ),
            Q(updated_at__gte=since)
            | Q(expires_at__range=(since, now))
            | Q(company__stage_changed_at__gte=since)
            | Exists(ended.filter(company=OuterRef("company"), purpose__in=NEEDED)),
            basis=Basis.APPROVED,
            reference__isnull=False,
        )
        .exclude(pk__in=syndicated(CooperationProfile.objects.published()).values("pk"))
        .order_by("id")
    )
    profiles = list(
        candidates.values_list("reference", "company", "status", "updated_at", "expires_at", *STAGE)
    )
    ends = _ends_of_consents({company for _, company, *_ in profiles}, now)
    found = []
    for reference, company, status, updated_at, expires_at, stage, stage_changed_at in profiles:
        times = [ends.get(company), expires_at if expires_at and expires_at <= now else None]
        times.append(updated_at if status != ProfileStatus.PUBLISHED else None)
        times.append(stage_changed_at if stage not in TAKES_PART else None)
        at = max((time for time in times if time), default=None)
        if at and at >= since:
            found.append(Withdrawn(str(reference), at))
    return sorted(found, key=lambda one: (one.at, one.reference), reverse=True)


def changed_at(profile: CooperationProfile) -> datetime:
    """When the profile or a text of it last changed. Reads `profile.texts`, which lists prefetch."""
    return max([profile.updated_at, *(text.updated_at for text in profile.texts.all())])


def _ends_of_consents(companies: Iterable[int], now: datetime) -> dict[int, datetime]:
    """When each of these companies last took back or let end a consent that passing on needs."""
    latest = (
        Consent.objects.filter(company__in=list(companies), purpose__in=NEEDED)
        .order_by("company", "purpose", "-id")
        .distinct("company", "purpose")
    )
    ends: dict[int, datetime] = {}
    for consent in latest:
        if not consent.is_in_force(now):
            end = consent.at if not consent.is_given or consent.valid_until is None else consent.valid_until
            ends[consent.company_id] = max(end, ends.get(consent.company_id, end))
    return ends
