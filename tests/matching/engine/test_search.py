from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.engine import search, tiles
from matching.engine.features import Arrays, build
from matching.engine.profiles import Profile, Side
from matching.engine.score import pair_parts
from matching.engine.search import TopLists
from matching.engine.weights import Weights
from tests.matching.engine.strategies import PLAIN_MEANS, naive_scores, profile, side, snapshots

KEEPS = st.sampled_from((1, 3, 8, 64))


@pytest.fixture(autouse=True, params=[(3, 5, 2), (7, 10, 4), (512, 1024, 8)], ids=str)
def block_sizes(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Small blocks make a few rows meet every edge; widths are not multiples of the group size."""
    for name, value in zip(("ROWS", "COLUMNS", "GROUP"), request.param, strict=True):
        monkeypatch.setattr(tiles, name, value)


def snapshot(profiles: list[Profile], barred: tuple[tuple[str, str], ...] = ()) -> Arrays:
    return build(profiles, Weights(), PLAIN_MEANS, barred)


def assert_is_best_of(lists: TopLists, scores: np.ndarray, arrays: Arrays) -> None:
    """Equal sorted scores, and equal ids wherever neighbouring scores differ."""
    for row in range(len(arrays)):
        order = np.lexsort((arrays.id_rank, -scores[row]))[: lists.partner.shape[1]]
        expected = np.pad(scores[row, order], (0, lists.partner.shape[1] - len(order)))
        assert np.allclose(lists.score[row], expected, atol=1e-5)
        bounds = np.concatenate([[np.inf], expected, [0.0 if len(order) == len(arrays) else -np.inf]])
        for place, partner in enumerate(order):
            gaps = bounds[place] - bounds[place + 1], bounds[place + 1] - bounds[place + 2]
            if expected[place] > 1e-5 and min(gaps) > 1e-5 and place + 1 < lists.partner.shape[1]:
                assert lists.partner[row, place] == partner


@settings(max_examples=40, deadline=None)
@given(snapshots(), KEEPS)
def test_block_search_equals_the_naive_search(profiles: list[Profile], keep: int) -> None:
    arrays = snapshot(profiles, (("prf_0000", "prf_0001"), ("cmp_1", "cmp_2")))

    lists = search.search_all(arrays, keep)

    assert_is_best_of(lists, naive_scores(arrays), arrays)


@settings(max_examples=40, deadline=None)
@given(snapshots(), KEEPS, st.integers(1, 40), st.randoms(use_true_random=False))
def test_tiles_in_any_order_equal_one_pass(profiles, keep, size, shuffle) -> None:
    arrays = snapshot(profiles)
    planned = search.plan_tiles(arrays, size)
    shuffle.shuffle(planned)
    found = [search.run_tile(arrays, tile, keep) for tile in planned]

    merged = search.merge(arrays, [*found, *found[:1]], keep)

    assert_is_best_of(merged, naive_scores(arrays), arrays)


@settings(max_examples=25, deadline=None)
@given(snapshots(), st.integers(1, 40))
def test_tiles_hold_each_foreign_pair_once(profiles: list[Profile], size: int) -> None:
    arrays = snapshot(profiles)
    met = np.zeros((len(arrays), len(arrays)), int)

    for tile in search.plan_tiles(arrays, size):
        met[tile.row_start : tile.row_stop, tile.column_start : tile.column_stop] += 1

    assert np.array_equal(met + met.T, (arrays.country[:, None] != arrays.country).astype(int))


@settings(max_examples=25, deadline=None)
@given(snapshots(), st.randoms(use_true_random=False))
def test_the_order_of_the_profiles_changes_nothing(profiles, shuffle) -> None:
    first = snapshot(profiles)
    shuffle.shuffle(profiles)
    second = snapshot(profiles)

    one = search.rescore(first, search.search_all(first))
    other = search.rescore(second, search.search_all(second))

    assert first.ids == second.ids
    assert np.array_equal(one.partner, other.partner)
    assert np.array_equal(one.score, other.score)


@settings(max_examples=40, deadline=None)
@given(snapshots())
def test_no_result_fails_a_hard_rule(profiles: list[Profile]) -> None:
    barred = (("prf_0000", "prf_0001"), ("cmp_1", "cmp_2"))
    arrays = snapshot(profiles, barred)
    by_id = {profile.id: profile for profile in profiles}

    lists = search.rescore(arrays, search.search_all(arrays))

    for row, place in np.argwhere(lists.partner >= 0):
        one, other = by_id[arrays.ids[row]], by_id[arrays.ids[lists.partner[row, place]]]
        keys = {one.id, one.company}, {other.id, other.company}
        assert one.country != other.country
        assert one.accepts(other.country)
        assert other.accepts(one.country)
        assert one.matchable
        assert other.matchable
        assert not one.company or one.company != other.company
        assert not any({a, b} <= keys[0] | keys[1] and a in keys[0] ^ keys[1] for a, b in barred)
        assert lists.score[row, place] > 0


@settings(max_examples=40, deadline=None)
@given(snapshots())
def test_one_profile_finds_what_the_full_pass_finds(profiles: list[Profile]) -> None:
    arrays = snapshot(profiles, (("prf_0000", "prf_0001"),))
    lists = search.rescore(arrays, search.search_all(arrays))

    for profile_ in profiles[:5]:
        ranked = search.search_one(arrays, profile_)
        row = arrays.ids.index(profile_.id)
        partners = lists.partner[row][lists.partner[row] >= 0]
        if profile_.matchable:
            assert [found.row for found in ranked] == partners.tolist()
            assert np.allclose([found.score for found in ranked], lists.score[row][: len(ranked)], atol=1e-9)


@settings(max_examples=25, deadline=None)
@given(snapshots(largest=30))
def test_the_score_of_a_pair_does_not_depend_on_others_in_the_run(profiles: list[Profile]) -> None:
    if len(profiles) < 2:
        return
    whole, pair = snapshot(profiles), snapshot(profiles[:2])
    rows = [np.array([whole.ids.index(profile_id)]) for profile_id in pair.ids]

    in_whole = pair_parts(whole, rows[0], whole, rows[1])
    alone = pair_parts(pair, np.array([0]), pair, np.array([1]))

    assert np.allclose(in_whole.forward, alone.forward, atol=1e-7)
    assert np.allclose(in_whole.backward, alone.backward, atol=1e-7)


def test_rows_of_zeros_find_nobody_and_are_found_by_nobody() -> None:
    numbers = np.random.default_rng(1)
    silent = [profile(n, numbers, offered=Side(), sought=Side(), country="PL") for n in range(3)]
    talking = [profile(10 + n, numbers, offered=side(numbers, 2), country="DE") for n in range(3)]

    lists = search.search_all(snapshot(silent + talking))

    assert (lists.partner == -1).all()


def test_an_empty_snapshot_gives_empty_lists() -> None:
    arrays = snapshot([])

    assert search.plan_tiles(arrays) == []
    assert search.search_all(arrays).partner.shape == (0, 64)
    assert search.search_one(arrays, profile(1, np.random.default_rng(1))) == []


def test_ties_are_settled_by_public_id() -> None:
    numbers = np.random.default_rng(3)
    plain = {"wished": (), "excluded": (), "matchable": True, "company": ""}
    seeker = profile(0, numbers, country="PL", sought=side(numbers, 1), **plain)
    model = profile(1, numbers, country="DE", offered=seeker.sought, sought=Side(), **plain)
    copies = [
        replace(model, id=f"prf_{number:03d}", country=("DE", "FI")[number % 2]) for number in range(90)
    ]
    arrays = snapshot([seeker, *copies])

    lists = search.rescore(arrays, search.search_all(arrays))

    row = arrays.ids.index(seeker.id)
    found = [arrays.ids[partner] for partner in lists.partner[row]]
    assert found == sorted(found)
    assert len(found) == search.TOP


def test_a_request_from_a_country_without_profiles_respects_wishes() -> None:
    numbers = np.random.default_rng(4)
    plain = {"excluded": (), "matchable": True, "company": ""}
    offer = side(numbers, 2)
    open_one = profile(1, numbers, country="DE", offered=offer, wished=(), **plain)
    choosy = profile(2, numbers, country="FI", offered=offer, wished=("PL",), **plain)
    closed = replace(open_one, id="prf_0003", excluded=("SE",))
    request = Profile(id="request", country="SE", language="en", sought=offer)

    ranked = search.search_one(snapshot([open_one, choosy, closed]), request)

    assert [found.id for found in ranked] == [open_one.id]
