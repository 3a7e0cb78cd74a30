"""Cooperations: what follows an introduction, until there is an agreement or none."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from companies.policies import require
from companies.services.checks import refuse_misfits
from companies.services.next_steps import EARLIEST, LATEST
from companies.services.ownership import colleagues
from matching import events, sides
from matching.choices import CooperationStatus, DeclineReason, MeetingStatus
from matching.cooperation_stages import OPEN_COOPERATIONS, Turn, after
from matching.handshake import Side
from matching.models import Cooperation, Introduction, Meeting
from matching.models.cooperation import OWN_STEPS, PROPOSE
from matching.notices import cooperations as notices
from matching.policies import can_work_on_cooperation
from matching.services.holding import hold_firms
from matching.services.telling import record_for_both, settle_all, tell, tell_both
from regions.working_days import deadline
from tibs.accounts.actor import Actor
from tibs.accounts.models import User
from tibs.core.errors import BadInputError, NotAllowedError, WrongStateError
from tibs.figures import FIRST_MEETING_DAYS, MEETING_IS_SOON

OVER = _("These talks have ended.")
STEP = ["next_step", "next_due_date", "owner", "step_reminded_at", "step_escalated_at"]
PLANNED = (MeetingStatus.PROPOSED, MeetingStatus.FIXED)


@dataclass(frozen=True)
class Step:
    """What is to be done next between two firms, until when, and by which of the two brokers."""

    what: str
    due_date: date
    owner: User


def follow_introduction(introduction: Introduction, by: Actor) -> None:
    """Rule: two firms that were introduced meet next."""
    open_cooperation(introduction, by)


def open_cooperation(introduction: Introduction, by: Actor) -> Cooperation:
    """Let two firms that were introduced meet; the sender's broker proposes times. Once for an introduction."""
    now = timezone.now()
    broker = introduction.sender_broker
    due = deadline(introduction.sender_company.country, now, FIRST_MEETING_DAYS)
    cooperation, is_new = Cooperation.objects.get_or_create(
        introduction=introduction,
        defaults={"owner": broker, "next_step": PROPOSE, "next_due_date": due.date()},
    )
    if is_new:
        record_for_both(events.COOPERATION_OPENED, cooperation, by)
        tell_both(notices.OPENED, cooperation, key="opened", by=by)
    return cooperation


def held(cooperation: Cooperation) -> Cooperation:
    """The cooperation as it stands now, locked until the end of the transaction with all that belongs to it, and both
    firms before it: what every act begins with."""
    hold_firms(Introduction.objects.get(cooperation=cooperation))
    return held_row(cooperation)


def held_row(cooperation: Cooperation) -> Cooperation:
    """The same for a rule, whose caller holds the firm or the introduction that it is about."""
    rows = Cooperation.objects.select_for_update(of=["self"], no_key=True).select_related(*sides.RELATED)
    return rows.get(pk=cooperation.pk)


def held_open(cooperation: Cooperation) -> Cooperation:
    """The same, while the two firms still talk."""
    cooperation = held(cooperation)
    require_open(cooperation)
    return cooperation


def held_to_meet(cooperation: Cooperation) -> Cooperation:
    """The same, while a meeting that is planned can take place: an agreement that counts ends none."""
    cooperation = held(cooperation)
    if cooperation.status == CooperationStatus.NO_DEAL:
        raise WrongStateError(OVER)
    return cooperation


def require_open(cooperation: Cooperation) -> None:
    if cooperation.status not in OPEN_COOPERATIONS:
        raise WrongStateError(OVER)


def brokers_of(cooperation: Cooperation) -> list[User]:
    """Who can own the next step: the brokers of both sides."""
    return [sides.broker_of(cooperation, side) for side in (Side.SENDER, Side.RECEIVER)]


@transaction.atomic
def set_step(*, cooperation: Cooperation, step: Step, by: Actor, now: datetime | None = None) -> Cooperation:
    """Write down what is to be done next, until when and by whom; an open cooperation always has such a step."""
    cooperation = held_open(cooperation)
    require(can_work_on_cooperation(by, cooperation))
    take_step(cooperation, step)
    save(cooperation, STEP)
    record_for_both(events.COOPERATION_STEP_SET, cooperation, by, facts={"due": str(step.due_date)})
    tell_step(cooperation, by, now or timezone.now())
    return cooperation


def tell_step(cooperation: Cooperation, by: Actor, now: datetime) -> None:
    """The step before is settled, for whomever it was; who acts next is told of the new one."""
    settle_all(cooperation, now, key="step:")
    to = [cooperation.owner]
    tell(notices.STEP_GIVEN, cooperation, key=f"step:{cooperation.version}", to=to, by=by)


def forget_reminders(cooperation: Cooperation, now: datetime) -> None:
    """Something moves between the two, so nobody is late any more; the cooperation is locked."""
    cooperation.step_reminded_at = cooperation.step_escalated_at = None
    cooperation.save(update_fields=["step_reminded_at", "step_escalated_at", "updated_at"])
    for what in ("due", "late"):
        settle_all(cooperation, now, key=f"step:{what}:")


@transaction.atomic
def give_up(
    *, cooperation: Cooperation, reason: str, note: str = "", by: Actor, now: datetime | None = None
) -> Cooperation:
    """End the talks without an agreement; the reason is one of the list, the note stays with the two brokers."""
    cooperation = held_open(cooperation)
    require(can_work_on_cooperation(by, cooperation))
    if reason not in DeclineReason.values:
        choose = _("Choose a reason.")
        raise BadInputError(choose, fields={"reason": choose})
    end_without_deal(cooperation, reason=reason, note=note.strip(), by=by, now=now or timezone.now())
    record_for_both(events.COOPERATION_GIVEN_UP, cooperation, by)
    return cooperation


def end_without_deal(cooperation: Cooperation, *, reason: str, note: str, by: Actor, now: datetime) -> None:
    """Nothing is owed or planned any more, and both sides are told, without the reason; the row is locked."""
    cooperation.no_deal_reason, cooperation.no_deal_note = reason, note
    refuse_misfits(cooperation, exclude=["introduction", "owner"])
    turn(cooperation, Turn.GIVEN_UP)
    finish(cooperation, now, ["no_deal_reason", "no_deal_note"])
    settle_all(cooperation, now)
    call_all_off(cooperation, by, now)
    tell_both(notices.NO_DEAL, cooperation, key="no_deal", by=by)


def call_all_off(cooperation: Cooperation, by: Actor, now: datetime) -> None:
    """No planned meeting takes place; the row is locked."""
    for meeting in Meeting.objects.filter(cooperation=cooperation, status__in=PLANNED):
        call_off(meeting, cooperation, by, now)


def call_off(meeting: Meeting, cooperation: Cooperation, by: Actor, now: datetime) -> None:
    """A planned meeting does not take place, and everybody is told; calendars learn it by the entry's next version."""
    notice = notices.MEETING_CANCELLED_SOON if is_soon(meeting, now) else notices.MEETING_CANCELLED
    meeting.status, meeting.sequence = MeetingStatus.CANCELLED, meeting.sequence + 1
    meeting.save(update_fields=["status", "sequence", "updated_at"])
    settle_all(cooperation, now, key=f"{meeting.public_id}:times")
    tell_both(notice, cooperation, key=f"{meeting.public_id}:cancelled", by=by)


def is_soon(meeting: Meeting, now: datetime) -> bool:
    """Whether the time of a meeting is fixed and comes so soon that somebody may be about to travel."""
    begins = meeting.starts_at if meeting.status == MeetingStatus.FIXED else None
    return begins is not None and now < begins <= now + MEETING_IS_SOON


def turn(cooperation: Cooperation, happening: Turn) -> None:
    """Move a locked cooperation by the table of its life cycle; WrongStateError where that has no such move."""
    status = after(cooperation.status, happening)
    if status is None:
        raise WrongStateError(_("This is not possible any more, or not yet."))
    cooperation.status = status


def take_step(cooperation: Cooperation, step: Step | None) -> None:
    """Put a step into a locked cooperation; the caller saves."""
    if step is None or not step.what.strip() or not EARLIEST <= step.due_date < LATEST:
        missing = _("A next step has a text and a day of this century.")
        raise BadInputError(missing, fields={"what": missing})
    if step.owner not in brokers_of(cooperation):
        stranger = _("One of the two brokers acts next.")
        raise BadInputError(stranger, fields={"owner": stranger})
    if not _is_in_office(cooperation, step.owner):
        raise NotAllowedError(_("This person does not work there any more."))
    cooperation.next_step, cooperation.next_due_date = step.what.strip(), step.due_date
    cooperation.owner = step.owner
    cooperation.step_reminded_at = cooperation.step_escalated_at = None
    refuse_misfits(cooperation, exclude=["introduction", "owner"])


def _is_in_office(cooperation: Cooperation, owner: User) -> bool:
    """Whether one of the two brokers still works there. Nobody who leaves at this moment is one of them: handing the
    introduction over waits for the firms, which the caller holds."""
    side = Side.SENDER if owner == sides.broker_of(cooperation, Side.SENDER) else Side.RECEIVER
    return colleagues(sides.company_of(cooperation, side)).filter(pk=owner.pk).exists()


def follow_own_step(cooperation: Cooperation, what: str, owner: User, due_date: date) -> None:
    """Put the next of TIBS' own steps in the place of the one before; what a broker wrote down stays."""
    if cooperation.next_step in OWN_STEPS:
        write_own_step(cooperation, what, owner, due_date)


def write_own_step(cooperation: Cooperation, what: str, owner: User, due_date: date) -> None:
    """Put one of TIBS' own steps into a locked cooperation, whatever stood there."""
    cooperation.next_step, cooperation.next_due_date = what, due_date
    if _is_in_office(cooperation, owner):  # who has left gets nothing; the owner of before keeps it
        cooperation.owner = owner
    cooperation.step_reminded_at = cooperation.step_escalated_at = None
    save(cooperation, STEP)
    settle_all(cooperation, timezone.now(), key="step:")


def wait_some_days_for(cooperation: Cooperation, what: str, owner: User, now: datetime) -> None:
    """The same step, due when `some_days_on` says."""
    write_own_step(cooperation, what, owner, some_days_on(cooperation, now))


def some_days_on(cooperation: Cooperation, now: datetime) -> date:
    """As many working days as a first meeting may take to be proposed."""
    return deadline(sides.company_of(cooperation, Side.SENDER).country, now, FIRST_MEETING_DAYS).date()


def finish(cooperation: Cooperation, now: datetime, also: list[str]) -> None:
    """Nothing is to be done between the two any more, but for a meeting that is planned."""
    cooperation.ended_at = now
    cooperation.next_step, cooperation.next_due_date = "", None
    cooperation.step_reminded_at = cooperation.step_escalated_at = None
    save(cooperation, ["status", "ended_at", *STEP, *also])
    planned = Meeting.objects.filter(cooperation=cooperation, status__in=PLANNED)
    settle_all(cooperation, now, but=list(planned.values_list("public_id", flat=True)))


def save(cooperation: Cooperation, fields: list[str]) -> None:
    cooperation.version += 1
    cooperation.save(update_fields=[*fields, "version", "updated_at"])
