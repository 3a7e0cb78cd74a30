"""After a breach: whose contact data an account had shown, between two moments."""

from datetime import UTC, datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db.models import QuerySet

from companies.models import Disclosure
from tibs.accounts.models import User


class Command(BaseCommand):
    """Tab-separated lines: when, which company, which person there, which fields, how; then how many people."""

    help = __doc__ or ""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--account", required=True, help="e-mail address or public id (usr_…) of the reader"
        )
        parser.add_argument(
            "--from", dest="start", required=True, help="2026-11-01 or 2026-11-01T08:00 (UTC)"
        )
        parser.add_argument("--to", dest="end", required=True, help="the first moment that no longer counts")

    def handle(self, **options: Any) -> None:
        reader = self._reader(options["account"])
        rows = self._rows(reader, _moment(options["start"]), _moment(options["end"]))
        contacts: set[int] = set()
        companies: set[int] = set()
        for row in rows.iterator(chunk_size=2000):
            companies.add(row.company_id)
            if row.contact_id:
                contacts.add(row.contact_id)
            person = row.contact.email if row.contact else "-"
            cells = [f"{row.at:%Y-%m-%dT%H:%M:%SZ}", row.company.public_id, row.company.name, person]
            self.stdout.write("\t".join([*cells, ",".join(row.what), row.way]))
        self.stdout.write(f"{len(contacts)} people of {len(companies)} companies.")

    def _reader(self, account: str) -> str:
        """The public id; an account that is gone can be asked for by it."""
        found = User.objects.filter(email=account.lower()).values_list("public_id", flat=True).first()
        if found is None and not account.startswith("usr_"):
            raise CommandError(
                "Nobody signs in with this address. An account that is gone is named by usr_…."
            )
        return found or account

    def _rows(self, reader: str, start: datetime, end: datetime) -> QuerySet[Disclosure]:
        rows = Disclosure.objects.filter(actor_id=reader, at__gte=start, at__lt=end)
        return rows.select_related("company", "contact").order_by("at", "id")


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise CommandError(f"{text} is not a moment such as 2026-11-01T08:00.") from error
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
