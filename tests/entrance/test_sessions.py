"""Sessions end in time, and when their owner wants."""

from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.test import Client

from tests.entrance.conftest import PASSWORD
from tests.entrance.test_signing_in import is_signed_in, log_in
from tibs import figures
from tibs.entrance.services import sessions

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.accounts.urls")]
MINUTE = timedelta(minutes=1)


@pytest.fixture
def later(monkeypatch):
    """Let time pass for sessions."""
    import time

    real, passed = time.time, [0.0]

    def move(span):
        passed[0] += span.total_seconds()

    monkeypatch.setattr("tibs.entrance.services.sessions.time.time", lambda: real() + passed[0])
    return move


def test_session_of_somebody_with_a_role_ends_after_an_hour_of_rest(client, ana, later):
    log_in(client)

    later(figures.IDLE_LIFE + MINUTE)

    assert not is_signed_in(client)


def test_who_goes_on_working_stays_signed_in(client, ana, later):
    log_in(client)

    for _ in range(5):
        later(timedelta(minutes=50))
        assert is_signed_in(client)


def test_nobody_stays_longer_than_twelve_hours_however_busy(client, ana, later):
    log_in(client)
    for _ in range(14):
        later(timedelta(minutes=50))
        is_signed_in(client)

    later(timedelta(minutes=30))

    assert not is_signed_in(client)


def test_people_of_firms_may_rest(client, eva, later):
    client.force_login(eva)

    later(timedelta(hours=11))
    rested = is_signed_in(client)
    later(timedelta(hours=2))

    assert rested
    assert not is_signed_in(client)


def test_people_are_told_how_long_they_may_rest(ana, eva):
    now, session = 1_800_000_000.0, {sessions.BEGAN: 1_800_000_000.0 - 3600}

    assert sessions.clock_of(session, ana, now) == sessions.Clock(idle=59 * 60, rest=11 * 3600, warn=300)
    assert sessions.clock_of(session, eva, now) == sessions.Clock(idle=None, rest=11 * 3600, warn=300)


def test_pages_of_people_who_are_signed_in_stay_in_no_cache(client, ana):
    public = client.get("/help/")
    log_in(client)

    assert "Cache-Control" not in public.headers
    assert client.get("/help/").headers["Cache-Control"] == "no-store"


def test_browser_is_asked_to_forget_at_logout(client, ana):
    log_in(client)

    answer = client.post("/account/logout/")

    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert not is_signed_in(client)


def test_logout_ends_the_session_on_the_server(client, ana):
    log_in(client)
    kept = client.cookies["tibs_session"].value
    client.post("/account/logout/")

    client.cookies["tibs_session"] = kept

    assert not is_signed_in(client)
    assert not Session.objects.filter(session_key=kept).exists()


def test_closed_account_is_out_with_the_next_request(client, ana):
    log_in(client)

    type(ana).objects.update(is_active=False)

    assert not is_signed_in(client)


def test_new_password_ends_all_other_sessions(client, ana):
    other = Client()
    log_in(other)
    log_in(client)
    new = "rye-and-salted-herring"

    answer = client.post("/account/password/", {"oldpassword": PASSWORD, "password1": new, "password2": new})

    assert answer.url == "/account/"
    assert is_signed_in(client)
    assert not is_signed_in(other)


def open_from(browser, agent):
    browser.post(
        "/account/login/", {"login": "ana@example.org", "password": PASSWORD}, headers={"User-Agent": agent}
    )


def test_people_see_where_they_are_signed_in_and_end_one(client, ana):
    stranger = Client()
    open_from(stranger, "Stranger/1.0")
    open_from(client, "Own/1.0")

    page = client.get("/account/")
    chosen = next(session for session in page.context["sessions"] if session.browser == "Stranger/1.0")
    client.post("/account/sessions/end/", {"session": chosen.key})

    assert "Stranger/1.0" in page.text
    assert is_signed_in(client)
    assert not is_signed_in(stranger)
    assert "Stranger/1.0" not in client.get("/account/").text


def test_people_end_all_other_sessions_at_once(client, ana):
    others = [Client(), Client()]
    for browser in [*others, client]:
        log_in(browser)

    client.post("/account/sessions/end/")

    assert [is_signed_in(browser) for browser in [*others, client]] == [False, False, True]


def test_nobody_ends_a_session_of_somebody_else(client, ana, bruno):
    log_in(client)
    stranger = Client()
    stranger.force_login(bruno)

    for key in [UserSession.objects.get().pk, "-1", "²", "9" * 40, "x", "\u202e1"]:
        stranger.post("/account/sessions/end/", {"session": key})

    assert is_signed_in(client)


def test_session_of_another_browser_cannot_be_prepared_for_somebody(client, ana):
    client.get("/account/password/reset/")
    prepared = client.session.session_key

    log_in(client)

    assert client.session.session_key != prepared


def test_what_must_not_be_done_from_an_open_screen_asks_again(client, ana, later):
    log_in(client)
    fresh = client.get("/account/address/")

    later(figures.RECENT_PROOF + MINUTE)
    stale = client.get("/account/address/")

    assert fresh.status_code == 200
    assert stale.url == "/account/again/?next=%2Faccount%2Faddress%2F"


def test_proof_leads_back_to_what_was_asked_for(client, ana, later, monkeypatch):
    log_in(client)
    later(figures.RECENT_PROOF + MINUTE)
    monkeypatch.setattr("allauth.account.internal.flows.login.time.time", sessions.time.time)

    wrong = client.post("/account/again/", {"password": "wrong", "next": "/account/address/"})
    right = client.post("/account/again/", {"password": PASSWORD, "next": "/account/address/"})

    assert wrong.status_code == 200
    assert right.url == "/account/address/"
    assert client.get("/account/address/").status_code == 200


def test_people_without_password_and_device_prove_it_by_a_new_code(client, eva, later):
    client.force_login(eva)
    later(figures.RECENT_PROOF + MINUTE)

    asked = client.get("/account/address/", follow=True)
    answer = client.post("/account/again/mail/", {"next": "/account/address/"})

    assert "log in again with a new code" in asked.text
    assert answer.url == "/account/login/code/?next=%2Faccount%2Faddress%2F"
    assert not is_signed_in(client)
