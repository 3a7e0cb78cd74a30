"""The action plan of a completed assessment, and what it must hold before a profile is published."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from companies import events
from companies.assessments.instrument import BARRIERS
from companies.assessments.results import Barrier
from companies.assessments.versions import instrument
from companies.models import ActionPlan, ActionStep, Assessment, Company
from companies.services.checks import refuse_misfits
from companies.services.conflicts import ChangedMeanwhileError
from companies.services.files import author, open_file
from tibs.accounts.actor import Actor
from tibs.core.errors import WrongStateError
from tibs.events.recording import record


@transaction.atomic
def set_goal(*, assessment: Assessment, goal: str, by: Actor, read: str | None = None) -> ActionPlan:
    """Write down what the plan is to reach.

    `read` is the goal as the writer found it: ChangedMeanwhileError where somebody else wrote another one since.
    """
    plan = plan_of(assessment, by)
    goal = goal.strip()
    if read is not None and plan.goal not in (read, goal):
        raise ChangedMeanwhileError(plan)
    plan.goal = goal
    refuse_misfits(plan, exclude=["company", "assessment", "made_by"])
    plan.save(update_fields=["goal", "updated_at"])
    record(events.PLAN_CHANGED, about=plan, by=by, company_id=plan.company.public_id, fields=["goal"])
    return plan


def latest_completed(company: Company) -> Assessment | None:
    """The assessment by which the company stands now: that of its plan, and of its next profile."""
    return company.assessments.completed().newest_first().first()


def unanswered_barriers(company: Company, area: str) -> list[Barrier]:
    """Blocking barriers of an area, by the latest completed assessment, against which no plan has an action."""
    latest = latest_completed(company)
    return barriers_without_step(latest, area) if latest else []


def barriers_without_step(assessment: Assessment, area: str) -> list[Barrier]:
    """Those of one completed assessment against which its own plan has no action."""
    steps = ActionStep.objects.filter(plan__assessment=assessment).exclude(barrier="")
    acted = set(steps.values_list("barrier", flat=True))
    return [barrier for barrier in blocking_in(assessment, area) if barrier.item not in acted]


def blocking_in(assessment: Assessment, area: str) -> list[Barrier]:
    """The blocking barriers that the broker found in an area."""
    asked = instrument(assessment.instrument_version)
    severe = assessment.answers.filter(
        rater="broker", area=area, item__in=asked.items[BARRIERS], value__gte=asked.rules.blocking
    )
    return [
        Barrier(area, answer.item, answer.value or 0, blocking=True) for answer in severe.order_by("item")
    ]


def plan_of(assessment: Assessment, by: Actor) -> ActionPlan:
    """The plan of a completed assessment, for somebody who may write in it; it is made where there is none."""
    if assessment.company is None:
        raise WrongStateError(_("An action plan follows a completed assessment."))
    # The company first: its plan points to it, and a merge locks it before it moves the assessment.
    company = open_file(assessment.company, by)
    found = Assessment.objects.select_for_update(of=["self"]).get(pk=assessment.pk)
    if found.completed_at is None:
        raise WrongStateError(_("An action plan follows a completed assessment."))
    return ActionPlan.objects.get_or_create(
        assessment=found,
        defaults={"company": company, "area": found.chosen_area, "made_by": author(by)},
    )[0]
