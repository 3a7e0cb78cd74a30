"""The page on which staff see what failed too often."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from companies.policies import require
from tibs.accounts.middleware import actor_in
from tibs.accounts.permissions import Permission
from tibs.core.errors import WrongStateError
from tibs.reports.parked.rows import Kind, groups
from tibs.reports.parked.services import try_again, try_all_again
from tibs.reports.policies import can_repeat_work

MOST = 2**63
ALL = "all"


@require_safe
@never_cache
def parked(request: HttpRequest) -> HttpResponse:
    """Letters, deliveries, renewals and the newest run, where three attempts did not help."""
    actor = actor_in(request)
    require(can_repeat_work(actor))
    found = groups()
    context = {
        "groups": [group for group in found if group.rows],
        "may_run": actor.may(Permission.RUN_MATCHING),
    }
    return render(request, "reports/parked.html", context)


@require_POST
def again(request: HttpRequest) -> HttpResponse:
    """Give one row (`kind`, `row`) another three attempts, or with `row=all` all those of a kind that are shown."""
    actor = actor_in(request)
    require(can_repeat_work(actor))
    kind, row = request.POST.get("kind", ""), request.POST.get("row", "")
    if kind in Kind and row == ALL:
        return _all_again(request, Kind(kind))
    if kind not in Kind or not (row.isascii() and row.isdigit() and len(row) < len(str(MOST))):
        raise Http404
    try:
        try_again(kind=Kind(kind), pk=int(row), by=actor)
    except WrongStateError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, gettext("It is tried again now."))
    return redirect("parked")


def _all_again(request: HttpRequest, kind: Kind) -> HttpResponse:
    freed = try_all_again(kind=kind, by=actor_in(request))
    said = ngettext("%(number)s is tried again now.", "%(number)s are tried again now.", freed)
    messages.success(request, said % {"number": freed})
    return redirect("parked")
