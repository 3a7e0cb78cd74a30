"""What people see when something of ours is broken."""

import pytest
from django.db import OperationalError
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
