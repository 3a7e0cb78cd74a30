import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from matching.engine.topk import Best, entry_ranks, entry_scores, make_entries

ADDED = st.lists(
    st.lists(st.tuples(st.integers(0, 3), st.floats(2**-10, 1, width=32)), max_size=40), max_size=6
)


@given(st.lists(st.tuples(st.floats(2**-20, 8, width=32), st.integers(0, 2**31 - 1)), min_size=1))
def test_entries_hold_scores_and_ranks_exactly(pairs: list[tuple[float, int]]) -> None:
    scores, ranks = (np.array(values) for values in zip(*pairs, strict=True))

    entries = make_entries(scores.astype(np.float32), ranks)

    assert np.array_equal(entry_scores(entries), scores.astype(np.float32))
    assert np.array_equal(entry_ranks(entries), ranks)


def test_the_better_score_wins_and_ties_go_to_the_smaller_rank() -> None:
    entries = make_entries(np.array([0.5, 0.5, 0.6], np.float32), np.array([7, 3, 9]))

    assert np.argsort(-entries).tolist() == [2, 1, 0]


@given(ADDED, st.integers(1, 5))
def test_the_best_survive_whatever_the_order_and_size_of_batches(batches, keep) -> None:
    best, everything = Best(4, keep), [[] for _ in range(4)]
    for number, batch in enumerate(batches):
        ordered = sorted(batch)
        rows = np.array([row for row, _ in ordered], np.int64)
        scores = np.array([score for _, score in ordered], np.float32)
        entries = make_entries(scores, np.arange(len(ordered)) + 100 * number)
        best.add(rows, entries)
        for row, entry in zip(rows, entries, strict=True):
            everything[row].append(int(entry))

    for row, expected in enumerate(everything):
        top = sorted(expected, reverse=True)[:keep]
        assert best.finished()[row].tolist() == top + [0] * (keep - len(top))
        if len(top) == keep:
            assert best.floor[row] <= entry_scores(np.array([top[-1]]))[0]
