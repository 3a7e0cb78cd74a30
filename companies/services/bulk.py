"""Changing many companies at once, and taking it back."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import product

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from brokers.models import HostOrganisation
from brokers.services.leaving import hold_seats
from companies import events
from companies.choices import BulkKind, Stage
from companies.models import BulkChange, Company, NextStep
from companies.policies import can_change_company, can_undo_change, require
from companies.querysets import CompanyQuerySet
from companies.services.bulk_states import READ, RESTORE
from companies.services.files import author
from companies.services.holding import hold_between
from companies.services.next_steps import Step, finish_next_step, set_next_step
from companies.services.ownership import hand_over
from companies.services.stages import move_stage
from tibs.accounts.actor import Actor
from tibs.accounts.models import User
from tibs.core.errors import BadInputError, DomainError, NotAllowedError, WrongStateError
from tibs.core.links import absolute
from tibs.events.recording import record
from tibs.events.services.letters import write_letter

MOST = 200


class SomeRefusedError(DomainError):
    """Nothing was changed, because some of the companies refuse; `refusals` says which and why."""

    code = "some_refused"

    def __init__(self, refusals: list[tuple[Company, DomainError]]) -> None:
        self.refusals = refusals
        super().__init__(_("Nothing was changed, because it is not possible for all the chosen companies."))


@dataclass(frozen=True)
class Undone:
    """What an undoing did: companies that are as before, and those that somebody changed since."""

    restored: list[Company]
    left: list[Company]


@transaction.atomic
def move_many(*, companies: Iterable[Company], to: Stage | str, by: Actor, reason: str = "") -> BulkChange:
    """Move all the companies to a stage, or none of them: SomeRefusedError."""

    def move(company: Company) -> None:
        move_stage(company=company, to=to, by=by, reason=reason)

    return _change(BulkKind.MOVE, companies, by, move)


@transaction.atomic
def hand_over_many(*, companies: Iterable[Company], to: User, by: Actor, note: str = "") -> BulkChange:
    """Make a colleague responsible for all the companies, or for none; one letter tells the colleague."""

    def give(company: Company) -> None:
        hand_over(company=company, to=to, by=by, note=note, tell=False)

    companies = list(companies)
    hold_seats(product([to], _hosts(Company.objects.filter(pk__in=[company.pk for company in companies]))))
    change = _change(BulkKind.HAND_OVER, companies, by, give)
    if to.public_id != by.id:
        _tell(to, change, by, note)
    return change


@transaction.atomic
def set_step_for_many(*, companies: Iterable[Company], step: Step, by: Actor) -> BulkChange:
    """Give all the companies this next step, or none; steps that are open now are marked as done."""

    def plan(company: Company) -> None:
        open_step = NextStep.objects.filter(company=company, done_at=None).first()
        if open_step:
            finish_next_step(step=open_step, then=step, by=by)
        else:
            set_next_step(company=company, step=step, by=by)

    return _change(BulkKind.NEXT_STEP, companies, by, plan)


@transaction.atomic
def undo(*, change: BulkChange, by: Actor, now: datetime | None = None) -> Undone:
    """Put back what stood before, for each company that nobody changed since in what the change was about.

    What cannot be put back, because its broker of then left or its data were erased, stays as it is.
    """
    change = BulkChange.objects.select_for_update(of=["self"]).get(pk=change.pk)
    require(can_undo_change(by, change))
    if change.undone_at:
        raise WrongStateError(_("This change was taken back already."))
    _hold_seats(change)
    companies = _locked(Company.objects.filter(public_id__in=change.after))
    hold_between(companies)
    present = READ[change.kind](companies)
    undone = Undone([], [])
    for company in companies:
        is_as_left = present[company.public_id] == change.after[company.public_id]
        if is_as_left and can_change_company(by, company) and _is_put_back(change, company, by):
            record(events.CHANGE_UNDONE, about=company, by=by, company_id=company.public_id)
            undone.restored.append(company)
        else:
            undone.left.append(company)
    change.undone_at = now or timezone.now()
    change.save(update_fields=["undone_at", "updated_at"])
    return undone


def _is_put_back(change: BulkChange, company: Company, by: Actor) -> bool:
    """Whether the company could have its earlier state again: not if it is gone, or its broker of then is."""
    if company.merged_into_id or company.erased_at:
        return False
    try:
        with transaction.atomic():
            RESTORE[change.kind](company, change.before[company.public_id], by)
    except NotAllowedError:
        return False
    return True


def _change(
    kind: BulkKind, companies: Iterable[Company], by: Actor, act: Callable[[Company], None]
) -> BulkChange:
    chosen = {company.pk for company in companies}
    if not chosen:
        raise BadInputError(_("Choose at least one company."))
    if len(chosen) > MOST:
        raise BadInputError(
            _("At most %(number)s companies can be changed at once.") % {"number": MOST}, code="too_many"
        )
    rows = _locked(Company.objects.filter(pk__in=chosen))
    hold_between(rows)
    before = READ[kind](rows)
    refusals = []
    for company in rows:
        try:
            with transaction.atomic():
                act(company)
        except DomainError as error:
            refusals.append((company, error))
    if refusals:
        raise SomeRefusedError(refusals)
    rows = _locked(Company.objects.filter(pk__in=chosen))
    change = BulkChange.objects.create(kind=kind, made_by=author(by), before=before, after=READ[kind](rows))
    record(events.COMPANIES_CHANGED, about=change, by=by, facts={"kind": kind, "number": len(rows)})
    return change


def _hold_seats(change: BulkChange) -> None:
    """Whoever gets companies back stays until then; seats are locked before companies."""
    if change.kind == BulkKind.HAND_OVER:
        owners = User.objects.filter(public_id__in={state["owner"] for state in change.before.values()})
        hold_seats(product(owners, _hosts(Company.objects.filter(public_id__in=change.before))))


def _hosts(companies: CompanyQuerySet) -> set[HostOrganisation]:
    return {company.host for company in companies.select_related("host")}


def _locked(companies: CompanyQuerySet) -> list[Company]:
    """Locked in one order, so that two people who change the same ones wait instead of blocking each other."""
    return list(companies.locked().select_related("owner").order_by("pk"))


def _tell(to: User, change: BulkChange, by: Actor, note: str) -> None:
    write_letter(
        template="companies_handed_over",
        to=to.email,
        language=to.language,
        context={
            "name": to.name,
            "number": len(change.after),
            "from": by.name or gettext("The platform"),
            "note": note,
            "link": absolute("/companies/?owner=me"),
        },
    )
