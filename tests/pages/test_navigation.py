"""The main navigation shows what the reader may open."""

import pytest

from tests import factories
from tibs.accounts.roles import RoleCode


def labels(response) -> list[str]:
    return [link.label for link in response.context["navigation"]]


def test_visitor_sees_the_public_pages(client, db):
    assert labels(client.get("/")) == ["Home", "Opportunities", "Brokers"]


@pytest.mark.parametrize("role", [RoleCode.STAFF, RoleCode.ANALYST, RoleCode.ADMINISTRATOR])
def test_readers_of_reports_find_them(client, db, role):
    client.force_login(factories.person("Signe Holm", role=role))

    assert "Reports" in labels(client.get("/"))


def test_broker_finds_no_reports(client, johanna):
    client.force_login(johanna)

    assert "Reports" not in labels(client.get("/"))


def test_page_inside_a_place_marks_the_place(client, polish_company):
    profile = factories.profile(polish_company)

    links = client.get(f"/p/{profile.reference}").context["navigation"]

    assert [link.label for link in links if link.is_current] == ["Opportunities"]


def test_page_that_does_not_exist_keeps_the_navigation(client, db):
    assert 'href="/opportunities/"' in client.get("/no-such-page").text
