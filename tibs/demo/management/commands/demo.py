"""Shows TIBS at work: invented firms, real servers, a real worker, and pages to look at."""

import signal
import threading
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from matching.models import MatchRun, RunStatus
from matching.services.runs import request_run
from tibs.core.errors import WrongStateError
from tibs.demo import processes, showing
from tibs.demo.cast import TELLER, Cast
from tibs.demo.reviewing import review_matches
from tibs.demo.telling import SOURCE, tell

LONGEST_RUN = 600


class Command(BaseCommand):
    """`./run demo` serves until Ctrl-C; `./run demo --once` stops after the matching."""

    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="stop after printing the best pairs")
        parser.add_argument(
            "--small", action="store_true", help="tell of half of the firms only; starts sooner"
        )
        parser.add_argument("--port", type=int, default=8000, help="port of the pages (8000)")

    def handle(self, *, once: bool, small: bool, port: int, **options: Any) -> None:
        began = time.monotonic()
        folder = Path(settings.BASE_DIR) / "var" / "demo"
        folder.mkdir(parents=True, exist_ok=True)
        self._prepare(is_small=small)
        with processes.worker_and_beat(folder):
            self._match()
            review_matches(Cast(SOURCE), timezone.now())
            self.stdout.write("\nThe ten best pairs:\n" + "\n".join(showing.best_pairs()))
            self.stdout.write(f"\nReady after {time.monotonic() - began:.0f} s.")
            if not once:
                self._serve(folder, port)

    def _prepare(self, *, is_small: bool) -> None:
        self.stdout.write("Preparing the database and the story …")
        call_command("migrate", verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        tell(now=timezone.now(), is_small=is_small, progress=self._say_progress)

    def _say_progress(self, line: str) -> None:
        self.stdout.write(f"  {line}")

    def _match(self) -> None:
        """Ask for a full matching and watch the worker do it; one that an earlier stop left is finished."""
        self.stdout.write("Matching all profiles …")
        try:
            run = request_run(by=TELLER)
        except WrongStateError:
            run = MatchRun.objects.under_way().get()
        bar, deadline = showing.ProgressBar(), time.monotonic() + LONGEST_RUN
        while run.status not in {RunStatus.DONE, RunStatus.FAILED}:
            if time.monotonic() > deadline:
                raise CommandError("The matching did not finish; var/demo/worker.log says more.")
            time.sleep(0.2)
            run.refresh_from_db()
            bar.show(run, run.parts.exclude(done_at=None).count(), run.parts.count())
        bar.end()
        if run.status == RunStatus.FAILED:
            raise CommandError(f"The matching failed: {run.error}")

    def _serve(self, folder: Path, port: int) -> None:
        stop = threading.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: stop.set())
        address = f"localhost:{port}"
        with processes.web(folder, f"127.0.0.1:{port}") as server:
            self.stdout.write(f"\nTIBS: http://{address}   its mail: http://{address}/demo/mail")
            self.stdout.write("Login links (each works once, for an hour):")
            self.stdout.write("\n".join(showing.login_links(f"http://{address}")))
            self.stdout.write("\nPress Ctrl-C to stop.")
            while not stop.wait(0.5):
                if server.poll() is not None:
                    raise CommandError("The web server ended; var/demo/web.log says why.")
        self.stdout.write("Stopped.")
