"""Proves that the audit trail is whole, or names the first broken seal."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from tibs.events.services.sealing import seal_records, verify


class Command(BaseCommand):
    """Exit code 0 when every seal holds; 1 and the number of the first broken seal otherwise."""

    help = __doc__ or ""

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--seal", action="store_true", help="seal the unsealed tail first")

    def handle(self, *, seal: bool, **options: Any) -> None:
        if seal:
            self.stdout.write(f"{seal_records()} records sealed now.")
        verdict = verify()
        self.stdout.write(
            f"{verdict.seals} seals over {verdict.sealed} records hold; {verdict.unsealed} unsealed."
        )
        if verdict.broken is not None:
            raise CommandError(f"Seal {verdict.broken} is broken: {verdict.reason}.")
