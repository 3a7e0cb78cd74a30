"""Giving work that failed too often another three attempts."""

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from companies.policies import require
from matching.services import runs
from tibs.accounts.actor import Actor
from tibs.core.errors import WrongStateError
from tibs.events import dispatch
from tibs.events.recording import record
from tibs.reports import events
from tibs.reports.parked import rows
from tibs.reports.parked.rows import Kind
from tibs.reports.policies import can_repeat_work

TRIED_MEANWHILE = _("This does not wait any more.")


@transaction.atomic
def try_again(*, kind: Kind, pk: int, by: Actor) -> None:
    """Free one parked row; workers take it at once, or the sweep finds it. A failed run is followed by a new one.

    WrongStateError when the row is not parked any more.
    """
    require(can_repeat_work(by))
    if kind is Kind.RUN:
        _run_again(pk, by)
        return
    row = _freed(kind, pk)
    record(
        events.WORK_TRIED_AGAIN,
        about=row,
        by=by,
        company_id=getattr(row, "company_id", "") if kind is Kind.LETTER else "",
        facts={"kind": kind.value},
    )


def try_all_again(*, kind: Kind, by: Actor) -> int:
    """Free the parked rows of a kind that the page shows, the oldest first; how many were freed."""
    require(can_repeat_work(by))
    return sum(_is_freed(kind, pk, by) for pk in rows.shown(kind))


def _is_freed(kind: Kind, pk: int, by: Actor) -> bool:
    """False for a row that somebody else freed meanwhile."""
    try:
        try_again(kind=kind, pk=pk, by=by)
    except WrongStateError:
        return False
    return True


def _freed(kind: Kind, pk: int) -> models.Model:
    now = timezone.now()
    if kind is Kind.LETTER:
        letter = _locked(rows.letters(), pk)
        letter.attempts, letter.lease_until, letter.retry_at, letter.refused_at = 0, None, None, None
        letter.nudged_at = now
        letter.save(update_fields=["attempts", "lease_until", "retry_at", "refused_at", "nudged_at"])
        transaction.on_commit(lambda: dispatch.send_soon([letter]), robust=True)
        return letter
    if kind is Kind.DELIVERY:
        owed = _locked(rows.deliveries(), pk)
        owed.attempts, owed.lease_until, owed.nudged_at = 0, None, now
        owed.save(update_fields=["attempts", "lease_until", "nudged_at"])
        transaction.on_commit(lambda: dispatch.deliver_soon([owed]), robust=True)
        return owed
    renewal = _locked(rows.renewals(), pk)
    renewal.attempts = 0
    renewal.save(update_fields=["attempts"])
    return renewal


def _locked[Row: models.Model](parked: models.QuerySet[Row], pk: int) -> Row:
    row = parked.select_for_update(of=["self"]).filter(pk=pk).first()
    if row is None:
        raise WrongStateError(TRIED_MEANWHILE)
    return row


def _run_again(pk: int, by: Actor) -> None:
    failed = rows.failed_run()
    if failed is None or failed.pk != pk:
        raise WrongStateError(TRIED_MEANWHILE)
    runs.request_run(by=by)
    record(events.WORK_TRIED_AGAIN, about=failed, by=by, facts={"kind": Kind.RUN.value})
