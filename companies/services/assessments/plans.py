"""The action plan of a completed assessment."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from companies import events
from companies.assessments.instrument import BARRIERS
from companies.assessments.results import Barrier
from companies.assessments.versions import instrument
from companies.choices import WaitsFor
from companies.models import ActionPlan, ActionStep, Assessment, Company
from companies.policies import can_assess, require
from companies.services.checks import refuse_misfits
from companies.services.files import author
from tibs.accounts.actor import Actor
from tibs.core.errors import BadInputError, WrongStateError
from tibs.events.recording import record


@transaction.atomic
def add_step(
    *,
    assessment: Assessment,
    what: str,
    by: Actor,
    waits_for: str = WaitsFor.COMPANY,
    due_date: date | None = None,
    referral: str = "",
    barrier: str = "",
) -> ActionStep:
    """Add a step to the plan of a completed assessment; the plan is made with its first step.

    BadInputError names the fields that do not fit.
    """
    plan = _plan_of(assessment, by)
    if barrier and barrier not in instrument(assessment.instrument_version).items[BARRIERS]:
        raise BadInputError(_("This barrier is not one of the assessment."))
    step = ActionStep(
        plan=plan,
        what=what.strip(),
        waits_for=waits_for,
        due_date=due_date,
        referral=referral.strip(),
        barrier=barrier,
    )
    refuse_misfits(step, exclude=["plan"])
    step.save(force_insert=True)
    _record(plan, by)
    return step


@transaction.atomic
def finish_step(*, step: ActionStep, by: Actor, now: datetime | None = None) -> ActionStep:
    """Mark a step as done; done twice is done once."""
    found = ActionStep.objects.select_for_update(of=["self"]).select_related("plan__company").get(pk=step.pk)
    require(can_assess(by, found.plan.company))
    if found.done_at is None:
        found.done_at = now or timezone.now()
        found.save(update_fields=["done_at", "updated_at"])
        _record(found.plan, by)
    return found


@transaction.atomic
def set_goal(*, assessment: Assessment, goal: str, by: Actor) -> ActionPlan:
    """Write down what the plan is to reach."""
    plan = _plan_of(assessment, by)
    plan.goal = goal.strip()
    refuse_misfits(plan, exclude=["company", "assessment", "made_by"])
    plan.save(update_fields=["goal", "updated_at"])
    _record(plan, by)
    return plan


def unanswered_barriers(company: Company, area: str) -> list[Barrier]:
    """Blocking barriers of an area, by the latest completed assessment, against which no plan has an action."""
    latest = company.assessments.completed().order_by("-number", "-id").first()
    if latest is None:
        return []
    acted = set(
        ActionStep.objects.filter(plan__assessment=latest)
        .exclude(barrier="")
        .values_list("barrier", flat=True)
    )
    return [barrier for barrier in blocking_in(latest, area) if barrier.item not in acted]


def blocking_in(assessment: Assessment, area: str) -> list[Barrier]:
    """The blocking barriers that the broker found in an area."""
    asked = instrument(assessment.instrument_version)
    severe = assessment.answers.filter(
        rater="broker", area=area, item__in=asked.items[BARRIERS], value__gte=asked.rules.blocking
    )
    return [
        Barrier(area, answer.item, answer.value or 0, blocking=True) for answer in severe.order_by("item")
    ]


def _plan_of(assessment: Assessment, by: Actor) -> ActionPlan:
    found = Assessment.objects.select_for_update(of=["self"]).select_related("company").get(pk=assessment.pk)
    if found.company is None or found.completed_at is None:
        raise WrongStateError(_("An action plan follows a completed assessment."))
    require(can_assess(by, found.company))
    return ActionPlan.objects.get_or_create(
        assessment=found,
        defaults={"company": found.company, "area": found.chosen_area, "made_by": author(by)},
    )[0]


def _record(plan: ActionPlan, by: Actor) -> None:
    record(events.PLAN_CHANGED, about=plan, by=by, company_id=plan.company.public_id)
