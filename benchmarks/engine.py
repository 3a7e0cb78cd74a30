"""Measure the search against the matrix product's own speed, and write docs/results/engine-benchmark.md.

    OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 python -m benchmarks.engine

Profiles are made up from a fixed seed. Every figure is CPU time of one core, as a ratio to something measured
in the same run, so that another machine should give about the same.
"""

import statistics
import time
from collections.abc import Callable
from functools import partial
from itertools import pairwise
from pathlib import Path

import numpy as np

from matching.engine import align, search
from matching.engine.assign import assign
from matching.engine.explain import explain
from matching.engine.features import Arrays, build
from matching.engine.profiles import Profile, Side
from matching.engine.score import pair_score
from matching.engine.weights import AREAS, SIZES, Weights

HEAD = """# The engine's speed

Made by `python -m benchmarks.engine` from profiles of a fixed seed: seven countries, two sentences a side, six in
ten profiles seek something, three in ten name countries. CPU time of one core; the peak is a large float32 matrix
product of the same inner width, measured beside each run; medians of five runs. "Share of the peak" counts
only the products that are needed: two for each unordered foreign pair.

| what | 1,000 profiles | 10,000 profiles |
| --- | --- | --- |"""

TAIL = """
The goal for the full pass at 10,000 profiles is 0.55 of the peak with NumPy alone. Where the share is below it,
the rest goes into keeping 64 partners for every row of both sides of a block: comparing, and moving the
candidates. The milliseconds depend on the machine and on what else runs on it; the machine of the figures above
was busy. Encoding a text is not part of these figures.
"""

TARGET = Path(__file__).parent.parent / "docs" / "results" / "engine-benchmark.md"
COUNTRIES = {"DE": 0.3, "DK": 0.12, "EE": 0.08, "FI": 0.14, "LT": 0.1, "LV": 0.08, "PL": 0.18}
MEANS = align.language_means([], align.ShippedMeans("none", np.zeros(384, np.float32), {}))
WEIGHTS = Weights()
REPEATS = 5


def make_profiles(count: int) -> list[Profile]:
    """Firms on sixty topics in seven countries; six in ten also seek something, three in ten name countries."""
    numbers = np.random.default_rng(20)
    topics = numbers.normal(size=(60, 384))
    endings = [f"{group}{last}" for group in (1, 2, 3) for last in (0, 1)]
    classes = [f"{division}.{ending}" for division in range(10, 34) for ending in endings]

    def side() -> Side:
        vectors = topics[numbers.integers(60)] + 1.3 * numbers.normal(size=(2, 384))
        return Side((vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32))

    return [
        Profile(
            id=f"prf_{number:06d}",
            country=str(numbers.choice(list(COUNTRIES), p=list(COUNTRIES.values()))),
            language="en",
            company=f"cmp_{number}",
            offered=side(),
            sought=side() if numbers.random() < 0.6 else Side(),
            nace=(str(numbers.choice(classes)),),
            domains=((f"domain {numbers.integers(11)}", 1.0),),
            area=str(numbers.choice(AREAS)),
            cooperation=(f"kind {numbers.integers(10)}",),
            languages=("en", f"language {numbers.integers(7)}"),
            wished=tuple(map(str, numbers.choice(list(COUNTRIES), 3))) if numbers.random() < 0.3 else (),
            size=str(numbers.choice(SIZES)),
        )
        for number in range(count)
    ]


def seconds(action: Callable[[], object]) -> float:
    """CPU seconds of the action."""
    began = time.process_time()
    action()
    return time.process_time() - began


def peak(width: int) -> float:
    """Multiplications and additions a second of a large float32 matrix product of this inner width."""
    first = np.random.default_rng(1).normal(size=(1536, width)).astype(np.float32)
    second = first.copy()
    taken = statistics.median(seconds(lambda: first @ second.T) for _ in range(6))
    return 2 * len(first) ** 2 * width / taken


def share_of_peak(arrays: Arrays, action: Callable[[], object]) -> tuple[float, float]:
    """Return the median share of the peak that the needed products take, and the median seconds."""
    sizes = np.bincount(arrays.country)
    needed = 2 * arrays.sought.shape[1] * float(len(arrays) ** 2 - (sizes**2).sum())
    shares, times = [], []
    for _ in range(REPEATS):
        best = peak(arrays.sought.shape[1])
        times.append(seconds(action))
        shares.append(needed / times[-1] / best)
    return statistics.median(shares), statistics.median(times)


def naive(arrays: Arrays) -> None:
    """All directions, a mask, a full sort."""
    table = arrays.niche_table[arrays.sought_niche[:, None], arrays.offered_niche]
    f = arrays.sought @ arrays.offered.T + table
    scores = pair_score(f, f.T)
    accepted = arrays.accepts[:, arrays.country] & arrays.matchable
    scores[~(accepted & accepted.T)] = 0
    np.argsort(-scores, axis=1)[:, : search.KEEP]


def measure(count: int) -> dict[str, str]:
    """Return the figures of one size."""
    profiles = make_profiles(count)
    arrays = build(profiles, WEIGHTS, MEANS)
    share, full = share_of_peak(arrays, lambda: search.search_all(arrays))
    lists = search.search_all(arrays)
    planned = search.plan_tiles(arrays, max(256, count // 4))
    tiled = seconds(lambda: search.merge(arrays, [search.run_tile(arrays, tile) for tile in planned]))
    final = search.rescore(arrays, lists)
    some = profiles[:20]
    one = statistics.median(seconds(partial(search.search_one, arrays, mine)) for mine in some)
    why = statistics.median(
        seconds(partial(explain, mine, theirs, WEIGHTS, MEANS)) for mine, theirs in pairwise(some)
    )
    shown = seconds(lambda: assign(final, arrays.companies, [10] * count, 5))
    plain = share_of_peak(arrays, lambda: naive(arrays))[0] if count <= 4000 else None
    again = seconds(lambda: search.rescore(arrays, lists))
    return {
        "full pass, top 64 of all, share of the float32 peak": f"{share:.2f}",
        "the naive way (all products, mask, sort), share of the peak": f"{plain:.2f}" if plain else "not run",
        "the pass as 16 or so independent tiles and their merge, times the pass": f"{tiled / full:.2f}",
        "scoring the kept pairs again by parts, times the pass": f"{again / full:.2f}",
        "greedy assignment of 5 under a capacity of 10, times the pass": f"{shown / full:.2f}",
        "one changed profile, share of the pass": f"1/{full / one:.0f}",
        "one changed profile or typed request, milliseconds": f"{1000 * one:.1f}",
        "explaining one pair, milliseconds": f"{1000 * why:.1f}",
    }


def main() -> None:
    """Measure both sizes and write the table."""
    found = [measure(1_000), measure(10_000)]
    rows = [f"| {name} | {value} | {found[1][name]} |" for name, value in found[0].items()]
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_text("\n".join([HEAD, *rows, TAIL]), encoding="utf-8")


if __name__ == "__main__":
    main()
