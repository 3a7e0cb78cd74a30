"""From one address of a server to what Django and Celery want."""

import pytest

from tibs.core.servers import cache_options, celery_url, mailer, numbered, session_limits


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("redis://host:6379", "redis://host:6379/2"),
        ("redis://host:6379/7", "redis://host:6379/2"),
        ("rediss://user:p%40ss@host/0?ssl_cert_reqs=none", "rediss://user:p%40ss@host/2?ssl_cert_reqs=none"),
        ("unix:///run/valkey.sock", "unix:///run/valkey.sock?db=2"),
        ("unix:///run/valkey.sock?db=5", "unix:///run/valkey.sock?db=2"),
    ],
)
def test_address_gets_another_database_number(url, expected):
    assert numbered(url, 2) == expected


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("redis://host:6379/3", "redis://host:6379/3"),
        ("unix:///run/valkey.sock?db=3", "redis+socket:///run/valkey.sock?virtual_host=3"),
        ("unix:///run/valkey.sock", "redis+socket:///run/valkey.sock?virtual_host=0"),
        ("amqp://guest@host//", "amqp://guest@host//"),
    ],
)
def test_broker_keeps_the_database_that_its_address_names(url, expected):
    assert celery_url(url) == expected


def test_cache_never_waits_long_for_a_server_that_hangs():
    assert cache_options("redis://host") == {"socket_timeout": 1, "socket_connect_timeout": 0.5}
    assert cache_options("unix:///run/valkey.sock") == {"socket_timeout": 1}


def test_mail_goes_to_the_server_that_was_named():
    parsed = {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": "mail.example.org",
        "EMAIL_PORT": 587,
        "EMAIL_HOST_USER": "tibs",
        "EMAIL_HOST_PASSWORD": "secret",
        "EMAIL_USE_TLS": True,
        "EMAIL_USE_SSL": False,
        "EMAIL_TIMEOUT": None,
    }

    assert mailer(parsed)["OPTIONS"] == {
        "host": "mail.example.org",
        "port": 587,
        "username": "tibs",
        "password": "secret",
        "use_tls": True,
        "timeout": 10,
    }


def test_mail_on_the_console_has_no_server():
    backend = "django.core.mail.backends.console.EmailBackend"

    assert mailer({"EMAIL_BACKEND": backend, "EMAIL_HOST": ""}) == {"BACKEND": backend}


def test_pages_and_workers_give_up_a_statement_in_time_and_commands_take_theirs():
    assert "statement_timeout=5000" in session_limits("web")
    assert "statement_timeout=60000" in session_limits("worker")
    assert "lock_timeout=2000" in session_limits("web")
    assert session_limits("") == ""
