"""Matches all profiles now, together with whatever workers run; without one it does all of the work itself."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from matching.models import MatchRun, RunStatus
from matching.services import parts, runs
from tibs.accounts.actor import system
from tibs.core.errors import WrongStateError

OPERATOR = system("command.match")


class Command(BaseCommand):
    """Starts a full matching, or helps to finish the one that is under way; ends when its results stand."""

    help = __doc__ or ""

    def handle(self, **options: Any) -> None:
        try:
            run = runs.request_run(by=OPERATOR)
        except WrongStateError:
            run = MatchRun.objects.under_way().get()
            self.stdout.write("A matching is under way already; helping with it.")
        self._work(run)
        if run.status == RunStatus.FAILED:
            raise CommandError(f"The matching failed: {run.error}")
        self.stdout.write(f"{run.pairs} pairs among {len(run.profile_ids)} profiles.")

    def _work(self, run: MatchRun) -> None:
        stage = ""
        while run.status not in {RunStatus.DONE, RunStatus.FAILED}:
            waiting = runs.advance(run.pk) or runs.sweep()[1]
            for part_id in waiting:
                parts.work_on(part_id)
            run.refresh_from_db()
            if stage != (stage := run.get_status_display()):
                self.stdout.write(stage)
            if not waiting:
                time.sleep(0.5)
