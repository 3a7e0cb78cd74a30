"""Writes `docs/processing-register.md`, the record of processing activities, from the data map."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from companies.register import register


class Command(BaseCommand):
    """Run it after a change of companies/data_map.toml; the file is committed."""

    help = __doc__ or ""

    def handle(self, **options: Any) -> None:
        path = settings.BASE_DIR / "docs" / "processing-register.md"
        path.write_text(register())
        self.stdout.write(f"{path.name} is written.")
