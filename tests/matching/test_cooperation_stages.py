"""The life cycles of cooperations and joint strategies, as tables."""

from hypothesis import given
from hypothesis import strategies as st

from matching.choices import CooperationStatus, StrategyStatus
from matching.cooperation_stages import MOVES, OPEN_COOPERATIONS, STRATEGY_MOVES, Turn, after, strategy_after

TURNS = st.lists(st.sampled_from(list(Turn)))


def walk(turns):
    """The statuses that a cooperation goes through, where refused turns change nothing."""
    status, path = CooperationStatus.MEETING, [CooperationStatus.MEETING]
    for turn in turns:
        status = after(status, turn) or status
        path.append(status)
    return path


@given(TURNS)
def test_nothing_leads_out_of_an_end(turns):
    path = walk(turns)
    ended = [status for status in path if status not in OPEN_COOPERATIONS]

    assert len(set(ended)) <= 1
    assert path[len(path) - len(ended) :] == ended


@given(TURNS)
def test_an_agreement_is_written_or_met_for_before_it_counts(turns):
    path = walk(turns)

    assert CooperationStatus.AGREEMENT not in path or CooperationStatus.NEGOTIATING in path


@given(TURNS)
def test_a_talk_can_be_given_up_as_long_as_it_is_open(turns):
    status = walk(turns)[-1]

    assert (after(status, Turn.GIVEN_UP) is not None) == (status in OPEN_COOPERATIONS)


def test_every_status_is_reached():
    assert {CooperationStatus.MEETING, *MOVES.values()} == set(CooperationStatus)


def test_a_strategy_goes_one_way_to_its_end():
    path = [StrategyStatus.DRAFT]
    while following := strategy_after(path[-1]):
        path.append(following)

    assert [*path, StrategyStatus.GIVEN_UP] == list(StrategyStatus)


def test_only_a_draft_is_given_up():
    before = [status for status, after in STRATEGY_MOVES.items() if StrategyStatus.GIVEN_UP in after]

    assert before == [StrategyStatus.DRAFT]
