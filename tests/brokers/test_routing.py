"""Which broker gets a firm: what the ranking promises for every firm and every team."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from brokers import routing
from brokers.routing import Candidate, Code, Lead, rank

REGIONS = ("LV00C", "LV005", "LV00", "LT011", "LT022", "LT02", "EE008", "LV", "LT", "EE")
LANGUAGES = ("lv", "lt", "et", "en", "de")
VIDZEME = Lead(country="LV", region="LV00C", language="lv")

leads = st.sampled_from(REGIONS).flatmap(
    lambda region: st.builds(
        Lead,
        country=st.just(region[:2]),
        region=st.sampled_from([region if len(region) > 2 else "", ""]),
        language=st.sampled_from(LANGUAGES),
    )
)
candidates = st.builds(
    Candidate,
    id=st.integers(1, 10_000),
    languages=st.frozensets(st.sampled_from(LANGUAGES), min_size=1, max_size=3),
    regions=st.frozensets(st.sampled_from(REGIONS), max_size=3),
    load=st.integers(0, 80),
    capacity=st.integers(0, 60),
    takes_leads=st.booleans(),
)
teams = st.lists(candidates, max_size=8, unique_by=lambda candidate: candidate.id)


def candidate(id=1, **values):
    given = {"languages": frozenset({"lv", "en"}), "regions": frozenset({"LV00C"}), "load": 5, "capacity": 30}
    return Candidate(id=id, **(given | values))


def order(*team, lead=VIDZEME):
    return [ranked.id for ranked in rank(lead, team)]


def test_who_serves_the_region_comes_before_who_serves_another_one():
    assert order(candidate(1, regions=frozenset({"LV005"})), candidate(2)) == [2, 1]


def test_who_speaks_the_language_comes_before_who_needs_english():
    assert order(candidate(1, languages=frozenset({"en"})), candidate(2)) == [2, 1]


def test_who_has_more_room_comes_first_among_equals():
    assert order(candidate(1, load=20), candidate(2, load=10)) == [2, 1]


def test_load_counts_against_capacity():
    assert order(candidate(1, load=10, capacity=15), candidate(2, load=15, capacity=60)) == [2, 1]


def test_equal_brokers_go_by_id():
    assert order(candidate(7), candidate(3), candidate(5)) == [3, 5, 7]


def test_broker_of_another_country_is_not_asked():
    assert order(candidate(regions=frozenset({"EE008"}))) == []


def test_firm_without_region_fits_nobody_by_itself():
    ranked = rank(replace(VIDZEME, region=""), [candidate()])

    assert [one.fits for one in ranked] == [False]
    assert ranked[0].reasons[0].as_json() == {"code": "same_country", "country": "LV"}


def test_reasons_are_codes_and_numbers():
    (ranked,) = rank(VIDZEME, [candidate(load=5, capacity=30)])

    assert [reason.as_json() for reason in ranked.reasons] == [
        {"code": "serves_region", "region": "LV00C"},
        {"code": "speaks_language", "language": "lv"},
        {"code": "load", "load": 5, "capacity": 30},
    ]


@pytest.mark.parametrize("what", [{"load": 30}, {"capacity": 0}, {"takes_leads": False}])
def test_who_is_full_or_takes_none_never_fits(what):
    (ranked,) = rank(VIDZEME, [candidate(**what)])

    assert not ranked.fits


@given(leads, teams)
def test_the_order_of_the_team_does_not_matter(lead, team):
    assert rank(lead, team) == rank(lead, reversed(team))


@given(leads, teams)
def test_points_are_between_0_and_100_and_everybody_stands_once(lead, team):
    ranked = rank(lead, team)

    assert all(0 <= one.points <= 100 for one in ranked)
    assert len({one.id for one in ranked}) == len(ranked) <= len(team)


@given(leads, teams)
def test_nobody_who_does_not_fit_stands_before_somebody_who_does(lead, team):
    fits = [one.fits for one in rank(lead, team)]

    assert fits == sorted(fits, reverse=True)


@given(leads, teams)
def test_only_who_takes_firms_and_has_room_fits(lead, team):
    by_id = {one.id: one for one in team}

    assert all(by_id[one.id].takes_leads and by_id[one.id].has_room for one in rank(lead, team) if one.fits)


@given(leads, candidates, teams)
def test_one_firm_more_never_moves_a_broker_up(lead, one, others):
    others = [other for other in others if other.id != one.id]
    busier = replace(one, load=one.load + 1)

    places = [
        [ranked.id for ranked in rank(lead, [who, *others])].index(one.id)
        for who in (one, busier)
        if routing.nearness(lead, one.regions)
    ]

    assert places == sorted(places)


@given(leads, candidates, teams)
def test_one_language_more_never_moves_a_broker_down(lead, one, others):
    assume(routing.nearness(lead, one.regions))
    others = [other for other in others if other.id != one.id]
    abler = replace(one, languages=one.languages | {lead.language})

    before, after = (
        [ranked.id for ranked in rank(lead, [who, *others])].index(one.id) for who in (one, abler)
    )

    assert after <= before


@given(leads, teams)
def test_every_reason_is_known_and_there_are_three(lead, team):
    for ranked in rank(lead, team):
        assert len(ranked.reasons) == 3
        assert all(reason.code in Code for reason in ranked.reasons)


def test_the_ranking_is_pure():
    lines = Path(routing.__file__).read_text().splitlines()

    imported = {line.split()[1] for line in lines if line.startswith(("import ", "from "))}
    assert imported == {"collections.abc", "dataclasses", "enum", "itertools"}
