"""Makes the first administrator of an installation."""

import getpass
from argparse import ArgumentParser
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email

from tibs.accounts.models import User
from tibs.accounts.services import create_administrator


class Command(BaseCommand):
    """`./run manage create_administrator --email … --name …`; the password is asked for, or read from stdin."""

    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--email", required=True)
        parser.add_argument("--name", required=True)

    def handle(self, *, email: str, name: str, **options: Any) -> None:
        try:
            validate_email(email)
            password = getpass.getpass("Password: ")
            validate_password(password, User(email=email, name=name))
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        if User.objects.filter(email=email.lower()).exists():
            raise CommandError(f"{email} already has an account.")
        user = create_administrator(email=email, name=name, password=password)
        self.stdout.write(f"{user.email} is an administrator ({user.public_id}).")
