"""Proves that the audit trail is whole, or names the first broken seal."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from tibs.events.models import AuditSeal
from tibs.events.services.sealing import seal_records, verify


class Command(BaseCommand):
    """Exit code 0 when every seal holds; 1 and the number of the first broken seal otherwise.

    The hash that it prints belongs in a place that administrators of the database cannot change. Given back as
    `--expect`, it shows whether the trail was cut off or written anew since.
    """

    help = __doc__ or ""

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--seal", action="store_true", help="seal the unsealed tail first")
        parser.add_argument("--expect", default="", help="hash that an earlier run printed")

    def handle(self, *, seal: bool, expect: str, **options: Any) -> None:
        if seal:
            self.stdout.write(f"{seal_records()} records sealed now.")
        verdict = verify()
        self.stdout.write(
            f"{verdict.seals} seals over {verdict.sealed} records hold; {verdict.unsealed} unsealed."
        )
        if verdict.broken is not None:
            raise CommandError(f"Seal {verdict.broken} is broken: {verdict.reason}.")
        if expect and not AuditSeal.objects.filter(hash=expect).exists():
            raise CommandError("No seal has the expected hash: the trail was cut off or written anew.")
        self.stdout.write(f"Last hash: {verdict.head}")
