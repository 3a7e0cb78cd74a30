"""The one thing to do next for a company."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from companies import events
from companies.choices import WaitsFor
from companies.models import Company, NextStep
from companies.services.checks import refuse_misfits
from companies.services.files import author, open_file
from companies.stages import RESTING
from tibs.accounts.actor import Actor
from tibs.core.errors import BadInputError, WrongStateError
from tibs.events.recording import record

EARLIEST, LATEST = date(2000, 1, 1), date(2100, 1, 1)


@dataclass(frozen=True)
class Step:
    """What is to be done, until when, and for whom it waits."""

    what: str
    due_date: date
    waits_for: WaitsFor = WaitsFor.US


@transaction.atomic
def set_next_step(*, company: Company, step: Step, by: Actor) -> NextStep:
    """Write down what to do next. A step that is open already is changed: there is exactly one."""
    company = open_file(company, by)
    if company.stage in RESTING:
        raise WrongStateError(_("Nothing is to be done for a company in this stage. Take it up again first."))
    _check(step)
    row = NextStep.objects.filter(company=company, done_at=None).first()
    before = row and (row.what, row.due_date, row.waits_for)
    row = row or NextStep(company=company)
    row.what, row.due_date, row.waits_for = step.what.strip(), step.due_date, step.waits_for
    if before == (row.what, row.due_date, row.waits_for):
        return row
    row.made_by = author(by)
    refuse_misfits(row, exclude=["company", "made_by"])
    row.save()
    record(
        events.NEXT_STEP_SET,
        about=company,
        by=by,
        company_id=company.public_id,
        facts={"due": str(row.due_date), "waits_for": row.waits_for},
        personal={"what": row.what},
    )
    return row


@transaction.atomic
def finish_next_step(
    *, step: NextStep, by: Actor, then: Step | None = None, now: datetime | None = None
) -> NextStep | None:
    """Mark a step as done and write down the one after it, in one go; returns the new one.

    A step that is done already is not done twice: WrongStateError, so that a double click sets nothing twice.
    """
    company = open_file(step.company, by)
    done = NextStep.objects.filter(pk=step.pk, company=company, done_at=None)
    if not done.update(done_at=now or timezone.now()):
        raise WrongStateError(_("This step is done already."))
    record(
        events.NEXT_STEP_DONE,
        about=company,
        by=by,
        company_id=company.public_id,
        personal={"what": step.what},
    )
    return set_next_step(company=company, step=then, by=by) if then else None


def _check(step: Step) -> None:
    if not EARLIEST <= step.due_date < LATEST:
        never = _("Give a day of this century.")
        raise BadInputError(never, fields={"due_date": never})
