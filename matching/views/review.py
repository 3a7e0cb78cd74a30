"""The review of matches: what waits, and what was put aside."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from companies.models import CooperationProfile
from companies.policies import require
from matching import selectors
from matching.choices import Choice, DismissReason
from matching.forms.review import DecisionForm
from matching.models import Match
from matching.policies import can_read_matches
from matching.presenting.decisions import decided_rows
from matching.presenting.standing import shown_to
from matching.services.decisions import decide, undo
from matching.services.impressions import note_shown
from matching.services.review import to_review
from matching.views.sides import own_decided, sides
from tibs.accounts.actor import Actor
from tibs.accounts.middleware import actor_in
from tibs.core.back import way_back
from tibs.core.counting import capped_count
from tibs.core.errors import DomainError, NotAllowedError
from tibs.core.paging import BadCursorError, links_of, page_of

BEST_FIRST = ("-score", "public_id")
NEWEST_FIRST = ("-decided_at", "-id")
DECIDED_ON_A_PAGE = 50


@require_safe
def match_review(request: HttpRequest) -> HttpResponse:
    """New and changed candidates of all companies in the reader's care, or of one profile (`?profile=prf_…`)."""
    actor = actor_in(request)
    require(can_read_matches(actor))
    profile = _profile(request, actor)
    waiting = to_review(actor, profile)
    is_lost, cursor = False, request.GET.get("cursor", "")
    rows = selectors.with_sides(waiting)
    try:
        page = page_of(rows, by=BEST_FIRST, size=selectors.CARDS_ON_A_PAGE, cursor=cursor)
    except BadCursorError:
        page, is_lost = page_of(rows, by=BEST_FIRST, size=selectors.CARDS_ON_A_PAGE), True
    pairs = sides(page.rows)
    note_shown([(own.pk, match) for own, match in pairs], request.user, timezone.localdate())
    context = {
        "profile": profile,
        "shown": shown_to(actor, pairs),
        "count": capped_count(waiting),
        "page": page,
        "links": links_of(page, request),
        "reasons": DismissReason.choices,
        "back": request.get_full_path(),
        "is_lost": is_lost,
    }
    return render(request, "matching/match_review.html", context, status=400 if is_lost else 200)


@require_safe
def match_shortlist(request: HttpRequest) -> HttpResponse:
    """What was shortlisted, or with `?show=dismissed` what was found not relevant, newest first."""
    actor = actor_in(request)
    require(can_read_matches(actor))
    choice = Choice.DISMISSED if request.GET.get("show") == Choice.DISMISSED else Choice.SHORTLISTED
    rows = selectors.decided(actor, choice)
    try:
        page = page_of(rows, by=NEWEST_FIRST, size=DECIDED_ON_A_PAGE, cursor=request.GET.get("cursor", ""))
    except BadCursorError:
        page = page_of(rows, by=NEWEST_FIRST, size=DECIDED_ON_A_PAGE)
    context = {
        "is_dismissed": choice == Choice.DISMISSED,
        "rows": decided_rows(page.rows, actor),
        "links": links_of(page, request),
        "back": request.get_full_path(),
    }
    return render(request, "matching/match_shortlist.html", context)


@require_POST
def match_decide(request: HttpRequest, public_id: str, match_id: str) -> HttpResponse:
    """Shortlist, dismiss with a reason, or take that back; then back to where the reader was."""
    own, match = own_decided(request, public_id, match_id)
    form = DecisionForm(request.POST)
    if not form.is_valid():
        messages.error(request, gettext("This could not be noted. Please choose again."))
    else:
        try:
            _act(form, own, match, actor_in(request))
        except NotAllowedError:
            raise
        except DomainError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _done(form))
    return HttpResponseRedirect(way_back(request, own.get_absolute_url()))


def _act(form: DecisionForm, own: CooperationProfile, match: Match, by: Actor) -> None:
    if form.is_undo:
        undo(match=match, profile=own, by=by)
    else:
        decide(match=match, profile=own, verdict=form.verdict(), by=by)


def _done(form: DecisionForm) -> str:
    return {
        Choice.SHORTLISTED.value: gettext("The partner is on the shortlist."),
        Choice.DISMISSED.value: gettext("Noted as not relevant. You can take it back in the list of these."),
    }.get(form.cleaned_data["choice"], gettext("The decision is taken back."))


def _profile(request: HttpRequest, actor: Actor) -> CooperationProfile | None:
    if "profile" not in request.GET:
        return None
    found: CooperationProfile = get_object_or_404(
        selectors.profiles_worked_on(actor), public_id=request.GET["profile"]
    )
    return found
