"""What somebody who works with a company sees and can do on its page."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Subquery, Sum, Value
from django.db.models.functions import Coalesce, JSONObject
from django.utils import timezone
from django.utils.functional import Promise

from brokers.wording import reason_sentences
from companies.choices import Decision, InterestStatus, Stage
from companies.forms.notes import DoneForm, LogForm, NextStepForm
from companies.models import Company, ExpressionOfInterest, Interaction, NextStep, Screening
from companies.policies import can_change_company
from companies.querysets import CompanyQuerySet
from companies.services.stages import REFUSALS, conditions_of, missing
from companies.stages import RESTING, Guard, moves_from
from companies.wording import lead_sentences
from tibs.accounts.actor import Actor


@dataclass(frozen=True)
class PossibleMove:
    """A stage that may follow: at once, with a reason, or only after `obstacle` is out of the way."""

    to: Stage
    needs_reason: bool
    obstacle: str | Promise


@dataclass(frozen=True)
class Bench:
    """The working part of a company's page. `step` is None where nobody wrote down what to do next."""

    step: NextStep | None
    is_overdue: bool
    needs_step: bool
    step_form: NextStepForm
    log_form: LogForm
    moves: list[PossibleMove]
    hours: Decimal
    decision: str
    can_be_claimed: bool
    can_be_screened: bool
    is_late: bool
    proposal: list[str]
    proposed_to_reader: bool

    @property
    def free(self) -> list[PossibleMove]:
        return [move for move in self.moves if not move.needs_reason and not move.obstacle]

    @property
    def with_reason(self) -> list[PossibleMove]:
        return [move for move in self.moves if move.needs_reason and not move.obstacle]

    @property
    def blocked(self) -> list[PossibleMove]:
        return [move for move in self.moves if move.obstacle]


def with_notes(companies: CompanyQuerySet) -> CompanyQuerySet:
    """With the hours of the contact log, the decision of the latest screening ('' without one), and the
    expressions of interest that wait for a broker."""
    hours = Interaction.objects.filter(company=OuterRef("pk")).order_by().values("company")
    latest = Screening.objects.filter(company=OuterRef("pk")).order_by("-id").values("decision")[:1]
    interests = ExpressionOfInterest.objects.filter(company=OuterRef("pk"), status=InterestStatus.ROUTED)
    return companies.annotate(
        interests=ArraySubquery(
            interests.order_by("due_at", "id").values(
                said=JSONObject(id="public_id", name="organisation_name", reference="profile__reference")
            )
        ),
        hours_spent=Subquery(hours.annotate(sum=Sum("hours")).values("sum")),
        latest_decision=Coalesce(Subquery(latest), Value("")),
    )


def bench_of(company: Any, actor: Actor) -> Bench | None:
    """The workbench for a company read by `with_notes`; None for readers who change nothing. One query, two for a
    lead whose proposal is explained."""
    if not can_change_company(actor, company):
        return None
    step = NextStep.objects.filter(company=company, done_at=None).first()
    today = timezone.localdate(timezone=ZoneInfo(company.country.time_zone))
    is_lead = company.stage == Stage.LEAD and company.owner_id is None
    met = conditions_of(company, company.latest_decision) | {Guard.REASON}
    return Bench(
        step=step,
        is_overdue=step is not None and step.due_date < today,
        needs_step=step is None and not is_lead and company.stage not in {*RESTING, Stage.DORMANT},
        step_form=DoneForm() if step else NextStepForm(),
        log_form=LogForm(company=company),
        moves=[] if is_lead else _moves(company, met),
        hours=company.hours_spent or Decimal(0),
        decision=str(dict(Decision.choices).get(company.latest_decision, "")),
        can_be_claimed=is_lead,
        can_be_screened=not is_lead and company.stage in {Stage.LEAD, Stage.SCREENING},
        is_late=_is_late(company),
        proposal=[*reason_sentences(company.routing_facts), *lead_sentences(company)] if is_lead else [],
        proposed_to_reader=company.proposed_owner is not None
        and company.proposed_owner.public_id == actor.id,
    )


def _moves(company: Company, met: set[Guard]) -> list[PossibleMove]:
    return [
        PossibleMove(
            to=move.to,
            needs_reason=Guard.REASON in move.guards,
            obstacle=next((REFUSALS[guard] for guard in missing(move, met)), ""),
        )
        for move in moves_from(company.stage)
    ]


def _is_late(company: Company) -> bool:
    return company.answer_due_at is not None and company.answer_due_at < timezone.now()
