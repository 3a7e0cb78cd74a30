"""One's own account: another address, another password."""

import re

import pytest
from django.test import Client

from tests.entrance.conftest import PASSWORD
from tests.entrance.test_signing_in import is_signed_in, log_in
from tests.letters import letters_to
from tibs.accounts.models import User
from tibs.events.models import AuditRecord

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.accounts.urls")]
NEW = "ana.kask@example.org"


@pytest.fixture
def signed_in(client, ana):
    log_in(client)
    return client


def ask(client, email=NEW):
    return client.post("/account/address/", {"email": email})


def link_to(email=NEW):
    return re.search(r"http://localhost:8000(/account/address/\S+)", letters_to(email)[-1][1])[1]


def test_new_address_counts_when_it_was_confirmed(signed_in, ana):
    ask(signed_in)
    link = link_to()

    opened = signed_in.get(link)
    ana.refresh_from_db()
    before = ana.email
    signed_in.post(link)

    ana.refresh_from_db()
    assert opened.status_code == 200
    assert before == "ana@example.org", "opening a link changes nothing: mail scanners open links"
    assert ana.email == NEW
    assert is_signed_in(signed_in)


def test_old_address_is_told(signed_in, ana):
    ask(signed_in)
    signed_in.post(link_to())

    assert "This letter goes to the old one" in letters_to("ana@example.org")[-1][1]


def test_other_sessions_end_with_the_old_address(signed_in, ana):
    other = Client()
    log_in(other)
    ask(signed_in)
    signed_in.post(link_to())

    assert not is_signed_in(other)


def test_link_works_once_and_holds_no_address(signed_in, ana):
    ask(signed_in)
    link = link_to()
    signed_in.post(link)

    assert signed_in.post(link).status_code == 400
    assert "example" not in link


@pytest.mark.parametrize("change", [lambda link: link[:-9] + "AAAAAAAA/", lambda link: "/account/address/x/"])
def test_changed_link_does_nothing(signed_in, ana, change):
    ask(signed_in)

    assert signed_in.post(change(link_to())).status_code == 400
    ana.refresh_from_db()
    assert ana.email == "ana@example.org"


def test_link_for_another_purpose_does_nothing(client, signed_in):
    ask(signed_in)
    token = link_to().split("/")[-2]

    assert "does not work any more" in client.get(f"/account/password/reset/key/1-{token}/").text


def test_address_that_has_an_account_is_told_and_nobody_else(signed_in, bruno):
    free, taken = ask(signed_in), ask(signed_in, bruno.email)

    assert free.text.count("Look into your mailbox") == taken.text.count("Look into your mailbox")
    assert "belongs to an account already" in letters_to(bruno.email)[0][1]


def test_address_that_somebody_took_meanwhile_stays_theirs(signed_in, ana):
    ask(signed_in)
    User.objects.create_user(NEW, name="Somebody")

    assert signed_in.post(link_to()).status_code == 400


@pytest.mark.parametrize(
    "email", ["", "x", "a@b", "🙂@example.org", "a\u202e@example.org", "a" * 10_000 + "@x.org"]
)
def test_text_that_is_no_address_is_refused_with_the_reason(signed_in, email):
    assert "There is a problem" in ask(signed_in, email).text


def test_audit_trail_names_the_change_and_keeps_the_addresses_apart(signed_in, ana):
    ask(signed_in)
    signed_in.post(link_to())

    record = AuditRecord.objects.get(event="accounts.address.changed")
    assert record.fields == ["email"]
    assert NEW not in str(record.facts)


@pytest.mark.parametrize(
    ("old", "new"), [("wrong", "rye-and-salted-herring"), (PASSWORD, "short"), (PASSWORD, "ana@example.org")]
)
def test_password_is_changed_only_by_who_knows_it_and_to_a_good_one(signed_in, ana, old, new):
    data = {"oldpassword": old, "password1": new, "password2": new}

    assert "There is a problem" in signed_in.post("/account/password/", data).text
    ana.refresh_from_db()
    assert ana.check_password(PASSWORD)


def test_people_without_a_password_are_not_offered_to_change_it(client, eva):
    client.force_login(eva)

    assert "Change the password" not in client.get("/account/").text
    assert client.get("/account/password/").url == "/account/"
