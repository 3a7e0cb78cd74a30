"""The life cycle of a company, as a table."""

from companies.choices import Stage
from companies.stages import MOVES, RESTING, UNDER_WAY, Guard, move_of, moves_from


def test_every_stage_can_be_left_and_entered():
    assert {move.start for move in MOVES.values()} == set(Stage)
    assert {move.to for move in MOVES.values()} == set(Stage)


def test_beyond_the_lead_somebody_is_responsible():
    assert all(Guard.OWNER in move.guards for move in MOVES.values() if move.to != Stage.LEAD)


def test_the_service_is_entered_by_an_eligible_screening_only():
    served = {Stage.ENROLLED, Stage.ACTIVE}

    assert all(Guard.ELIGIBLE in move.guards for move in MOVES.values() if move.to in served)


def test_a_refusal_comes_from_the_table_of_criteria_only():
    ways = [move for move in MOVES.values() if move.to == Stage.NOT_ELIGIBLE]

    assert [move.start for move in ways] == [Stage.SCREENING]
    assert all(Guard.REFUSED in move.guards for move in ways)


def test_whoever_lets_a_company_go_says_why():
    leaving = {Stage.WITHDRAWN, Stage.DORMANT}

    assert all(Guard.REASON in move.guards for move in MOVES.values() if move.to in leaving)


def test_no_stage_leads_to_itself():
    assert all(move_of(stage, stage) is None for stage in Stage)


def test_a_company_at_rest_can_be_taken_up_again():
    assert all(Stage.SCREENING in {move.to for move in moves_from(stage)} for stage in RESTING)


def test_a_company_is_not_at_rest_and_under_way_at_once():
    assert not RESTING & UNDER_WAY
