"""The clock of profiles that wait for their company's approval, for other words, or for their publication.

Whoever it waits for is reminded at half of the time, and the coordinators hear at its end. Nothing goes back at double
time: an approval that nobody gave must not become a publication, and words that nobody changed stay as they are.
"""

from datetime import datetime

from django.db.models import QuerySet

from companies import events, notices
from companies.choices import Basis, ProfileStatus
from companies.models import CooperationProfile
from companies.models.profile import of_companies_that_take_part
from companies.services.escalations import who_decides
from companies.services.profile_moves import CLOCKS, is_approved, locked
from companies.services.profile_people import ask_company, latest_round, round_key, tell_broker, tell_people
from companies.services.publishable import remind_of_what_is_missing, what_is_missing
from tibs.accounts.actor import system
from tibs.core.sweeps import Steps, take_due
from tibs.events.notices import Notice
from tibs.events.recording import record

CLOCK = system("companies.profile_clock")


def advance_profiles(*, now: datetime) -> int:
    """Do what is due for the profiles that wait; the number of steps. Done twice it changes nothing, and many may do
    it at a time."""
    return take_due(STEPS, hold=_hold, now=now, sweep="companies.waiting_profiles")


def _hold(key: int) -> CooperationProfile:
    return locked(CooperationProfile.objects.get(pk=key))


def _waiting() -> QuerySet[CooperationProfile]:
    return CooperationProfile.objects.filter(
        of_companies_that_take_part(), basis=Basis.APPROVED, status__in=CLOCKS
    )


def _to_remind(now: datetime) -> QuerySet[CooperationProfile]:
    return _waiting().filter(remind_at__lte=now, due_at__gt=now, reminded_at=None)


def _to_escalate(now: datetime) -> QuerySet[CooperationProfile]:
    return _waiting().filter(due_at__lte=now, escalated_at=None)


def _waited_for(profile: CooperationProfile, now: datetime) -> tuple[str, Notice, Notice]:
    """What is waited for, as the keys of the inbox begin, with its reminder and what is told at the end of its time."""
    if profile.status == ProfileStatus.CHANGES_REQUESTED:
        return "changes", notices.CHANGES_REMINDED, notices.CHANGES_LATE
    if is_approved(profile, now):
        late = notices.STUCK if what_is_missing(profile, now) else notices.PUBLISH_LATE
        return "publish", notices.PUBLISH_REMINDED, late
    return "approval", notices.APPROVAL_REMINDED, notices.APPROVAL_LATE


def _remind(profile: CooperationProfile, now: datetime) -> bool:
    profile.reminded_at = now
    profile.save(update_fields=["reminded_at"])
    what, notice, late = _waited_for(profile, now)
    if late is notices.STUCK:
        remind_of_what_is_missing(profile, now)
        return True
    tell = ask_company if notice is notices.APPROVAL_REMINDED else tell_broker
    tell(notice, profile, key=round_key(f"{what}_reminded", latest_round(profile)))
    return True


def _escalate(profile: CooperationProfile, now: datetime) -> bool:
    profile.escalated_at = now
    profile.save(update_fields=["escalated_at"])
    what, _reminder, notice = _waited_for(profile, now)
    key = round_key(f"{what}_late", latest_round(profile))
    people = list(who_decides(profile.company))
    missing = what_is_missing(profile, now) if notice is notices.STUCK else ()
    tell_broker(notice, profile, key=key, missing=missing)
    tell_people(notice, profile, people, key=key, missing=missing)
    record(
        events.PROFILE_ESCALATED,
        about=profile,
        by=CLOCK,
        company_id=profile.company.public_id,
        facts={"status": profile.status, "told": [person.public_id for person in people]},
    )
    return True


STEPS: Steps[CooperationProfile] = ((_to_escalate, _escalate), (_to_remind, _remind))
