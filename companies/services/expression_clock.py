"""The clock of confirmed interest: its broker is reminded at half of the time, the coordinators hear at its end, and
at double time the visitor is told, who can write to the organisation.

It stays open whatever happens, since only a person can take it up. A firm that nobody has claimed has the clock of its
lead, so that nobody hears of one silence twice.
"""

from collections.abc import Callable
from datetime import datetime

from django.db.models import Q, QuerySet
from django.urls import reverse

from companies import events
from companies.choices import InterestStatus, Stage
from companies.models import Company, ExpressionOfInterest
from companies.notices import EXPRESSION_LATE, EXPRESSION_REMINDED
from companies.services.escalations import who_decides
from companies.services.expression_letters import key_of, round_key_of, tell_of_interest
from companies.services.expressions import LATE, REMINDED, broker_of
from tibs.accounts.actor import system
from tibs.core.links import absolute
from tibs.core.sweeps import Steps, take_due
from tibs.events.recording import record
from tibs.events.services.letters import write_letter

CLOCK = system("companies.interest_clock")


def advance_interests(*, now: datetime) -> int:
    """Do what is due for the interest that waits; the number of steps. Done twice it changes nothing, and many may do
    it at a time."""
    return take_due(STEPS, hold=_hold, now=now, sweep="companies.interest_of_visitors")


def _hold(key: int) -> ExpressionOfInterest | None:
    rows = ExpressionOfInterest.objects.select_for_update(of=["self"])
    return rows.select_related("company__owner", "company__host", "profile", "country").filter(pk=key).first()


def _waiting() -> QuerySet[ExpressionOfInterest]:
    return ExpressionOfInterest.objects.filter(status=InterestStatus.ROUTED, company__erased_at=None)


def _of_claimed() -> QuerySet[ExpressionOfInterest]:
    return _waiting().filter(Q(company__owner__isnull=False) | ~Q(company__stage=Stage.LEAD))


def _to_remind(now: datetime) -> QuerySet[ExpressionOfInterest]:
    return _of_claimed().filter(remind_at__lte=now, due_at__gt=now, reminded_at=None)


def _to_escalate(now: datetime) -> QuerySet[ExpressionOfInterest]:
    return _of_claimed().filter(due_at__lte=now, escalated_at=None)


def _to_return(now: datetime) -> QuerySet[ExpressionOfInterest]:
    return _waiting().filter(return_at__lte=now)


def _remind(expression: ExpressionOfInterest, company: Company, now: datetime) -> None:
    expression.reminded_at = now
    expression.save(update_fields=["reminded_at", "updated_at"])
    if broker := broker_of(company):
        key = round_key_of(expression, REMINDED)
        tell_of_interest(EXPRESSION_REMINDED, expression, company, broker, key=key)


def _escalate(expression: ExpressionOfInterest, company: Company, now: datetime) -> None:
    expression.escalated_at = now
    expression.save(update_fields=["escalated_at", "updated_at"])
    people = list(who_decides(company))
    key = round_key_of(expression, LATE)
    for person in people:
        tell_of_interest(EXPRESSION_LATE, expression, company, person, key=key)
    record(
        events.EXPRESSION_ESCALATED,
        about=expression,
        by=CLOCK,
        company_id=company.public_id,
        facts={"told": [person.public_id for person in people]},
    )


def _return(expression: ExpressionOfInterest, company: Company, _now: datetime) -> None:
    """Tell the visitor once, who had been promised an answer by a day."""
    expression.return_at = None
    expression.save(update_fields=["return_at", "updated_at"])
    if expression.email:
        write_letter(
            template="interest_late",
            to=expression.email,
            language=expression.language,
            context={
                "name": expression.name,
                "reference": str(expression.profile.reference),
                "host": company.host.name,
                "link": absolute(reverse("directory")),
            },
            company_id=company.public_id,
            key=key_of(expression, "visitor_late"),
        )


def _for_firm(
    act: Callable[[ExpressionOfInterest, Company, datetime], None],
) -> Callable[[ExpressionOfInterest, datetime], bool]:
    """A step of interest that has reached a firm."""

    def step(expression: ExpressionOfInterest, now: datetime) -> bool:
        if expression.company is None:
            return False
        act(expression, expression.company, now)
        return True

    return step


STEPS: Steps[ExpressionOfInterest] = (
    (_to_return, _for_firm(_return)),
    (_to_escalate, _for_firm(_escalate)),
    (_to_remind, _for_firm(_remind)),
)
