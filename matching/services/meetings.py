"""Meetings of two firms: times proposed, one taken, changed or cancelled, and what came of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from companies.choices import Channel, Support
from companies.models import Company
from companies.policies import can_change_company, require
from companies.services.checks import refuse_misfits
from companies.services.files import author
from companies.services.interactions import log_interaction
from matching import events, sides
from matching.choices import MeetingStatus
from matching.cooperation_stages import OPEN_COOPERATIONS, Turn
from matching.handshake import Side
from matching.models import Cooperation, Meeting
from matching.models.cooperation import CHOOSE, MEET, PROPOSE, SLOTS
from matching.notices import cooperations as notices
from matching.policies import can_take_part, can_work_on_cooperation
from matching.services import cooperations
from matching.services.cooperations import PLANNED, Step, held_open, held_to_meet
from matching.services.introductions.grounds import refuse_away
from matching.services.telling import record_for_both, settle_all, tell, tell_both
from tibs.accounts.actor import Actor, system
from tibs.core.errors import BadInputError, NotAllowedError, WrongStateError
from tibs.events.notices import Notice
from tibs.figures import LONGEST_MEETING, SHORTEST_MEETING

# Writes the meeting into the contact log of the firm that the one who notes it does not serve.
LOG = system("matching.meetings")


@dataclass(frozen=True)
class Proposal:
    """Three different moments to come, the length in minutes, and where: a place or a web address."""

    slots: Sequence[datetime]
    minutes_long: int
    place: str = ""


@transaction.atomic
def propose_meeting(
    *, cooperation: Cooperation, proposal: Proposal, by: Actor, now: datetime | None = None
) -> Meeting:
    """A broker proposes three times for a meeting; the other side takes one or proposes others."""
    cooperation = held_open(cooperation)
    require(can_work_on_cooperation(by, cooperation))
    if cooperation.meetings.filter(status__in=PLANNED).exists():
        raise WrongStateError(_("A meeting is planned already. Change that one."))
    refuse_away(*sides.companies_of(cooperation))
    return _propose(Meeting(cooperation=cooperation), cooperation, proposal, by, now or timezone.now())


@transaction.atomic
def propose_other_times(
    *, meeting: Meeting, proposal: Proposal, by: Actor, now: datetime | None = None
) -> Meeting:
    """Propose other times for a meeting, also for one whose time was fixed; then the other side chooses."""
    cooperation = held_to_meet(meeting.cooperation)
    require(can_take_part(by, cooperation))
    meeting, now = _planned(meeting, cooperation), now or timezone.now()
    refuse_away(*sides.companies_of(cooperation))
    was_soon = cooperations.is_soon(meeting, now)
    given_up = meeting.starts_at if meeting.status == MeetingStatus.FIXED else None
    meeting = _propose(meeting, cooperation, proposal, by, now)
    if given_up:
        notice = notices.MEETING_MOVED_SOON if was_soon else notices.MEETING_MOVED
        _tell_moved(notice, meeting, given_up, by)
    return meeting


@transaction.atomic
def take_slot(*, meeting: Meeting, moment: datetime, by: Actor, now: datetime | None = None) -> Meeting:
    """The side that did not propose takes one of the times, by its broker or by its firm."""
    now = now or timezone.now()
    cooperation = held_to_meet(meeting.cooperation)
    require(can_take_part(by, cooperation))
    meeting = _planned(meeting, cooperation)
    if meeting.status != MeetingStatus.PROPOSED:
        raise WrongStateError(_("The time is fixed already."))
    refuse_away(*sides.companies_of(cooperation))
    if Side(meeting.proposed_side).other not in sides.sides_of(by, cooperation):
        raise NotAllowedError(_("The other side chooses one of the times."))
    if moment not in meeting.slots:
        raise BadInputError(_("Choose one of the times."))
    if moment <= now:
        raise WrongStateError(_("This time is over. Choose another one."))
    meeting.sequence += meeting.starts_at is not None
    meeting.status, meeting.starts_at = MeetingStatus.FIXED, moment
    meeting.save(update_fields=["status", "starts_at", "sequence", "updated_at"])
    record_for_both(events.MEETING_FIXED, cooperation, by)
    settle_all(cooperation, now, key=_key(meeting, "times"))
    cooperations.forget_reminders(cooperation, now)
    notice = notices.MEETING_FIXED_SOON if cooperations.is_soon(meeting, now) else notices.MEETING_FIXED
    tell_both(notice, cooperation, key=_key(meeting, f"fixed:{meeting.sequence}"), by=by)
    here = sides.broker_of(cooperation, Side(meeting.proposed_side))
    cooperations.follow_own_step(cooperation, MEET, here, timezone.localdate(moment))
    return meeting


@transaction.atomic
def cancel_meeting(*, meeting: Meeting, by: Actor, now: datetime | None = None) -> Meeting:
    """Call a planned meeting off; calendars learn it by the next version of the entry."""
    cooperation = held_to_meet(meeting.cooperation)
    require(can_take_part(by, cooperation))
    meeting = _planned(meeting, cooperation)
    now = now or timezone.now()
    cooperations.call_off(meeting, cooperation, by, now)
    cooperations.forget_reminders(cooperation, now)
    record_for_both(events.MEETING_CANCELLED, cooperation, by)
    here = sides.broker_of(cooperation, Side(meeting.proposed_side or Side.SENDER))
    due = cooperations.some_days_on(cooperation, now)
    cooperations.follow_own_step(cooperation, PROPOSE, here, due)
    return meeting


@transaction.atomic
def note_meeting(
    *, meeting: Meeting, minutes: str, then: Step | None, channel: str, by: Actor, now: datetime | None = None
) -> Meeting:
    """Write down what came of a meeting that has begun, and what is to be done next while the two firms still talk;
    where their agreement counts meanwhile nothing is, whatever `then` says.

    It stands in the contact log of both firms, with its length in hours.
    """
    now = now or timezone.now()
    cooperation = held_to_meet(meeting.cooperation)
    require(can_work_on_cooperation(by, cooperation))
    meeting = _planned(meeting, cooperation)
    if meeting.status != MeetingStatus.FIXED or meeting.starts_at is None or meeting.starts_at > now:
        raise WrongStateError(_("This meeting has not taken place yet."))
    meeting.minutes, meeting.status, meeting.held_at = minutes.strip(), MeetingStatus.HELD, now
    refuse_misfits(meeting, exclude=["cooperation", "proposed_by"])
    meeting.save(update_fields=["minutes", "status", "held_at", "updated_at"])
    cooperations.turn(cooperation, Turn.MEETING_HELD)
    still_talk = cooperation.status in OPEN_COOPERATIONS
    if still_talk:
        cooperations.take_step(cooperation, then)
    cooperations.save(cooperation, ["status", *cooperations.STEP])
    for company in sides.companies_of(cooperation):
        _log(company, meeting, channel, by)
    record_for_both(events.MEETING_HELD, cooperation, by)
    if still_talk:
        cooperations.tell_step(cooperation, by, now)
    else:
        settle_all(cooperation, now, key="step:")
    return meeting


def _propose(
    meeting: Meeting, cooperation: Cooperation, proposal: Proposal, by: Actor, now: datetime
) -> Meeting:
    _refuse_bad_times(proposal, now)
    person = author(by)
    mine = next(iter(sides.sides_of(by, cooperation)), None)
    if mine is None:
        raise NotAllowedError(_("You may not do this."))
    meeting.proposed_by = person or sides.broker_of(cooperation, mine)
    meeting.proposed_side, meeting.status = mine, MeetingStatus.PROPOSED
    meeting.slots = sorted(proposal.slots)
    meeting.minutes_long, meeting.place = proposal.minutes_long, proposal.place.strip()
    refuse_misfits(meeting, exclude=["cooperation", "proposed_by"])
    meeting.save()
    record_for_both(events.MEETING_PROPOSED, cooperation, by)
    settle_all(cooperation, now, key=_key(meeting, "times"))
    cooperations.forget_reminders(cooperation, now)
    people = sides.people_of(cooperation, mine.other)
    key = _key(meeting, f"times:{now.timestamp():.0f}")
    tell(notices.TIMES_PROPOSED, cooperation, key=key, to=people, by=by)
    there = sides.broker_of(cooperation, mine.other)
    cooperations.follow_own_step(cooperation, CHOOSE, there, timezone.localdate(meeting.slots[0]))
    return meeting


def _tell_moved(notice: Notice, meeting: Meeting, given_up: datetime, by: Actor) -> None:
    """Both sides hear, each by the day on its own clock, that nobody meets at the time that was fixed."""
    for side in Side:
        country = sides.company_of(meeting.cooperation, side).country
        tell(
            notice,
            meeting.cooperation,
            key=_key(meeting, f"moved:{meeting.sequence}"),
            to=sides.people_of(meeting.cooperation, side),
            by=by,
            values={"day": given_up.astimezone(ZoneInfo(country.time_zone)).date().isoformat()},
        )


def _refuse_bad_times(proposal: Proposal, now: datetime) -> None:
    if len(set(proposal.slots)) != SLOTS or len(proposal.slots) != SLOTS:
        three = _("Propose three different times.")
        raise BadInputError(three, fields={"slots": three})
    if min(proposal.slots) <= now:
        over = _("Propose times to come.")
        raise BadInputError(over, fields={"slots": over})
    if not SHORTEST_MEETING <= proposal.minutes_long <= LONGEST_MEETING:
        length = _("A meeting lasts between 15 minutes and 8 hours.")
        raise BadInputError(length, fields={"minutes_long": length})


def _planned(meeting: Meeting, cooperation: Cooperation) -> Meeting:
    """The meeting as it stands now; its cooperation is locked, and nothing changes it meanwhile."""
    found = Meeting.objects.get(pk=meeting.pk, cooperation=cooperation)
    if found.status not in PLANNED:
        raise WrongStateError(_("This meeting is not planned any more."))
    found.cooperation = cooperation
    return found


def _log(company: Company, meeting: Meeting, channel: str, by: Actor) -> None:
    if company.erased_at or company.merged_into_id:
        return
    values = {
        "at": meeting.starts_at,
        "channel": channel or Channel.VIDEO,
        "hours": (Decimal(meeting.minutes_long) / 60).quantize(Decimal("0.01")),
        "support": Support.INTRODUCTION,
        "content": meeting.minutes,
    }
    log_interaction(company=company, values=values, by=by if can_change_company(by, company) else LOG)


def _key(meeting: Meeting, what: str) -> str:
    return f"{meeting.public_id}:{what}"
