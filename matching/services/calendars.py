"""Calendar entries of meetings, by RFC 5545 and 5546: the same entry in ever newer versions."""

from datetime import UTC, datetime, timedelta
from email.utils import parseaddr
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext
from icalendar import Calendar, Event, vCalAddress, vText

from matching import sides
from matching.choices import MeetingStatus
from matching.models import Meeting
from tibs.accounts.models import User
from tibs.core.errors import WrongStateError
from tibs.core.links import absolute


def calendar_of(meeting: Meeting, reader: User) -> bytes:
    """The meeting as a file for the reader's calendar, which it enters, moves or takes out again.

    Nobody's address but the reader's own is in it. WrongStateError as long as no time was ever fixed.
    """
    if meeting.starts_at is None or meeting.status == MeetingStatus.PROPOSED:
        raise WrongStateError(gettext("The time of this meeting is not fixed yet."))
    is_cancelled = meeting.status == MeetingStatus.CANCELLED
    calendar = Calendar()
    calendar.add("prodid", "-//TIBS//Meetings//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if is_cancelled else "REQUEST")
    calendar.add_component(_event(meeting, meeting.starts_at, reader, is_cancelled=is_cancelled))
    return bytes(calendar.to_ical())


def _event(meeting: Meeting, starts_at: datetime, reader: User, *, is_cancelled: bool) -> Event:
    link = absolute(reverse("cooperation", args=[meeting.cooperation.public_id]))
    names = {
        "one": sides.companies_of(meeting.cooperation)[0].name,
        "other": sides.companies_of(meeting.cooperation)[1].name,
    }
    event = Event()
    event.add("uid", f"{meeting.public_id}@{urlsplit(settings.TIBS_PUBLIC_URL).hostname}")
    event.add("sequence", meeting.sequence)
    event.add("dtstamp", meeting.updated_at.astimezone(UTC))
    event.add("dtstart", starts_at.astimezone(UTC))
    event.add("dtend", starts_at.astimezone(UTC) + timedelta(minutes=meeting.minutes_long))
    event.add("summary", gettext("Meeting of %(one)s and %(other)s") % names)
    event.add("location", meeting.place)
    event.add("description", link)
    event.add("url", link)
    event.add("status", "CANCELLED" if is_cancelled else "CONFIRMED")
    event["organizer"] = _address(parseaddr(settings.DEFAULT_FROM_EMAIL)[1], "TIBS")
    event.add("attendee", _address(reader.email, reader.name), encode=False)
    return event


def _address(address: str, name: str) -> vCalAddress:
    made = vCalAddress(f"mailto:{address}")
    made.params["cn"] = vText(name)
    return made
