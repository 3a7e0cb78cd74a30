"""The container asks its own web server."""

import pytest

from tibs.core.probe import lives


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_a_running_server_lives(live_server, monkeypatch):
    monkeypatch.setenv("ALLOWED_HOSTS", "localhost,tibs.example.org")

    assert lives(live_server.url.replace("localhost", "127.0.0.1"))


@pytest.mark.browser
def test_a_closed_port_is_no_life():
    assert not lives("http://127.0.0.1:9", within=1)
