"""Takes what is kept no longer than it is needed, as beat does every night; a dry run only says what it would take."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from companies.services.retention import due_by_rule, take_what_is_due


class Command(BaseCommand):
    """One line for each rule: how many rows, what becomes of them, and their keys."""

    help = __doc__ or ""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="change nothing, say what would change")

    def handle(self, **options: Any) -> None:
        now = timezone.now()
        taken = due_by_rule(now) if options["dry_run"] else take_what_is_due(now)
        for one in taken:
            keys = f" ({', '.join(map(str, one.keys))})" if one.keys else ""
            self.stdout.write(f"{len(one.keys):6} {one.rule.code:13} {one.rule.label}{keys}")
        if options["dry_run"]:
            self.stdout.write("Nothing was changed.")
