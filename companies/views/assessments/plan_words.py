"""An action plan as its readers see it: the broker who writes it, and the firm."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from companies.choices import WaitsFor
from companies.forms.assessments import GoalForm, StepForm
from companies.models import ActionPlan, ActionStep, Assessment
from companies.services.assessments.plans import barriers_without_step, latest_completed
from companies.views.assessments.sittings import Sitting


@dataclass(frozen=True)
class PlanForms:
    """What a broker writes a plan in; forms that were sent and refused come back with what was written."""

    goal: GoalForm | None = None
    step: StepForm | None = None


@dataclass(frozen=True)
class ToldStep:
    """One step in the reader's words; `is_late` after its day, as long as it is not done.

    `agreed` is the day of the assessment in whose plan it stands, `plan_url` that plan.
    """

    pk: int
    what: str
    who: str
    until: date | None
    is_late: bool
    referral: str
    barrier: str
    is_done: bool
    agreed: date | None
    plan_url: str


@dataclass(frozen=True)
class ToldPlan:
    """The goal, the steps (what is open and ends first comes first), barriers without a step, and the forms.

    `earlier` are the steps that are still open in earlier plans, shown beside the plan that counts now. `newest_url`
    leads from the plan of an earlier assessment to the one that counts now; empty on that one.
    """

    goal: str
    steps: list[ToldStep]
    earlier: list[ToldStep]
    unanswered: list[str]
    newest_url: str
    goal_form: GoalForm
    step_form: StepForm

    def __bool__(self) -> bool:
        return bool(self.goal or self.steps or self.earlier)


def told_plan(sitting: Sitting, forms: PlanForms | None = None) -> ToldPlan:
    """The plan of a completed assessment."""
    forms = forms or PlanForms()
    plan: ActionPlan | None = getattr(sitting.assessment, "plan", None)
    rows = sorted(_steps_of(sitting), key=_pressing)
    own = [step for step in rows if step.plan.assessment_id == sitting.assessment.pk]
    goal = plan.goal if plan else ""
    newest_url = _newest_url(sitting)
    return ToldPlan(
        goal=goal,
        steps=[_told(step, sitting) for step in own],
        earlier=[] if newest_url else [_told(step, sitting) for step in rows if step not in own],
        unanswered=[] if newest_url else _unanswered(sitting),
        newest_url=newest_url,
        goal_form=forms.goal or GoalForm(goal=goal),
        step_form=forms.step or StepForm(spoken=sitting.words),
    )


def _steps_of(sitting: Sitting) -> QuerySet[ActionStep]:
    """All steps of this plan, and those that are open in other plans of the company; one query."""
    assessment = sitting.assessment
    shown = Q(plan__assessment=assessment) | Q(done_at=None)
    return ActionStep.objects.filter(shown, plan__company=assessment.company).select_related(
        "plan__assessment"
    )


def _pressing(step: ActionStep) -> tuple[bool, date, int]:
    return (step.done_at is not None, step.due_date or date.max, step.pk)


def _told(step: ActionStep, sitting: Sitting) -> ToldStep:
    is_late = step.due_date is not None and step.due_date < timezone.localdate()
    assessment = step.plan.assessment
    return ToldStep(
        pk=step.pk,
        what=step.what,
        who=_who(step, sitting),
        until=step.due_date,
        is_late=is_late and step.done_at is None,
        referral=step.referral,
        barrier=sitting.words.text("items", step.barrier) if step.barrier else "",
        is_done=step.done_at is not None,
        agreed=timezone.localdate(assessment.completed_at) if assessment.completed_at else None,
        plan_url=plan_url(assessment),
    )


def _who(step: ActionStep, sitting: Sitting) -> str:
    """Brokers write "us": the firm reads who that is."""
    if step.waits_for == WaitsFor.US and not sitting.is_broker:
        return gettext("Your broker")
    return step.get_waits_for_display()


def _newest_url(sitting: Sitting) -> str:
    company = sitting.assessment.company
    latest = latest_completed(company) if company else None
    if latest is None or latest == sitting.assessment:
        return ""
    return plan_url(latest)


def plan_url(assessment: Assessment) -> str:
    """The address of the plan of a completed assessment, on the page of its result."""
    return f"{reverse('assessment_result', args=[assessment.public_id])}#plan"


def _unanswered(sitting: Sitting) -> list[str]:
    """Blocking barriers of the chosen area that no step acts against."""
    area = sitting.assessment.chosen_area
    if not area or not sitting.is_broker:
        return []
    return [sitting.words.item(one.area, one.item) for one in barriers_without_step(sitting.assessment, area)]
