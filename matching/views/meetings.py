"""Acts on meetings: proposing, choosing and cancelling times, the calendar entry, the minutes."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from companies.models import Company
from companies.policies import require
from companies.views.acts import done_or_told, sent
from matching import sides
from matching.forms.meetings import MinutesForm, ProposalForm
from matching.handshake import Side
from matching.meeting_times import slot
from matching.models import Cooperation, Meeting
from matching.policies import can_work_on_cooperation
from matching.services.calendars import calendar_of
from matching.services.meetings import (
    cancel_meeting,
    note_meeting,
    propose_meeting,
    propose_other_times,
    take_slot,
)
from matching.views.cooperation_pages import (
    FormPage,
    address,
    cooperation_worked_on,
    crumbs_to,
    form_page,
    meeting_of,
    title_of,
)
from tibs.accounts.actor import Actor
from tibs.accounts.middleware import actor_in
from tibs.accounts.models import User
from tibs.core.errors import DomainError, NotAllowedError, WrongStateError
from tibs.core.refusals import show_in


@require_http_methods(["GET", "POST"])
def meeting_propose(request: HttpRequest, public_id: str) -> HttpResponse:
    """Propose three times for a meeting."""
    return _propose(request, cooperation_worked_on(request, public_id), None)


@require_http_methods(["GET", "POST"])
def meeting_times(request: HttpRequest, public_id: str) -> HttpResponse:
    """Propose other times, or move a meeting whose time was fixed."""
    meeting = meeting_of(request, public_id)
    return _propose(request, meeting.cooperation, meeting)


@require_POST
def meeting_take(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take one of the times."""
    meeting = meeting_of(request, public_id)

    def take() -> Meeting:
        return take_slot(meeting=meeting, moment=_moment(request.POST.get("slot", "")), by=actor_in(request))

    done_or_told(request, take, gettext("The time is fixed. Put it into your calendar."))
    return HttpResponseRedirect(address(meeting.cooperation))


@require_POST
def meeting_cancel(request: HttpRequest, public_id: str) -> HttpResponse:
    """Call a meeting off."""
    meeting = meeting_of(request, public_id)
    done_or_told(
        request,
        lambda: cancel_meeting(meeting=meeting, by=actor_in(request)),
        gettext("The meeting is cancelled. The other side is told."),
    )
    return HttpResponseRedirect(address(meeting.cooperation))


@require_safe
def meeting_calendar(request: HttpRequest, public_id: str) -> HttpResponse:
    """The meeting as a file for the reader's calendar."""
    meeting = meeting_of(request, public_id)
    reader = get_object_or_404(User, public_id=actor_in(request).id)
    content = calendar_of(meeting, reader)
    headers = {
        "Content-Disposition": f'attachment; filename="{meeting.public_id}.ics"',
        "Cache-Control": "no-store",
    }
    return HttpResponse(content, content_type="text/calendar; charset=utf-8", headers=headers)


@require_http_methods(["GET", "POST"])
def meeting_minutes(request: HttpRequest, public_id: str) -> HttpResponse:
    """Write down what came of a meeting, and what comes next."""
    meeting = meeting_of(request, public_id)
    cooperation, actor = meeting.cooperation, actor_in(request)
    require(can_work_on_cooperation(actor, cooperation))
    form = MinutesForm(sent(request), cooperation=cooperation)
    if form.is_valid():
        values = form.cleaned_data
        try:
            note_meeting(
                meeting=meeting,
                minutes=values["minutes"],
                channel=values["channel"],
                then=form.then(),
                by=actor,
            )
        except NotAllowedError:
            raise
        except DomainError as error:
            show_in(form, error)
        else:
            messages.success(request, gettext("The minutes are in the contact log of both firms."))
            return HttpResponseRedirect(address(cooperation))
    page = FormPage(
        title=gettext("Minutes of the meeting"),
        save=gettext("Save the minutes"),
        back=address(cooperation),
        crumbs=crumbs_to(cooperation, actor),
        lead=title_of(cooperation),
    )
    return form_page(request, page, form)


def _propose(request: HttpRequest, cooperation: Cooperation, meeting: Meeting | None) -> HttpResponse:
    actor = actor_in(request)
    home = _home(actor, cooperation)
    initial = {"minutes_long": meeting.minutes_long, "place": meeting.place} if meeting else None
    form = ProposalForm(sent(request), zone=ZoneInfo(home.country.time_zone), initial=initial)
    if form.is_valid():
        try:
            made = (
                propose_other_times(meeting=meeting, proposal=form.proposal(), by=actor)
                if meeting
                else propose_meeting(cooperation=cooperation, proposal=form.proposal(), by=actor)
            )
        except NotAllowedError:
            raise
        except DomainError as error:
            _show(form, error)
        else:
            _tell_outcome(request, made, cooperation)
            return HttpResponseRedirect(address(cooperation))
    page = FormPage(
        title=gettext("Propose other times") if meeting else gettext("Propose times for a meeting"),
        save=gettext("Propose these times"),
        back=address(cooperation),
        crumbs=crumbs_to(cooperation, actor),
        lead=title_of(cooperation),
        notice=gettext("All times are on the clock of %(country)s. The other side sees them on both clocks.")
        % {"country": home.country.name},
    )
    return form_page(request, page, form)


def _home(actor: Actor, cooperation: Cooperation) -> Company:
    """The firm on whose clock the reader gives times."""
    mine = sides.sides_of(actor, cooperation)
    return sides.company_of(cooperation, mine[0] if mine else Side.SENDER)


def _show(form: ProposalForm, error: DomainError) -> None:
    """What concerns all three times stands above them."""
    if "slots" in error.fields:
        form.add_error(None, str(error))
    else:
        show_in(form, error)


def _tell_outcome(request: HttpRequest, meeting: Meeting, cooperation: Cooperation) -> None:
    one, other = sides.companies_of(cooperation)
    slots = [slot(moment, one.country, other.country) for moment in meeting.slots]
    if any(one.is_outside_hours for one in slots):
        messages.warning(
            request, gettext("The times are proposed. One of them is outside of working hours on one side.")
        )
    else:
        messages.success(request, gettext("The times are proposed. The other side chooses one."))


def _moment(given: str) -> datetime:
    try:
        moment = datetime.fromisoformat(given)
    except ValueError as error:
        raise WrongStateError(gettext("Choose one of the times.")) from error
    if timezone.is_naive(moment):
        raise WrongStateError(gettext("Choose one of the times."))
    return moment
