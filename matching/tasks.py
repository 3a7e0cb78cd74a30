"""The matching, piece by piece. A task carries a primary key; the row says what is to do."""

from typing import Any

from celery import shared_task
from django.db import DatabaseError
from django.utils import timezone

from matching.services import parts, renewals, runs, sampling, updates
from matching.services.due_steps import follow_steps, follow_validation
from matching.services.follow_ups import ask_what_is_due
from matching.services.introductions import ringing
from matching.services.strategy_clocks import follow_strategies
from matching.services.unanswered import end_over
from tibs.accounts.actor import system
from tibs.core.errors import WrongStateError
from tibs.events.dispatch import is_asked


@shared_task(queue="matching", time_limit=600)
def advance_run(*, pk: int, **_: Any) -> None:
    try:
        planned = runs.advance(pk)
    except DatabaseError:
        raise
    except Exception as error:
        runs.fail(pk, f"It could not be planned: {error!r}")
        raise
    start(planned)


@shared_task(queue="matching", time_limit=600)
def work_on_part(*, pk: int, **_: Any) -> None:
    start(parts.work_on(pk))


@shared_task(queue="events", time_limit=60)
def sweep_runs(**_: Any) -> None:
    run_ids, part_ids = runs.sweep()
    for run_id in run_ids:
        advance_run.delay(pk=run_id)
    start(part_ids)


@shared_task(queue="events", time_limit=60)
def nightly_run(**_: Any) -> None:
    try:
        runs.request_run(by=system("matching.nightly"))
    except WrongStateError:
        return


@shared_task(queue="events", time_limit=60)
def renew_profile(*, pk: int, **_: Any) -> None:
    """In the queue of short work: the many parts of a run would keep it waiting for minutes."""
    updates.renew(pk)


@shared_task(queue="events", time_limit=60)
def renew_waiting(*, pk: int = 0, **_: Any) -> None:
    """After a change that concerns several profiles: everything that waits, one task each."""
    for profile_id in renewals.waiting():
        renew_profile.delay(pk=profile_id)


@shared_task(queue="events", time_limit=60)
def sweep_renewals(**_: Any) -> None:
    for profile_id in renewals.sweep(timezone.now()):
        renew_profile.delay(pk=profile_id)


@shared_task(queue="matching", time_limit=300)
def compare_sample(*, pk: int, **_: Any) -> None:
    sampling.compare(pk)


@shared_task(queue="events", time_limit=300)
def sweep_follow_ups(**_: Any) -> None:
    ask_what_is_due(now=timezone.now())


@shared_task(queue="events", time_limit=300)
def follow_talks(**_: Any) -> None:
    now = timezone.now()
    follow_steps(now=now)
    follow_validation(now=now)
    follow_strategies(now=now)


def start(part_ids: list[int]) -> None:
    """Ask workers to do these parts; what the queue does not take while it is away, the sweep asks for again."""
    for part_id in part_ids:
        if not is_asked(work_on_part, {"pk": part_id}):
            return


@shared_task(queue="events", time_limit=120)
def introduce_waiting(*, pk: int = 0, **_: Any) -> None:
    """After a consent came or a profile was published: whoever waited for that alone is introduced."""
    ringing.introduce_waiting(now=timezone.now())


@shared_task(queue="events", time_limit=120)
def follow_introductions(**_: Any) -> None:
    now = timezone.now()
    ringing.follow_clocks(now=now)
    end_over(now=now)
