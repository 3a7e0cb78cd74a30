"""The main navigation shows what the reader may open."""

import pytest

from tests import factories
from tibs.accounts.roles import RoleCode
from tibs.pages.navigation import MOST, PLACES


def labels(response) -> list[str]:
    return [link.label for link in response.context["navigation"]]


def test_visitor_sees_the_public_pages(client, db):
    assert labels(client.get("/")) == ["Home", "Opportunities", "Brokers", "Self-assessment"]


def tabs(response) -> list[str]:
    return [link.label for link in response.context["tabs"]]


def current(response) -> tuple[list[str], list[str]]:
    """The place and the tab that are marked."""
    return tuple(
        [link.label for link in response.context[name] if link.is_current] for name in ("navigation", "tabs")
    )


def test_broker_sees_the_places_of_daily_work(client, johanna):
    client.force_login(johanna)

    assert labels(client.get("/")) == [
        "My work",
        "Companies",
        "Matches",
        "Introductions",
        "Cooperations",
        "Opportunities",
        "Brokers",
    ]


@pytest.mark.parametrize(
    ("path", "inside"),
    [
        ("/work/", ["Today", "Inbox", "To read", "Interest"]),
        ("/pipeline/", ["Companies", "Pipeline"]),
        ("/partners/", ["Matches to review", "Shortlist", "Partner search"]),
        ("/strategies/", ["Cooperations", "Joint strategies", "Agreements to validate"]),
        ("/searches/", ["Opportunities", "Saved searches"]),
        ("/brokers/", ["Brokers", "All brokers"]),
    ],
)
def test_further_pages_are_tabs_of_their_place(client, johanna, path, inside):
    client.force_login(johanna)

    assert tabs(client.get(path)) == inside


def test_a_coordinator_finds_team_and_held_registrations_inside_their_places(client, db):
    client.force_login(
        factories.person("Celina Wilk", role=RoleCode.COORDINATOR, organisation=factories.host("PL"))
    )

    assert tabs(client.get("/team/", follow=True))[-1] == "Team"
    assert tabs(client.get("/companies/"))[-1] == "Held registrations"


def test_firms_see_their_own_page_and_what_is_public(client, polish_company):
    owner = factories.person("Ewa Lis")
    factories.contact(polish_company, user=owner)
    client.force_login(owner)

    assert labels(client.get("/")) == ["Home", "My company", "Opportunities", "Brokers"]


@pytest.mark.parametrize(
    ("role", "own"),
    [
        (RoleCode.STAFF, ["Companies", "Cooperations", "Reports"]),
        (RoleCode.ADMINISTRATOR, ["Companies", "Cooperations", "Reports"]),
        (RoleCode.ANALYST, ["Reports"]),
    ],
)
def test_readers_of_the_whole_network_see_what_they_may_open(client, db, role, own):
    client.force_login(factories.person("Signe Holm", role=role))

    public = {"Home", "Opportunities", "Brokers"}
    assert [label for label in labels(client.get("/")) if label not in public] == own


def test_a_place_leads_to_the_first_page_that_its_reader_may_open(client, db):
    client.force_login(factories.person("Signe Holm", role=RoleCode.STAFF))

    places = {link.label: link.url for link in client.get("/").context["navigation"]}

    assert places["Cooperations"] == "/agreements/"
    assert tabs(client.get("/agreements/")) == []


def test_who_has_many_roles_finds_the_last_places_under_more(client, polish_company):
    owner = factories.broker("Ewa Lis", organisation=factories.host("PL")).membership.user
    factories.contact(polish_company, user=owner)
    client.force_login(owner)

    page = client.get("/")

    assert len(labels(page)) + 1 == MOST
    assert [link.label for link in page.context["more_places"]] == ["Opportunities", "Brokers"]
    assert "<summary>More</summary>" in page.text


def test_page_inside_a_place_marks_the_place_and_its_tab(client, johanna, polish_company):
    profile = factories.profile(polish_company)
    client.force_login(johanna)

    assert current(client.get(f"/p/{profile.reference}")) == (["Opportunities"], ["Opportunities"])
    assert current(client.get("/matches/shortlist/")) == (["Matches"], ["Shortlist"])


def test_no_page_is_the_tab_of_two_places():
    routes = [tab.route for place in PLACES for tab in place.tabs]

    assert len(routes) == len(set(routes))


def test_the_settings_of_notices_stand_in_the_menu_of_the_person(client, johanna):
    client.force_login(johanna)

    assert 'href="/account/notifications/"' in client.get("/").text


def test_page_that_does_not_exist_keeps_the_navigation(client, db):
    assert 'href="/opportunities/"' in client.get("/no-such-page").text
