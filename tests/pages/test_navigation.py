"""The main navigation shows what the reader may open."""

import pytest

from tests import factories
from tibs.accounts.roles import RoleCode


def labels(response) -> list[str]:
    return [link.label for link in response.context["navigation"]]


def test_visitor_sees_the_public_pages(client, db):
    assert labels(client.get("/")) == ["Home", "Opportunities", "Brokers", "Self-assessment"]


def test_broker_sees_the_places_of_daily_work(client, johanna):
    client.force_login(johanna)

    assert labels(client.get("/")) == [
        "Home",
        "My work",
        "Pipeline",
        "Companies",
        "Matches",
        "Introductions",
        "Cooperations",
        "Partner search",
        "Opportunities",
        "Brokers",
    ]


@pytest.mark.parametrize(
    ("role", "own"),
    [
        (
            RoleCode.STAFF,
            ["Pipeline", "Companies", "Held registrations", "Agreements to validate", "Reports"],
        ),
        (
            RoleCode.ADMINISTRATOR,
            ["Pipeline", "Companies", "Held registrations", "Agreements to validate", "Team", "Reports"],
        ),
        (RoleCode.ANALYST, ["Reports"]),
    ],
)
def test_readers_of_the_whole_network_see_what_they_may_open(client, db, role, own):
    client.force_login(factories.person("Signe Holm", role=role))

    public = {"Home", "Opportunities", "Brokers"}
    assert [label for label in labels(client.get("/")) if label not in public] == own


def test_page_inside_a_place_marks_the_place(client, polish_company):
    profile = factories.profile(polish_company)

    links = client.get(f"/p/{profile.reference}").context["navigation"]

    assert [link.label for link in links if link.is_current] == ["Opportunities"]


def test_page_that_does_not_exist_keeps_the_navigation(client, db):
    assert 'href="/opportunities/"' in client.get("/no-such-page").text
