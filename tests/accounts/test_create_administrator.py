"""The first administrator of an installation."""

import io

import pytest
from django.core.management import CommandError, call_command

from tests.accounts.conftest import PASSWORD
from tibs.accounts.management.commands import create_administrator
from tibs.accounts.models import User
from tibs.accounts.roles import RoleCode

pytestmark = pytest.mark.django_db


class Terminal(io.StringIO):
    def isatty(self):
        return True


def create(monkeypatch, email="Ana@example.org", name="Ana Nowak", password=PASSWORD):
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{password}\n"))
    said = io.StringIO()
    call_command("create_administrator", email=email, name=name, stdout=said)
    return said.getvalue()


def test_administrator_is_made_without_a_terminal(monkeypatch):
    said = create(monkeypatch)

    made = User.objects.get()
    assert said == "ana@example.org is now an administrator.\n"
    assert (made.email, made.platform_role) == ("ana@example.org", RoleCode.ADMINISTRATOR)
    assert made.check_password(PASSWORD)


@pytest.mark.parametrize("password", ["short", "qwerty123456", "123456654321", "ana.nowak@example", ""])
def test_weak_password_is_refused_with_the_reason(monkeypatch, password):
    with pytest.raises(CommandError, match="password"):
        create(monkeypatch, email="ana.nowak@example.org", password=password)

    assert not User.objects.exists()


def test_address_that_has_an_account_is_refused(monkeypatch, ana):
    with pytest.raises(CommandError, match="already has an account"):
        create(monkeypatch)

    assert User.objects.get().platform_role == ""


def test_text_that_is_no_address_is_refused(monkeypatch):
    with pytest.raises(CommandError, match="valid email"):
        create(monkeypatch, email="ana")


def answer_on_a_terminal(monkeypatch, *answers):
    asked = []
    remaining = list(answers)

    def getpass(words):
        asked.append(words)
        return remaining.pop(0)

    monkeypatch.setattr("sys.stdin", Terminal())
    monkeypatch.setattr(create_administrator.getpass, "getpass", getpass)
    return asked


def test_terminal_asks_twice_in_words(monkeypatch):
    asked = answer_on_a_terminal(monkeypatch, PASSWORD, PASSWORD)

    call_command("create_administrator", email="ana@example.org", name="Ana", stdout=io.StringIO())

    assert asked == ["Password of the new administrator: ", "The same password again: "]
    assert User.objects.get().check_password(PASSWORD)


def test_typing_error_on_the_terminal_is_refused(monkeypatch):
    answer_on_a_terminal(monkeypatch, PASSWORD, "something else")

    with pytest.raises(CommandError, match="differ"):
        call_command("create_administrator", email="ana@example.org", name="Ana", stdout=io.StringIO())
