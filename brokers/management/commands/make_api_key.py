from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from brokers.models import ApiClient
from brokers.scopes import Scope
from brokers.services.api_keys import make_key
from tibs.accounts.actor import system
from tibs.core.errors import DomainError
from tibs.figures import API_KEY_LIFE


class Command(BaseCommand):
    help = "Makes a key of the API for a partner site that exists, and shows it this once."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("site", help="the name of the partner site")
        parser.add_argument("--scope", action="append", choices=Scope.values, required=True)
        parser.add_argument("--days", type=int, default=API_KEY_LIFE.days, help="how long the key works")

    def handle(self, *args: Any, **options: Any) -> None:
        client = ApiClient.objects.filter(name=options["site"]).first()
        if client is None:
            raise CommandError(_("There is no partner site “%(name)s”.") % {"name": options["site"]})
        try:
            _key, text = make_key(
                client=client,
                scopes=options["scope"],
                days=options["days"],
                by=system("command line"),
                now=timezone.now(),
            )
        except DomainError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(text)
