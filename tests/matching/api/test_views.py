"""The matches of a profile, as its people read them."""

import pytest
from django.urls import reverse

from companies.choices import Purpose
from companies.services.consents import withdraw_consent
from companies.services.publishing import withdraw_profile
from tests import factories
from tests.api.contract import assert_fits, assert_problem
from tests.standing_scenes import standing


@standing
def joinery(polish_company):
    return factories.profile(polish_company)


@standing
def saw_mill(finnish_company):
    return factories.profile(finnish_company)


@standing
def pair(joinery, saw_mill):
    return factories.match(joinery, saw_mill, forward=0.5, backward=0.25)


def matches(client, profile, query=""):
    return client.get(reverse("api_profile_matches", args=[profile.public_id]) + query)


def test_a_broker_reads_the_matches_of_an_own_profile(client, aleksandra, pair, joinery, saw_mill):
    client.force_login(aleksandra)

    page = matches(client, joinery).json()

    assert_fits(page, "ProfileMatchPage")
    (match,) = page["items"]
    assert match["id"] == pair.public_id
    assert match["partner"]["reference"] == saw_mill.reference
    assert match["partner"]["country"] == "FI"
    assert (match["sought"]["value"], match["offered"]["value"]) == (0.5, 0.25)


def test_the_other_side_sees_the_directions_turned(client, johanna, pair, saw_mill):
    client.force_login(johanna)

    (match,) = matches(client, saw_mill).json()["items"]

    assert (match["sought"]["value"], match["offered"]["value"]) == (0.25, 0.5)


def test_the_parts_add_up_to_their_direction_and_all_contributions_to_the_score(
    client, aleksandra, pair, joinery
):
    client.force_login(aleksandra)

    (match,) = matches(client, joinery).json()["items"]

    directions = [match["sought"], match["offered"]]
    for direction in directions:
        assert sum(part["value"] for part in direction["parts"]) == pytest.approx(
            direction["value"], abs=1e-5
        )
    contributions = [part["contribution"] for direction in directions for part in direction["parts"]]
    assert sum(contributions) == pytest.approx(match["score"], abs=1e-5)


def test_a_partner_stays_anonymous(client, aleksandra, pair, joinery, finnish_company):
    client.force_login(aleksandra)

    said = matches(client, joinery).content.decode()

    assert finnish_company.name not in said
    assert finnish_company.public_id not in said


def test_public_facts_carry_their_name(client, aleksandra, joinery, finnish_company):
    factories.match(joinery, factories.public_facts(finnish_company))
    client.force_login(aleksandra)

    (match,) = matches(client, joinery).json()["items"]

    assert match["partner"]["name"] == finnish_company.name
    assert match["partner"]["reference"] is None


@pytest.mark.parametrize("side", ["own", "partner"])
def test_nobody_is_shown_after_a_consent_was_withdrawn(
    client, aleksandra, pair, joinery, polish_company, finnish_company, side
):
    client.force_login(aleksandra)
    company = polish_company if side == "own" else finnish_company

    withdraw_consent(company=company, purpose=Purpose.PUBLISH_ANONYMOUS, language="en", by=factories.BENCH)

    assert matches(client, joinery).json() == {"items": [], "next": None}


def test_a_withdrawn_partner_is_not_shown(client, aleksandra, pair, joinery, saw_mill):
    client.force_login(aleksandra)

    withdraw_profile(profile=saw_mill, by=factories.BENCH)

    assert matches(client, joinery).json()["items"] == []


def test_best_partners_come_first_and_pages_join_up(client, aleksandra, joinery, finnish_company):
    values = [0.3, 0.5, 0.5, 0.1, 0.4]
    for value in values:
        factories.match(joinery, factories.profile(finnish_company), forward=value, backward=value)
    client.force_login(aleksandra)

    whole = matches(client, joinery).json()["items"]
    first = matches(client, joinery, "?limit=2").json()
    second = client.get(first["next"]).json()
    third = client.get(second["next"]).json()

    assert [match["score"] for match in whole] == pytest.approx(sorted(values, reverse=True))
    assert first["items"] + second["items"] + third["items"] == whole
    assert third["next"] is None


def test_strangers_learn_nothing(client, johanna, joinery):
    client.force_login(johanna)

    foreign = matches(client, joinery)
    absent = client.get("/api/v1/profiles/prf_0123456789abcdef/matches/")

    known = assert_problem(foreign, 404, "not_found")
    unknown = assert_problem(absent, 404, "not_found")
    assert known | {"request_id": ""} == unknown | {"request_id": ""}


def test_staff_read_no_matches(client, signe, joinery):
    client.force_login(signe)

    assert_problem(matches(client, joinery), 403, "not_allowed")


def test_a_visitor_is_asked_to_sign_in(client, joinery):
    answer = matches(client, joinery)

    assert_problem(answer, 401, "authentication_required")
    assert answer.headers["WWW-Authenticate"] == "Session"


def test_matches_are_stored_nowhere_on_the_way(client, aleksandra, joinery):
    client.force_login(aleksandra)

    answer = matches(client, joinery)

    assert answer.headers["Cache-Control"] == "no-store"


def test_parts_are_named_in_the_language_of_the_reader(client, aleksandra, pair, joinery):
    client.force_login(aleksandra)

    (match,) = matches(client, joinery).json()["items"]

    names = {part["code"]: part["name"] for part in match["sought"]["parts"]}
    assert names["text"] == "What is sought and what is offered"
