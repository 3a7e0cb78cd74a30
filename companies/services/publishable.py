"""Whether a profile can be published, and whether what is published is shown: told to its broker when it changes."""

from datetime import datetime

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise

from companies import notices
from companies.choices import Basis, ProfileStatus, Purpose
from companies.models import Company, Consent, CooperationProfile
from companies.models.profile import of_companies_that_take_part
from companies.profile_stages import MOVES, Act, Guard
from companies.services.profile_moves import CHECKS, REFUSALS, is_approved, unmet
from companies.services.profile_people import (
    ask_company,
    hidden_key,
    latest_round,
    round_key,
    settle_hidden,
    settle_round,
    tell_broker,
)
from tibs.accounts.actor import Actor
from tibs.core.sweeps import take_each
from tibs.events.models import InboxItem
from tibs.events.notices import Notice

PUBLISH = MOVES[ProfileStatus.COMPANY_APPROVAL, Act.PUBLISH]
SHOWN = (Guard.SERVED, Guard.RUNNING, Guard.CONSENTED)


def why_hidden(profile: CooperationProfile, now: datetime) -> Guard | None:
    """What keeps a profile that counts as published from being shown; None where nothing does."""
    if profile.status != ProfileStatus.PUBLISHED or profile.basis != Basis.APPROVED:
        return None
    return next((guard for guard in SHOWN if not CHECKS[guard](profile, now)), None)


def what_is_missing(profile: CooperationProfile, now: datetime) -> list[Promise]:
    """What is to be done before a profile with the company can be published, as sentences."""
    return [REFUSALS[guard] for guard in unmet(PUBLISH, profile, now)]


def tell_of_approval(profile: CooperationProfile, now: datetime) -> None:
    """The company approved the words: its broker hears that it can be published, or what is missing still."""
    missing = what_is_missing(profile, now)
    notice = notices.PROFILE_APPROVED_BUT if missing else notices.PROFILE_APPROVED
    tell_broker(notice, profile, key=round_key("publish", latest_round(profile)), missing=missing)


def ask_for_consent(profile: CooperationProfile, now: datetime) -> None:
    """The broker wrote down that the company approved the words: where its consent is missing, which only the company
    itself knows to be meant, the company is asked for it, once in a round of reading."""
    if not CHECKS[Guard.CONSENTED](profile, now):
        _ask_for_consent(notices.CONSENT_WANTED, profile, "consent")


def remind_of_what_is_missing(profile: CooperationProfile, now: datetime) -> None:
    """Half of the time is over, and the words that were approved cannot be published: the broker hears why, and the
    company is reminded of its consent, unless it took that back."""
    settle_round(profile, now, "publish")
    key = round_key("publish_reminded", latest_round(profile))
    tell_broker(notices.PROFILE_APPROVED_BUT, profile, key=key, missing=what_is_missing(profile, now))
    latest = _latest_consent(profile)
    if not CHECKS[Guard.CONSENTED](profile, now) and (latest is None or latest.is_given):
        settle_round(profile, now, "consent")
        _ask_for_consent(notices.CONSENT_REMINDED, profile, "consent_reminded")


def _ask_for_consent(notice: Notice, profile: CooperationProfile, what: str) -> None:
    url = reverse("own_consents", args=[profile.company.public_id])
    ask_company(notice, profile, key=round_key(what, latest_round(profile)), url=url)


def _latest_consent(profile: CooperationProfile) -> Consent | None:
    of_firm = Consent.objects.filter(company=profile.company_id, purpose=Purpose.PUBLISH_ANONYMOUS)
    return of_firm.order_by("-pk").first()


def tell_of_consent(company: Company, by: Actor) -> None:
    """Rule: the company agreed. What is approved can be published now, and what was hidden is shown again."""
    now = timezone.now()
    for profile in company.profiles.filter(basis=Basis.APPROVED, status=ProfileStatus.PUBLISHED):
        if why_hidden(profile, now) is None:
            settle_hidden(profile, now)
    for profile in company.profiles.filter(basis=Basis.APPROVED, status=ProfileStatus.COMPANY_APPROVAL):
        missing = unmet(PUBLISH, profile, now)
        if Guard.CONSENTED not in missing:
            settle_round(profile, now, "consent", "consent_reminded")
        if is_approved(profile, now) and not missing:
            _tell_of_way_out(profile, now)


def _tell_of_way_out(profile: CooperationProfile, now: datetime) -> None:
    before = round_key("publish", latest_round(profile))
    told = InboxItem.objects.filter(key=before, notice=notices.PROFILE_APPROVED.code, done_at=None)
    if told.exists():
        return
    settle_round(profile, now, "publish", "publish_reminded", "publish_late")
    key = round_key("publishable", latest_round(profile))
    tell_broker(notices.PROFILE_CAN_BE_PUBLISHED, profile, key=key)


def tell_of_lost_consent(company: Company, by: Actor) -> None:
    """Rule: the company took a consent back, and its published profiles may be hidden by it."""
    _tell_what_is_hidden(company.profiles.filter(basis=Basis.APPROVED, status=ProfileStatus.PUBLISHED))


def tell_of_hidden(*, now: datetime) -> int:
    """Tell of profiles that count as published and whose consent ran out, once for each end; the number looked at."""
    shown = CooperationProfile.objects.published().values("pk")
    hidden = CooperationProfile.objects.filter(
        of_companies_that_take_part(),
        basis=Basis.APPROVED,
        status=ProfileStatus.PUBLISHED,
        expires_at__gt=now,
    ).exclude(pk__in=shown)
    keys = hidden.order_by("pk").values_list("pk", flat=True)
    return len(
        take_each(keys, lambda key: _tell_what_is_hidden(hidden.filter(pk=key)), sweep="companies.hidden")
    )


def _tell_what_is_hidden(profiles: QuerySet[CooperationProfile]) -> bool:
    """Whether one of them is hidden for want of a consent; its broker hears once for each consent that ended."""
    found = [
        one
        for one in profiles.select_related("company")
        if why_hidden(one, timezone.now()) == Guard.CONSENTED
    ]
    for profile in found:
        latest = _latest_consent(profile)
        notice = notices.CONSENT_ENDED if latest and latest.is_given else notices.CONSENT_TAKEN_BACK
        tell_broker(notice, profile, key=hidden_key(profile, str(latest.pk) if latest else ""))
    return bool(found)
