"""Until when a request for research partners takes interest: its call for proposals says the day."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext

from companies.choices import ProfileType
from companies.models import CooperationProfile, ResearchCall


def call_of(profile: CooperationProfile) -> ResearchCall | None:
    """The call for proposals of a request for research partners; one that was written for another type is shown to
    nobody. Reads `profile.call`."""
    call: ResearchCall | None = getattr(profile, "call", None)
    return call if profile.type == ProfileType.RESEARCH_REQUEST else None


def last_day(profile: CooperationProfile) -> date | None:
    """The last day on which the profile's call takes expressions of interest; None without a call. Reads
    `profile.call`."""
    call = call_of(profile)
    return call.interest_until if call else None


def why_over(profile: CooperationProfile, now: datetime) -> str:
    """A sentence once that day is over where the company is; '' before, and without a call."""
    last, zone = last_day(profile), ZoneInfo(profile.company.country.time_zone)
    if last is None or last >= timezone.localdate(now, zone):
        return ""
    return gettext(
        "The call for proposals took expressions of interest until %(day)s, so this profile takes no new contacts."
    ) % {"day": date_format(last)}
