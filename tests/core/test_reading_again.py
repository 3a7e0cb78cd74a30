"""A page that lost its connection on the way is asked once more; an act is not."""

import pytest
from django.conf import settings
from django.db import connection
from django.http import HttpResponse
from django.test import override_settings
from django.urls import get_resolver

pytestmark = pytest.mark.django_db(transaction=True)
WITHOUT = [name for name in settings.MIDDLEWARE if name != "tibs.core.middleware.read_once_more"]


@pytest.fixture
def cut(monkeypatch, client):
    """A view that asks the database, whose sessions PostgreSQL ends the first `times` times; counts its calls."""
    client.raise_request_exception = False
    pattern = get_resolver().url_patterns[0]
    calls = []

    def ask(method, times=1):
        def view(request):
            calls.append(method)
            with connection.cursor() as cursor:
                if len(calls) <= times:
                    cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")
                cursor.execute("SELECT 7")
                return HttpResponse(cursor.fetchone()[0])

        view.login_required = False
        view.csrf_exempt = True
        monkeypatch.setattr(pattern, "callback", view)
        return getattr(client, method)("/health/live"), calls

    yield ask
    connection.close()


def test_a_reader_does_not_notice_a_lost_connection(cut):
    answer, calls = cut("get")

    assert (answer.status_code, answer.content) == (200, b"7")
    assert len(calls) == 2


def test_without_the_second_try_the_reader_is_told_to_come_back(cut):
    """The control."""
    with override_settings(MIDDLEWARE=WITHOUT):
        answer, calls = cut("get")

    assert (answer.status_code, answer["Retry-After"]) == (503, "60")
    assert len(calls) == 1


def test_an_act_is_never_done_twice_by_itself(cut):
    answer, calls = cut("post")

    assert (answer.status_code, answer["Retry-After"]) == (503, "60")
    assert len(calls) == 1


def test_a_reader_is_told_when_the_database_stays_away(cut):
    answer, calls = cut("get", times=5)

    assert answer.status_code == 503
    assert len(calls) == 2
