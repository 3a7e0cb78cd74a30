"""Makes the first administrator of an installation."""

import getpass
import sys
from argparse import ArgumentParser
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from tibs.accounts.models import User
from tibs.accounts.services import create_administrator


class Command(BaseCommand):
    """`./run manage create_administrator --email … --name …`

    The password is asked for twice on a terminal, and is the first line of stdin elsewhere.
    """

    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--email", required=True)
        parser.add_argument("--name", required=True)

    def handle(self, *, email: str, name: str, **options: Any) -> None:
        try:
            validate_email(email)
            if User.objects.filter(email=email.lower()).exists():
                raise CommandError(_("%(email)s already has an account.") % {"email": email})
            password = ask_for_password()
            validate_password(password, User(email=email, name=name))
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        user = create_administrator(email=email, name=name, password=password)
        self.stdout.write(_("%(email)s is now an administrator.") % {"email": user.email})


def ask_for_password() -> str:
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\n")
    password = getpass.getpass(_("Password of the new administrator: "))
    if getpass.getpass(_("The same password again: ")) != password:
        raise CommandError(_("The two passwords differ."))
    return password
