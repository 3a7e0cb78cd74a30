"""The self-assessment without an account: a link brings people back, the session knows which one is theirs."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from brokers.forms.finding import BrokerFinder
from brokers.selectors import nearest
from companies.assessments.versions import instrument
from companies.choices import Rater
from companies.forms.assessments import ResumeLetterForm
from companies.models import Assessment
from companies.services.assessments.coming_back import (
    find_public_assessment,
    mail_resume_link,
)
from companies.services.assessments.starting import start_public_assessment
from companies.services.assessments.visitor_limits import (
    count_answering,
    count_beginning,
    count_printing,
)
from companies.views.assessments.pages import is_of, result_pdf, save_answer, show_part
from companies.views.assessments.questions import minutes_left
from companies.views.assessments.results import result_page_of
from companies.views.assessments.sittings import FIRM_PART, Sitting
from tibs.accounts.middleware import actor_in
from tibs.core.addresses import network_of
from tibs.core.back import way_back
from tibs.core.limits import CounterAwayError, LimitReachedError

KEPT = "self_assessment"


def at_own[**More](
    view: Callable[Concatenate[HttpRequest, Sitting, More], HttpResponse],
) -> Callable[Concatenate[HttpRequest, More], HttpResponse]:
    """A view of the visitor's own self-assessment; where this browser knows none, a page that asks for its link."""

    @wraps(view)
    def with_own(request: HttpRequest, /, *args: More.args, **kwargs: More.kwargs) -> HttpResponse:
        found = own_assessment(request) or _brought_back(request)
        if found is None:
            return render(request, "companies/assessments/lost.html", status=404)
        return view(request, _sitting(request, found), *args, **kwargs)

    return with_own


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def self_assessment(request: HttpRequest) -> HttpResponse:
    """What it is, how long it takes, and what becomes of the answers, before the first question."""
    status, wait = 200, 0
    if request.method == "POST":
        try:
            count_beginning(network_of(request))
        except LimitReachedError as error:
            messages.error(request, str(error))
            status, wait = 429, error.seconds
        else:
            made, token = start_public_assessment(language=get_language() or "en", by=actor_in(request))
            _remember(request, made, token)
            return redirect("self_assessment_part", FIRM_PART)
    context = {
        "open": own_assessment(request),
        "questions": len(instrument().firm_items) + 9 * len(instrument().quick_items),
    }
    return _later(render(request, "companies/assessments/welcome.html", context, status=status), wait)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def self_assessment_resume(request: HttpRequest, token: str) -> HttpResponse:
    """The link that brings people back; opening it changes nothing, since letters carry it, too: the button does.

    The page they land on no longer has the token in its address.
    """
    found = find_public_assessment(token)
    if found is None:
        messages.error(request, gettext("This link has ended, or the answers belong to a registration now."))
        return redirect("self_assessment")
    mine = own_assessment(request)
    if request.method == "POST":
        _remember(request, found, token)
    elif mine != found:
        return render(request, "companies/assessments/resume.html", {"is_another_open": mine is not None})
    return redirect("self_assessment_part", FIRM_PART)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@at_own
def self_assessment_mail(request: HttpRequest, sitting: Sitting) -> HttpResponse:
    """Send the link to an address; whoever it belongs to, the answer is the same."""
    back = way_back(request, sitting.part_url(FIRM_PART))
    form, wait = ResumeLetterForm(request.POST if request.method == "POST" else None), 0
    if form.is_valid():
        try:
            mail_resume_link(
                token=sitting.token,
                to=form.cleaned_data["email"],
                language=get_language() or "en",
                network=network_of(request),
            )
        except (LimitReachedError, CounterAwayError) as error:
            form.add_error(None, str(error))
            wait = error.seconds if isinstance(error, LimitReachedError) else 0
        else:
            sent = gettext("We are sending the link to %(address)s.") % {
                "address": form.cleaned_data["email"]
            }
            messages.success(request, sent)
            return HttpResponseRedirect(back)
    context = {"form": form, "back": back, "crumbs": []}
    status = 429 if wait else 400 if form.errors else 200
    return _later(render(request, "companies/assessments/mail.html", context, status=status), wait)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@at_own
def self_assessment_part(request: HttpRequest, sitting: Sitting, part: str) -> HttpResponse:
    """One page of questions."""
    if request.method == "POST":
        sitting = _of_the_page(request, sitting)
        try:
            count_answering(network_of(request), sitting.assessment.public_id)
        except LimitReachedError as error:
            return _refused(request, error)
    return show_part(request, sitting, part, [])


@login_not_required
@require_POST
@at_own
def self_assessment_answer(request: HttpRequest, sitting: Sitting) -> HttpResponse:
    """Autosave of one answer; 429 when too many come, which the page keeps and sends again."""
    try:
        # What is sent from another page is refused, and counts for nobody.
        if is_of(sitting, request.POST):
            count_answering(network_of(request), sitting.assessment.public_id)
    except LimitReachedError as error:
        return _later(JsonResponse({"error": str(error), "code": error.code}, status=429), error.seconds)
    return save_answer(request, sitting)


@login_not_required
@require_safe
@at_own
def self_assessment_result(request: HttpRequest, sitting: Sitting) -> HttpResponse:
    """The instant result, the brokers of the firm's region, and the link that brings people back."""
    finder = BrokerFinder(request.GET if "country" in request.GET else None)
    home = finder.home if finder.is_valid() else None
    context = {
        "sitting": sitting,
        "assessment": sitting.assessment,
        "page": result_page_of(sitting),
        "crumbs": [],
        "minutes": minutes_left(sitting),
        "first_part_url": sitting.part_url(FIRM_PART),
        "pdf_url": sitting.url("pdf"),
        "form": finder,
        "place": (finder.place or home) if home else None,
        "hosts": nearest(home, finder.place) if home else [],
    }
    return render(request, "companies/assessments/result.html", context, status=400 if finder.errors else 200)


@login_not_required
@require_safe
@at_own
def self_assessment_pdf(request: HttpRequest, sitting: Sitting) -> HttpResponse:
    """The result to take along, in the reader's language."""
    try:
        count_printing(network_of(request))
    except LimitReachedError as error:
        return _refused(request, error)
    return result_pdf(sitting)


def own_assessment(request: HttpRequest) -> Assessment | None:
    """The visitor's own assessment, as long as it is open and nobody's."""
    kept = request.session.get(KEPT)
    if not kept:
        return None
    mine = Assessment.objects.drafts().filter(company=None, expires_at__gt=timezone.now())
    return mine.filter(public_id=kept["id"]).first()


def _remember(request: HttpRequest, mine: Assessment, token: str) -> None:
    request.session[KEPT] = {"id": mine.public_id, "token": token}


def _brought_back(request: HttpRequest) -> Assessment | None:
    """The assessment of a page that outlived its session: what it sends brings its link along, and goes on with it."""
    token = request.POST.get("token", "")
    found = find_public_assessment(token) if token else None
    if found is not None:
        _remember(request, found, token)
    return found


def _of_the_page(request: HttpRequest, sitting: Sitting) -> Sitting:
    """Who saves a whole page goes on with the assessment of that page, though another one was begun in this browser."""
    found = None if is_of(sitting, request.POST) else _brought_back(request)
    return sitting if found is None else _sitting(request, found)


def _sitting(request: HttpRequest, found: Assessment) -> Sitting:
    return Sitting(found, Rater.SELF, actor_in(request), token=request.session[KEPT]["token"])


def _refused(request: HttpRequest, error: LimitReachedError) -> HttpResponse:
    return _later(render(request, "400.html", {"reason": str(error)}, status=429), error.seconds)


def _later(answer: HttpResponse, seconds: int) -> HttpResponse:
    """The answer, with the time to wait if there is one."""
    if seconds:
        answer.headers["Retry-After"] = str(seconds)
    return answer
