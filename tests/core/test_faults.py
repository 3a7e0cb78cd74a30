"""What people see when something of ours is broken."""

import pytest
from django.contrib.sessions.models import Session
from django.db import OperationalError
from django.http import HttpResponse
from django.urls import get_resolver


@pytest.fixture
def breaking(monkeypatch, client):
    """Asks a page whose view raises the given error."""
    client.raise_request_exception = False
    pattern = get_resolver().url_patterns[0]

    def ask(error):
        def view(request):
            raise error

        monkeypatch.setattr(pattern, "callback", view)
        view.login_required = False
        return client.get("/health/live")

    return ask


def test_a_lost_database_is_said_to_be_temporary(breaking):
    answer = breaking(OperationalError("server closed the connection"))

    assert answer.status_code == 503
    assert answer["Retry-After"] == "60"
    assert "away for a moment" in answer.content.decode()


def test_another_fault_shows_nothing_of_the_inside(breaking):
    answer = breaking(KeyError("secret"))

    assert answer.status_code == 500
    assert "secret" not in answer.content.decode()


@pytest.fixture
def remembering(monkeypatch, client, db):
    """Asks a page that writes something into the session, with what happens before the answer is sent."""
    session = client.session
    session["known"] = "before"
    session.save()
    pattern = get_resolver().url_patterns[0]

    def ask(meanwhile):
        def view(request):
            request.session["known"] = "now"
            meanwhile()
            return HttpResponse()

        monkeypatch.setattr(pattern, "callback", view)
        view.login_required = False
        return client.get("/health/live")

    return ask


def test_a_database_that_is_lost_before_the_session_is_kept_is_no_fault_of_the_request(
    remembering, monkeypatch
):
    def lose():
        def fail(*_args, **_kwargs):
            raise OperationalError("server closed the connection")

        monkeypatch.setattr(Session, "save", fail)

    assert remembering(lose).status_code == 503


def test_a_session_that_ended_meanwhile_is_said_to_be_so(remembering):
    assert remembering(Session.objects.all().delete).status_code == 400
