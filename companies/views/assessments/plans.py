"""Writing the action plan of a completed assessment: its goal, and its steps one by one."""

from collections.abc import Callable
from dataclasses import replace

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from companies.forms.assessments import GoalForm, StepForm
from companies.models import ActionStep, Company
from companies.policies import can_assess, require
from companies.services.assessments.plans import set_goal
from companies.services.assessments.steps import (
    add_step,
    carry_over_step,
    change_step,
    finish_step,
    remove_step,
    reopen_step,
)
from companies.services.conflicts import ChangedMeanwhileError
from companies.views.acts import done_or_told, sent
from companies.views.assessments.members import crumbs_of, show_result, sitting_of
from companies.views.assessments.plan_words import PlanForms, plan_url
from companies.views.assessments.sittings import Sitting
from companies.views.conflicts import conflict_page
from tibs.core.errors import BadInputError, WrongStateError
from tibs.core.refusals import show_in


@require_POST
def assessment_plan(request: HttpRequest, public_id: str) -> HttpResponse:
    """Write down the goal of the action plan, or add a step to it."""
    sitting = sitting_of(request, public_id)
    if "goal" in request.POST:
        return _goal(request, sitting)
    form = StepForm(request.POST, spoken=sitting.words)
    if _is_taken(form, lambda: add_step(assessment=sitting.assessment, by=sitting.actor, **form.values)):
        messages.success(request, gettext("The step is in the plan."))
        return _to_plan(sitting)
    return show_result(request, sitting, forms=PlanForms(step=form), status=400)


@require_http_methods(["GET", "HEAD", "POST"])
def assessment_step(request: HttpRequest, public_id: str, pk: int) -> HttpResponse:
    """Change a step of the plan."""
    sitting, company, step = _step_of(request, public_id, pk)
    form, title = StepForm(sent(request), spoken=sitting.words, step=step), gettext("Step of the action plan")
    try:
        if _is_taken(
            form, lambda: change_step(step=step, values=form.values, version=form.version, by=sitting.actor)
        ):
            messages.success(request, gettext("The step is saved."))
            return _to_plan(sitting)
    except ChangedMeanwhileError as error:
        current = StepForm(spoken=sitting.words, step=error.current)
        return conflict_page(request, company, title, form, current)
    context = {
        "assessment": sitting.assessment,
        "company": company,
        "crumbs": crumbs_of(sitting),
        "form": form,
        "step": step,
        "title": title,
    }
    return render(request, "companies/assessments/step.html", context, status=400 if form.errors else 200)


@require_POST
def assessment_step_done(request: HttpRequest, public_id: str, pk: int) -> HttpResponse:
    """Mark a step as done, or as to be done after all."""
    sitting, _company, step = _step_of(request, public_id, pk)
    if request.POST.get("done") == "0":
        reopen_step(step=step, by=sitting.actor)
    else:
        finish_step(step=step, by=sitting.actor)
    return _to_plan(sitting)


@require_POST
def assessment_step_carry(request: HttpRequest, public_id: str, pk: int) -> HttpResponse:
    """Take a step that is still open in an earlier plan of the company into the newest one."""
    sitting = sitting_of(request, public_id)
    step = _step_in(_company_worked_on(sitting), pk)
    done_or_told(
        request,
        lambda: carry_over_step(step=step, by=sitting.actor),
        gettext("The step is in the plan."),
    )
    return _to_plan(sitting)


@require_POST
def assessment_step_remove(request: HttpRequest, public_id: str, pk: int) -> HttpResponse:
    """Take a step out of the plan."""
    sitting, _company, step = _step_of(request, public_id, pk)
    raw = request.POST.get("version", "")
    version = int(raw) if raw.isdecimal() and len(raw) < 10 else 0
    try:
        remove_step(step=step, version=version, by=sitting.actor)
    except ChangedMeanwhileError:
        sentence = gettext("Somebody changed this step meanwhile. Look at it again before you take it out.")
        messages.error(request, sentence)
        return redirect("assessment_step", public_id, pk)
    except WrongStateError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, gettext("The step was taken out of the plan."))
    return _to_plan(sitting)


def _goal(request: HttpRequest, sitting: Sitting) -> HttpResponse:
    form, title = GoalForm(request.POST), gettext("What is the plan to reach?")
    try:
        if _is_taken(form, lambda: set_goal(assessment=sitting.assessment, by=sitting.actor, **form.values)):
            messages.success(request, gettext("The goal is saved."))
            return _to_plan(sitting)
    except ChangedMeanwhileError as error:
        current = GoalForm(goal=error.current.goal)
        return conflict_page(request, error.current.company, title, form, current)
    return show_result(request, sitting, forms=PlanForms(goal=form), status=400)


def _is_taken(form: GoalForm | StepForm, act: Callable[[], object]) -> bool:
    """Whether a form was sent and its service did it; a refusal of what was written is shown in the form."""
    if not form.is_valid():
        return False
    try:
        act()
    except (BadInputError, WrongStateError) as error:
        show_in(form, error)
        return False
    return True


def _step_of(request: HttpRequest, public_id: str, pk: int) -> tuple[Sitting, Company, ActionStep]:
    """A step of an address for somebody who may write the plan: strangers get 404, the firm 403.

    A step that was taken into another plan of the company meanwhile is found there: its old address still holds.
    """
    sitting = sitting_of(request, public_id)
    company = _company_worked_on(sitting)
    step = _step_in(company, pk)
    return replace(sitting, assessment=step.plan.assessment), company, step


def _step_in(company: Company, pk: int) -> ActionStep:
    steps = ActionStep.objects.select_related("plan__assessment__company", "plan__company")
    return get_object_or_404(steps, plan__company=company, pk=pk)


def _company_worked_on(sitting: Sitting) -> Company:
    company = sitting.assessment.company
    if company is None:
        raise Http404
    require(can_assess(sitting.actor, company))
    return company


def _to_plan(sitting: Sitting) -> HttpResponseRedirect:
    return HttpResponseRedirect(plan_url(sitting.assessment))
