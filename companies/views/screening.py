"""The page on which a company is screened."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from companies.choices import Decision
from companies.forms.screening import AnswerForm, ScreeningForm
from companies.models import Company, Screening
from companies.screening_criteria import CURRENT, Verdict
from companies.services.screenings import (
    Answer,
    chosen_reason,
    decide_screening,
    recipient,
    refusal_letter,
    verdict_of,
)
from companies.views.acts import back_to, company_worked_on, sent
from companies.views.notes import crumbs_of
from tibs.accounts.actor import Actor
from tibs.accounts.middleware import actor_in
from tibs.core.errors import BadInputError, WrongStateError
from tibs.core.refusals import show_in
from tibs.events.services.letters import rendered


@require_http_methods(["GET", "POST"])
def screening(request: HttpRequest, public_id: str) -> HttpResponse:
    """Fill in the table of criteria; before a refusal is sent its letter is shown."""
    company = company_worked_on(request, public_id)
    latest = company.screenings.order_by("-id").first()
    form = ScreeningForm(sent(request), company=company, latest=latest)
    if form.is_valid():
        try:
            return _answer(request, company, form)
        except (BadInputError, WrongStateError) as error:
            show_in(form, error)
    context = {
        "company": company,
        "crumbs": crumbs_of(company),
        "form": form,
        "table": CURRENT,
        "latest": latest,
    }
    status = 400 if form.errors else 200
    return render(request, "companies/screening.html", context, status=status)


def _answer(request: HttpRequest, company: Company, form: ScreeningForm) -> HttpResponse:
    """Decide where the points say yes or the refusal was seen; else show the refusal first."""
    verdict = verdict_of(company, form.scores)
    seen = AnswerForm(request.POST if request.POST.get("step") else None)
    if not verdict.is_eligible and (request.POST.get("step") != "decide" or not seen.is_valid()):
        return _preview(request, company, form, seen, verdict)
    made = decide_screening(
        company=company,
        scores=form.scores,
        comment=form.cleaned_data["comment"],
        answer=Answer() if verdict.is_eligible else seen.answer(),
        by=actor_in(request),
    )
    _tell(request, made, verdict)
    return back_to(request, company)


def _preview(
    request: HttpRequest, company: Company, form: ScreeningForm, seen: AnswerForm, verdict: Verdict
) -> HttpResponse:
    to = recipient(company)
    context = {
        "company": company,
        "crumbs": crumbs_of(company),
        "scores": form,
        "form": seen,
        "verdict": verdict,
        "to": to,
        "letter": to and rendered(refusal_letter(company, to, *_chosen(form, seen, actor_in(request)))),
    }
    return render(request, "companies/screening_answer.html", context, status=400 if seen.errors else 200)


def _chosen(form: ScreeningForm, seen: AnswerForm, by: Actor) -> tuple[str, Actor, str]:
    answer = seen.answer() if seen.is_bound and seen.is_valid() else Answer()
    return chosen_reason(form.scores, answer.reason), by, answer.words


def _tell(request: HttpRequest, made: Screening, verdict: Verdict) -> None:
    points = {"points": verdict.total, "most": verdict.most}
    if made.decision == Decision.ELIGIBLE:
        text = gettext("Eligible, with %(points)s of %(most)s points. The company can be enrolled now.")
    else:
        text = gettext("Not eligible, with %(points)s of %(most)s points.")
    messages.success(request, text % points)
