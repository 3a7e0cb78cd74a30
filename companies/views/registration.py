"""The public registration: a list of steps, a page for each, the check before sending."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from companies.forms.human import HumanForm
from companies.forms.section import Section
from companies.forms.sections import SECTIONS
from companies.models import Registration
from companies.services.registration import (
    mail_resume_link,
    save_section,
    send_again,
    send_registration,
)
from companies.services.registration_facts import missing_sections
from companies.services.registration_limits import count_saving, count_sending
from companies.views.assessments.visitors import own_assessment
from companies.views.registration_session import (
    AFTER_COMPANY,
    answers_of,
    current_registration,
    filled_form,
    is_sent,
    keep,
    next_section,
    steps_of,
)
from companies.views.registration_summary import summary
from companies.wording import size_sentences
from tibs.core.addresses import network_of
from tibs.core.errors import BadInputError, DomainError, WrongStateError
from tibs.core.limits import LimitReachedError

page = require_http_methods(["GET", "HEAD", "POST"])


@login_not_required
@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """Where everything begins and comes back to: which sections there are and which are done."""
    registration = current_registration(request)
    answers = answers_of(registration)
    context = {
        "steps": steps_of(answers),
        "is_begun": bool(answers),
        "is_complete": not missing_sections(answers),
        "is_sent": is_sent(registration),
        "address": registration.email if registration else "",
        "size": size_sentences(answers["size"]) if answers.get("size") else [],
        "following": next_section(answers),
    }
    return render(request, "companies/register.html", context)


@login_not_required
@page
def register_section(request: HttpRequest, section: str) -> HttpResponse:
    """The questions of one section. Searching for a branch draws the page again with everything that was written."""
    kind = SECTIONS.get(section)
    if kind is None:
        raise Http404
    registration = current_registration(request)
    answers = answers_of(registration)
    if section in AFTER_COMPANY and not answers.get("company"):
        messages.info(request, gettext("Please tell us about your company first."))
        return redirect("register_section", "company")
    if request.method != "POST":
        return _draw(request, filled_form(kind, answers, timezone.now().timestamp()))
    if request.POST.get("action") == "search":
        return _draw(
            request, kind(initial=_written(kind, request), others=answers, now=timezone.now().timestamp())
        )
    form = kind(request.POST, others=answers, now=timezone.now().timestamp())
    if not form.is_valid():
        return _draw(request, form)
    try:
        registration = _save(request, registration, form)
    except LimitReachedError as error:
        form.add_error(None, str(error))
        return _later(_draw(request, form, status=429), error)
    except WrongStateError:
        return redirect("register_sent")
    keep(request, registration)
    if request.POST.get("action") == "later":
        return _mail_link(request, registration)
    following = next_section(registration.answers)
    return redirect("register_section", following) if following else redirect("register_check")


@login_not_required
@page
def register_check(request: HttpRequest) -> HttpResponse:
    """All answers in words, and the button that sends them."""
    registration = current_registration(request)
    if registration is None or missing_sections(registration.answers):
        return redirect("register")
    if is_sent(registration) and request.method == "POST":
        return redirect("register_sent")
    form = HumanForm(request.POST if request.method == "POST" else None, now=timezone.now().timestamp())
    if not form.is_valid():
        return _draw_check(request, registration, form)
    try:
        is_counted = count_sending(network_of(request))
        send_registration(
            registration=registration,
            is_counted=is_counted,
            is_trapped=form.is_trapped,
            assessment=own_assessment(request),
        )
    except LimitReachedError as error:
        form.add_error(None, str(error))
        return _later(_draw_check(request, registration, form, status=429), error)
    return redirect("register_sent")


@login_not_required
@page
def register_sent(request: HttpRequest) -> HttpResponse:
    """What happens now; the letter can be asked for again. Those that are held read the same."""
    registration = current_registration(request)
    if not is_sent(registration):
        return redirect("register")
    if request.method == "POST" and registration:
        send_again(registration=registration)
        messages.success(request, gettext("We are sending the letter once more."))
        return redirect("register_sent")
    return render(request, "companies/register_sent.html", {"registration": registration})


@login_not_required
@require_POST
def register_later(request: HttpRequest) -> HttpResponse:
    """Send the link by which the registration can be continued."""
    registration = current_registration(request)
    return _mail_link(request, registration) if registration else redirect("register")


def _mail_link(request: HttpRequest, registration: Registration) -> HttpResponse:
    try:
        mail_resume_link(registration=registration)
    except BadInputError as error:
        messages.warning(request, str(error))
        return redirect("register_section", "about")
    except DomainError as error:  # nothing is lost without the link
        messages.warning(request, str(error))
        return redirect("register")
    words = gettext("Everything is saved. We are sending a link to %(address)s by which you continue.")
    messages.success(request, words % {"address": registration.email})
    return redirect("register")


def _save(request: HttpRequest, registration: Registration | None, form: Section) -> Registration:
    network = network_of(request)
    count_saving(network)
    return save_section(
        registration=registration,
        form_token=form.token,
        section=form.code,
        answers=form.answers,
        language=get_language() or "en",
        network=network,
        is_trapped=form.is_trapped,
        now=timezone.now(),
    )


def _written(kind: type[Section], request: HttpRequest) -> dict[str, Any]:
    """What stands in the fields of a page that is drawn again without judging it."""
    return {
        name: field.widget.value_from_datadict(request.POST, request.FILES, name)
        for name, field in kind.base_fields.items()
    }


def _draw(request: HttpRequest, form: Section, *, status: int = 200) -> HttpResponse:
    is_activity = form.code == "activity"
    template = "companies/register_activity.html" if is_activity else "companies/register_section.html"
    context = {"form": form, "number": list(SECTIONS).index(form.code) + 1, "count": len(SECTIONS)}
    return render(request, template, context, status=status)


def _draw_check(
    request: HttpRequest, registration: Registration, form: HumanForm, *, status: int = 200
) -> HttpResponse:
    context = {
        "form": form,
        "parts": summary(registration.answers, timezone.now().timestamp()),
        "size": size_sentences(registration.answers["size"]),
        "address": registration.email,
        "assessment": own_assessment(request),
    }
    return render(request, "companies/register_check.html", context, status=status)


def _later(response: HttpResponse, error: LimitReachedError) -> HttpResponse:
    response.headers["Retry-After"] = str(error.seconds)
    return response
