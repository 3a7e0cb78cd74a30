"""Logging in, logging out and choosing a new password, through allauth's pages."""

import re

import pytest
from django.contrib.sessions.models import Session
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from tests.accounts.test_language import OUTSIDE
from tests.entrance.conftest import PASSWORD
from tests.letters import letters_to
from tibs.accounts.models import User
from tibs.events.models import AuditRecord, Letter

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.accounts.urls")]
HOURS = 60 * 60


def log_in(client, email="ana@example.org", password=PASSWORD, **data):
    return client.post("/account/login/", {"login": email, "password": password, **data})


def is_signed_in(client):
    return client.get("/start").json()["actor"] == "person"


def words_of(answer):
    """The page without what differs from one request to the next."""
    text = re.sub(r'(nonce|value)="[^"]*"', "", answer.content.decode())
    return re.sub(r"[\w.]+@example\.org", "", text)


def test_right_password_opens_the_start_page(client, ana):
    answer = log_in(client)

    assert answer.url == "/"
    assert is_signed_in(client)


def test_address_may_be_written_in_capitals(client, ana):
    log_in(client, email="ANA@Example.org")

    assert is_signed_in(client)


def test_session_ends_after_twelve_hours(client, ana):
    log_in(client)

    session = Session.objects.get()
    assert client.cookies["tibs_session"]["max-age"] == 12 * HOURS
    assert (session.expire_date - timezone.now()).total_seconds() == pytest.approx(12 * HOURS, abs=60)


def test_session_gets_a_new_name_at_login(client, ana):
    client.get("/account/login/")
    log_in(client)
    first = client.cookies["tibs_session"].value
    client.post("/account/logout/")
    log_in(client)

    assert client.cookies["tibs_session"].value != first


@pytest.mark.parametrize("email", ["ana@example.org", "nobody@example.org", "closed@example.org"])
def test_every_failure_to_log_in_says_the_same(client, ana, email):
    User.objects.create_user("closed@example.org", PASSWORD, name="Closed", is_active=False)
    reference = log_in(client, email="reference@example.org", password="wrong")
    password = PASSWORD if email.startswith("closed") else "wrong"

    answer = log_in(client, email=email, password=password)

    assert answer.status_code == reference.status_code == 200
    assert words_of(answer) == words_of(reference)
    assert not is_signed_in(client)


def test_guessing_is_slowed_down(client, ana):
    for _ in range(5):
        log_in(client, password="wrong")

    log_in(client)

    assert not is_signed_in(client)


def test_login_page_leads_back_to_where_one_wanted_to_go(client, ana):
    asked = client.get("/private")

    assert asked.url == "/account/login/?next=/private"
    assert log_in(client, next="/private").url == "/private"


@pytest.mark.parametrize("address", OUTSIDE)
def test_login_leads_nobody_to_another_site(client, ana, address):
    assert log_in(client, next=address).url == "/"


def test_logout_asks_before_it_acts(client, ana):
    client.force_login(ana)

    asked = client.get("/account/logout/")
    still = is_signed_in(client)
    client.post("/account/logout/")

    assert asked.status_code == 200
    assert still
    assert not is_signed_in(client)


@pytest.mark.parametrize(
    ("path", "heading"),
    [
        ("/account/login/", "Log in"),
        ("/account/password/reset/", "Set a new password"),
        ("/account/password/reset/done/", "Look into your mailbox"),
        ("/account/password/reset/key/1-x/", "Choose a new password"),
        ("/account/password/reset/key/done/", "Your new password is saved"),
    ],
)
def test_page_is_public_and_says_what_it_is(client, path, heading):
    answer = client.get(path)

    assert answer.status_code == 200
    assert f"<h1>{heading}</h1>" in answer.content.decode()


def ask_for_new_password(client, email="ana@example.org"):
    return client.post("/account/password/reset/", {"email": email})


def link_to(email):
    """The path of the link in the newest letter to that address."""
    _subject, words = letters_to(email)[-1]
    return re.search(r"http://localhost:8000(/account/password/reset/key/\S+)", words)[1]


def test_asking_for_a_password_says_the_same_for_every_address(client, ana):
    known, unknown = ask_for_new_password(client), ask_for_new_password(client, "nobody@example.org")

    assert known.status_code == unknown.status_code == 302
    assert known.url == unknown.url == "/account/password/reset/done/"
    assert words_of(client.get(known.url)) == words_of(client.get(unknown.url))
    assert len(letters_to("ana@example.org")) == len(letters_to("nobody@example.org")) == 1


@pytest.mark.parametrize("email", ["nobody@example.org", "eva@example.org", "closed@example.org"])
def test_letter_to_somebody_without_a_password_holds_no_link_to_one(client, eva, email):
    User.objects.create_user("closed@example.org", PASSWORD, name="Closed", is_active=False)

    ask_for_new_password(client, email)

    assert "/password/" not in letters_to(email)[0][1]


def test_letter_is_written_in_the_language_of_the_reader(client, ana):
    User.objects.update(language="pl")

    ask_for_new_password(client)

    assert Letter.objects.get().language == "pl"


def choose_password(client, link, password):
    """The token leaves the address at once: the link redirects to one without it."""
    form = client.get(link).url
    return form, client.post(form, {"password1": password, "password2": password})


def test_link_gives_a_new_password_once(client, ana):
    client.force_login(ana)
    ask_for_new_password(client)
    link = link_to("ana@example.org")

    form, answer = choose_password(client, link, "another-good-password")

    ana.refresh_from_db()
    assert "set-password" in form
    assert answer.url == "/account/password/reset/key/done/"
    assert ana.check_password("another-good-password")
    assert not is_signed_in(client)
    assert "This link does not work any more" in client.get(link).text
    assert AuditRecord.objects.filter(event="accounts.password.changed").exists()


def test_new_password_by_mail_does_not_replace_the_second_step(client, bruno):
    ask_for_new_password(client, "bruno@example.org")
    choose_password(client, link_to("bruno@example.org"), "another-good-password")

    answer = log_in(client, "bruno@example.org", "another-good-password")

    assert answer.url == "/account/login/second-step/"
    assert not is_signed_in(client)


def test_change_of_the_password_is_announced_by_mail(client, ana):
    ask_for_new_password(client)

    choose_password(client, link_to("ana@example.org"), "another-good-password")

    subject, words = letters_to("ana@example.org")[-1]
    assert subject == "Your TIBS account was changed"
    assert "your password was changed" in words


def test_weak_new_password_is_refused(client, ana):
    ask_for_new_password(client)

    _form, answer = choose_password(client, link_to("ana@example.org"), "password")

    ana.refresh_from_db()
    assert answer.status_code == 200
    assert ana.check_password(PASSWORD)


def test_link_older_than_an_hour_does_not_work(client, ana, settings):
    ask_for_new_password(client)
    settings.PASSWORD_RESET_TIMEOUT = -1

    assert "This link does not work any more" in client.get(link_to("ana@example.org")).text


@pytest.mark.parametrize(
    "name",
    [
        "account_signup",
        "account_email",
        "account_inactive",
        "account_set_password",
        "account_email_verification_sent",
        "mfa_list_webauthn",
        "mfa_edit_webauthn",
        "mfa_generate_recovery_codes",
        "usersessions_list",
    ],
)
def test_other_pages_of_allauth_are_not_mounted(name):
    with pytest.raises(NoReverseMatch):
        reverse(name)


@pytest.mark.parametrize(
    "path", ["signup/", "email/", "inactive/", "password/change/", "confirm-email/", "sessions/"]
)
def test_nobody_can_sign_up_or_change_addresses_here(client, path):
    assert client.get(f"/account/{path}").status_code == 404


def test_client_cannot_choose_its_own_address(client, ana):
    """Behind no proxy, a header that names another client gives no fresh attempts."""
    for number in range(40):
        headers = {"X-Forwarded-For": f"10.0.0.{number}"}
        client.post("/account/login/", {"login": f"n{number}@example.org", "password": "x"}, headers=headers)

    log_in(client)

    assert not is_signed_in(client)
