"""Assessments for signed-in people: the firm's broker on a visit, and the firm's own people."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from companies.choices import Rater
from companies.models import Assessment, Company
from companies.policies import can_answer, can_assess, can_rate_own_company, require
from companies.services.assessments.completing import complete_assessment
from companies.services.assessments.starting import repeat_assessment, start_assessment
from companies.views.assessments.pages import result_pdf, save_answer, show_part
from companies.views.assessments.plan_words import PlanForms, told_plan
from companies.views.assessments.results import ResultPage, result_page_of
from companies.views.assessments.sittings import FIRM_PART, QUICK_PART, Sitting
from tibs.accounts.middleware import actor_in
from tibs.core.errors import DomainError


@require_http_methods(["GET", "HEAD", "POST"])
def company_assessments(request: HttpRequest, public_id: str) -> HttpResponse:
    """All assessments of a company, T0 first; the button begins the next one or opens that which is open."""
    actor = actor_in(request)
    company = get_object_or_404(Company.objects.visible_to(actor), public_id=public_id)
    require(can_assess(actor, company) or can_rate_own_company(actor, company))
    if request.method == "POST":
        made = start_assessment(company=company, language=get_language() or "en", by=actor)
        first = QUICK_PART if can_assess(actor, company) else FIRM_PART
        return redirect("assessment_part", made.public_id, first)
    rows = list(company.assessments.order_by("number", "id"))
    context = {
        "company": company,
        "crumbs": _crumbs(company, actor.companies),
        "assessments": rows,
        "has_open": any(one.completed_at is None for one in rows),
        "again": _last_completed(rows) if can_assess(actor, company) else None,
    }
    return render(request, "companies/assessments/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def assessment_part(request: HttpRequest, public_id: str, part: str) -> HttpResponse:
    """One page of questions."""
    sitting = sitting_of(request, public_id)
    require(can_answer(sitting.actor, sitting.assessment, sitting.rater))
    return show_part(request, sitting, part, crumbs_of(sitting))


@require_POST
def assessment_answer(request: HttpRequest, public_id: str) -> HttpResponse:
    """Autosave of one answer."""
    return save_answer(request, sitting_of(request, public_id))


@require_safe
def assessment_result(request: HttpRequest, public_id: str) -> HttpResponse:
    """What the answers say so far, or said when the assessment was completed."""
    return show_result(request, sitting_of(request, public_id))


@require_safe
def assessment_pdf(request: HttpRequest, public_id: str) -> HttpResponse:
    """The same to take along."""
    return result_pdf(sitting_of(request, public_id))


@require_POST
def assessment_complete(request: HttpRequest, public_id: str) -> HttpResponse:
    """Complete it; with another area than the recommended one, a reason is asked."""
    sitting = sitting_of(request, public_id)
    try:
        complete_assessment(
            assessment=sitting.assessment,
            chosen_area=request.POST.get("area", ""),
            reason=request.POST.get("reason", ""),
            seen=request.POST.get("seen"),
            by=sitting.actor,
        )
    except DomainError as error:
        if error.code == "not_allowed":
            raise
        return show_result(request, sitting_of(request, public_id), problem=str(error), status=400)
    messages.success(request, gettext("The assessment is completed. It stays as it is from now on."))
    return redirect("assessment_result", public_id)


@require_POST
def assessment_repeat(request: HttpRequest, public_id: str) -> HttpResponse:
    """Begin the next assessment with these answers."""
    sitting = sitting_of(request, public_id)
    made = repeat_assessment(assessment=sitting.assessment, by=sitting.actor)
    return redirect("assessment_part", made.public_id, QUICK_PART)


def _last_completed(rows: list[Assessment]) -> Assessment | None:
    completed = [(one.completed_at, one.pk, one) for one in rows if one.completed_at is not None]
    return max(completed)[2] if completed else None


def sitting_of(request: HttpRequest, public_id: str) -> Sitting:
    """The reader at an assessment of an address; strangers get 404."""
    actor = actor_in(request)
    found = get_object_or_404(
        Assessment.objects.visible_to(actor).select_related("company"), public_id=public_id
    )
    is_broker = found.company is not None and can_assess(actor, found.company)
    return Sitting(found, Rater.BROKER if is_broker else Rater.SELF, actor)


def show_result(
    request: HttpRequest,
    sitting: Sitting,
    *,
    problem: str = "",
    forms: PlanForms | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page of the result; `forms` of its action plan come back with what was written in them."""
    assessment = sitting.assessment
    page = result_page_of(sitting)
    context = {
        "sitting": sitting,
        "assessment": assessment,
        "crumbs": crumbs_of(sitting),
        "page": page,
        "problem": problem,
        "reason": request.POST.get("reason", ""),
        "areas": _choosable(sitting, page, request.POST.get("area", "")),
        "firm_url": sitting.part_url(FIRM_PART),
        "plan": None if sitting.is_open else told_plan(sitting, forms),
        "first_part_url": sitting.part_url(QUICK_PART if sitting.is_broker else FIRM_PART),
        "pdf_url": sitting.url("pdf"),
    }
    return render(request, "companies/assessments/result.html", context, status=status)


def _choosable(sitting: Sitting, page: ResultPage, asked: str) -> list[tuple[str, str, bool]]:
    """Code and name of each area that may be chosen, and whether it is the one that was asked for."""
    areas = page.result.areas
    codes = [area.code for area in areas if area.can_be_chosen or area.code == asked]
    return [(code, sitting.words.area(code), code == asked) for code in codes]


def crumbs_of(sitting: Sitting) -> list[tuple[str, str]]:
    """The way from the company to its assessments."""
    company = sitting.assessment.company
    if company is None:
        return []
    above = reverse("company_assessments", args=[company.public_id])
    return [*_crumbs(company, sitting.actor.companies), (gettext("Assessments"), above)]


def _crumbs(company: Company, own: frozenset[int]) -> list[tuple[str, str]]:
    if company.pk in own:
        return [(company.name, reverse("own_company", args=[company.public_id]))]
    return [(gettext("Companies"), reverse("companies")), (company.name, company.get_absolute_url())]
