import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from matching.engine.assign import assign
from matching.engine.search import TopLists


def lists_of(rows: list[list[tuple[int, float]]]) -> TopLists:
    width = max(map(len, rows))
    partner = np.full((len(rows), width), -1, np.int32)
    score = np.zeros((len(rows), width))
    for row, found in enumerate(rows):
        for place, (other, value) in enumerate(sorted(found, key=lambda pair: -pair[1])):
            partner[row, place], score[row, place] = other, value
    return TopLists(partner, score)


@st.composite
def random_lists(draw: st.DrawFn) -> TopLists:
    count = draw(st.integers(1, 12))
    found = st.dictionaries(st.integers(0, count - 1), st.floats(0.01, 1), max_size=6)
    rows = [list(draw(found).items()) for _ in range(count)]
    return lists_of([*rows[:-1], rows[-1] or [(0, 0.5)]])


@given(random_lists(), st.integers(0, 4), st.integers(0, 4))
def test_nobody_is_shown_more_often_than_its_company_can_carry(lists, places, shown) -> None:
    companies = [f"cmp_{row // 2}" for row in range(len(lists.partner))]

    chosen = assign(lists, companies, [places] * len(companies), shown)

    exposure: dict[str, int] = {}
    for row, partners in enumerate(chosen):
        assert len(partners) <= shown
        assert set(partners) <= set(lists.partner[row].tolist()) - {-1}
        for partner in partners:
            exposure[companies[partner]] = exposure.get(companies[partner], 0) + 1
    assert all(count <= places for count in exposure.values())


def test_the_best_pair_gets_the_last_place() -> None:
    lists = lists_of([[(2, 0.4), (3, 0.3)], [(2, 0.9)], [], []])

    assert assign(lists, ["", "", "", ""], [1, 1, 1, 1], shown=1) == [[3], [2], [], []]


def test_with_room_for_all_everyone_sees_its_own_best() -> None:
    lists = lists_of([[(2, 0.4), (3, 0.3)], [(2, 0.9), (3, 0.1)], [], []])

    assert assign(lists, ["a", "b", "c", "d"], [9] * 4, shown=2) == [[2, 3], [2, 3], [], []]


def test_the_smallest_capacity_named_for_a_company_holds() -> None:
    lists = lists_of([[(1, 0.4), (2, 0.3)], [], []])

    assert assign(lists, ["a", "b", "b"], [9, 9, 1], shown=2) == [[1], [], []]
