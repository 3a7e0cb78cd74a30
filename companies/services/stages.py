"""Moving companies through their life cycle."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from companies import events
from companies.choices import TAKES_PART, CompanyKind, Decision, Stage
from companies.models import Company, NextStep, Screening
from companies.services.files import open_file
from companies.stages import RESTING, Guard, Move, move_of
from tibs.accounts.actor import Actor
from tibs.core.errors import BadInputError, WrongStateError
from tibs.events.recording import record

LONGEST_REASON = 500
REFUSALS: dict[Guard, Promise] = {
    Guard.OWNER: _("First somebody has to take the company: nobody is responsible for it."),
    Guard.ELIGIBLE: _("First screen the company: only one that is found eligible can have the service."),
    Guard.REFUSED: _("Fill in the table of criteria: it decides, and it tells the company why."),
    Guard.REASON: _("Say why."),
}


class MoveRefusedError(WrongStateError):
    """The life cycle has no such move, or something must be done before it; `guard` says what."""

    code = "move_refused"

    def __init__(self, message: str | Promise, guard: Guard | None = None) -> None:
        super().__init__(message)
        self.guard = guard


@transaction.atomic
def move_stage(
    *, company: Company, to: Stage | str, by: Actor, reason: str = "", now: datetime | None = None
) -> Company:
    """Move a company to the stage `to`, if its life cycle allows that now; where it is already, nothing happens.

    MoveRefusedError says what is missing. Open next steps end where the company rests afterwards.
    """
    company, to, reason = open_file(company, by), _known(to), reason.strip()
    if company.stage == to:
        return company
    if len(reason) > LONGEST_REASON:
        too_long = _("Please say it in at most 500 characters.")
        raise BadInputError(too_long, fields={"reason": too_long})
    move = move_of(company.stage, to)
    if move is None:
        raise MoveRefusedError(_("The company cannot go there from the stage it is in."))
    met = conditions(company) | ({Guard.REASON} if reason else set())
    for guard in missing(move, met):
        raise MoveRefusedError(REFUSALS[guard], guard)
    return _enter(company, to, by, reason, now or timezone.now())


def note_in_profiles(company: Company, start: Stage, now: datetime) -> None:
    """Whoever keeps a copy of the published profiles asks for what changed: they vanish or come back by the stage."""
    if (start in TAKES_PART) != (company.stage in TAKES_PART):
        company.profiles.update(updated_at=now)


def conditions(company: Company) -> set[Guard]:
    """The guards that the company itself meets now; one query."""
    latest = Screening.objects.filter(company=company).order_by("-id").values_list("decision", flat=True)[:1]
    return conditions_of(company, next(iter(latest), ""))


def conditions_of(company: Company, decision: str) -> set[Guard]:
    """The same from the decision of the latest screening, '' without one."""
    met = {Guard.OWNER} if company.owner_id else set()
    if decision == Decision.ELIGIBLE and company.kind == CompanyKind.SME:
        met.add(Guard.ELIGIBLE)
    if decision == Decision.NOT_ELIGIBLE:
        met.add(Guard.REFUSED)
    return met


def missing(move: Move, met: Iterable[Guard]) -> list[Guard]:
    """The guards of a move that are not met, in the order in which one would see to them."""
    unmet = move.guards - set(met)
    return [guard for guard in Guard if guard in unmet]


def _known(stage: Stage | str) -> Stage:
    try:
        return Stage(stage)
    except ValueError as error:
        raise BadInputError(_("There is no such stage.")) from error


def _enter(company: Company, to: Stage, by: Actor, reason: str, now: datetime) -> Company:
    start, company.stage, company.stage_changed_at = company.stage, to, now
    company.save(update_fields=["stage", "stage_changed_at", "updated_at"])
    if to in RESTING:
        NextStep.objects.filter(company=company, done_at=None).update(done_at=now)
    note_in_profiles(company, Stage(start), now)
    record_move(company, Stage(start), by, reason)
    return company


def record_move(company: Company, start: Stage, by: Actor, reason: str = "") -> None:
    """Write down that the company left the stage `start`; what a firm at rest cannot have ends by it."""
    record(
        events.STAGE_CHANGED,
        about=company,
        by=by,
        company_id=company.public_id,
        fields=["stage"],
        facts={"from": start, "to": company.stage},
        personal={"reason": reason} if reason else None,
    )
