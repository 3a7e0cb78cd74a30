"""The end of published profiles: told two weeks before, and entered in the night after."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from django.db.models import QuerySet

from companies import events, notices
from companies.choices import Basis, ProfileStatus
from companies.models import CooperationProfile
from companies.profile_stages import Act
from companies.services.profile_moves import locked, step_of
from companies.services.profile_people import ends_key, own_ends_key, settle_end, tell_broker, tell_company
from tibs.accounts.actor import system
from tibs.core.sweeps import take_each
from tibs.events.models import InboxItem
from tibs.events.recording import record
from tibs.figures import EXPIRY_NOTICE

CLOCK = system("companies.expiry")
BATCH = 500


def running_out(now: datetime) -> QuerySet[CooperationProfile]:
    """Profiles that are shown and whose end comes so soon that it is told."""
    shown = CooperationProfile.objects.published()
    return shown.filter(expires_at__gt=now, expires_at__lte=now + EXPIRY_NOTICE)


def ended(now: datetime) -> QuerySet[CooperationProfile]:
    """Published profiles whose day has come, shown until then or not."""
    return CooperationProfile.objects.filter(
        basis=Basis.APPROVED, status=ProfileStatus.PUBLISHED, expires_at__lte=now
    )


def expire_profiles(*, now: datetime) -> int:
    """Enter that profiles have ended; their number. Done twice it changes nothing, many may do it at a time."""
    return _each(_first(ended(now)), ended, _expire, now)


def tell_of_ends(*, now: datetime) -> int:
    """Tell broker and company of each profile that ends soon, once for each end; the number of profiles told of."""
    return _each(_untold(running_out(now)), running_out, _tell_of_end, now)


def _first(rows: QuerySet[CooperationProfile]) -> list[int]:
    return list(rows.order_by("expires_at", "pk").values_list("pk", flat=True)[:BATCH])


def _untold(rows: QuerySet[CooperationProfile]) -> list[int]:
    """Those whose end nobody was told; what was told stays due until its end and must not fill the batch."""
    by_key = {ends_key(one): one.pk for one in rows.order_by("expires_at", "pk")}
    told = set(InboxItem.objects.filter(key__in=by_key).values_list("key", flat=True))
    return [pk for key, pk in by_key.items() if key not in told][:BATCH]


def _each(
    keys: list[int],
    due: Callable[[datetime], QuerySet[CooperationProfile]],
    step: Callable[[CooperationProfile, datetime], bool],
    now: datetime,
) -> int:
    return len(take_each(keys, partial(_one, due, step, now), sweep="companies.ends_of_profiles"))


def _one(
    due: Callable[[datetime], QuerySet[CooperationProfile]],
    step: Callable[[CooperationProfile, datetime], bool],
    now: datetime,
    key: int,
) -> bool:
    """Lock the profile as the services do, and look again whether it is due."""
    profile = CooperationProfile.objects.filter(pk=key).first()
    if profile is None or profile.company.erased_at:
        return False
    profile = locked(profile)
    return due(now).filter(pk=key).exists() and step(profile, now)


def _expire(profile: CooperationProfile, now: datetime) -> bool:
    profile.status = step_of(profile, Act.EXPIRE, now).to
    profile.save(update_fields=["status", "updated_at"])
    settle_end(profile, now)
    record(events.PROFILE_EXPIRED, about=profile, by=CLOCK, company_id=profile.company.public_id)
    tell_broker(notices.PROFILE_EXPIRED, profile, key=f"expired:{profile.public_id}:{now:%Y%m%d}")
    return True


def _tell_of_end(profile: CooperationProfile, now: datetime) -> bool:
    key = ends_key(profile)
    if InboxItem.objects.filter(key=key).exists():
        return False
    notice = notices.PROFILE_ENDS_FOR_GOOD if profile.renewed_at else notices.PROFILE_ENDS_SOON
    tell_broker(notice, profile, key=key, day=profile.expires_at)
    tell_company(notices.OWN_PROFILE_ENDS, profile, key=own_ends_key(profile), day=profile.expires_at)
    return True
