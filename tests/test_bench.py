"""The bench itself: what must fail does fail."""

import socket
import warnings

import pytest
from django.db import connection
from django.template import Context, engines

ELSEWHERE = ("192.0.2.1", 80)


def render(text, **values):
    return engines["django"].engine.from_string(text).render(Context(values))


def test_an_undefined_template_variable_fails():
    with pytest.raises(pytest.fail.Exception, match=r"Undefined template variable 'compnay\.name'"):
        render("{{ compnay.name }}", company="Žalia")


def test_a_condition_may_ask_for_what_is_undefined():
    assert render("{% if company %}yes{% else %}no{% endif %}") == "no"


def test_a_warning_is_an_error():
    with pytest.raises(DeprecationWarning):
        warnings.warn("old", DeprecationWarning, stacklevel=1)


def test_the_network_is_closed():
    with pytest.raises(UserWarning, match="tried to use socket"):
        socket.create_connection(ELSEWHERE)


@pytest.mark.browser
def test_a_browser_test_reaches_its_own_machine_only():
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(server.getsockname()).close()

    with pytest.raises(UserWarning, match="tried to use socket"):
        socket.create_connection(ELSEWHERE)


def test_the_database_is_postgresql(db):
    assert connection.vendor == "postgresql"
    assert connection.pg_version >= 17_00_00


def test_the_database_sorts_as_in_production(db):
    with connection.cursor() as cursor:
        cursor.execute("SELECT datlocprovider, datlocale FROM pg_database WHERE datname = current_database()")

        assert cursor.fetchone() == ("b", "C.UTF-8")
