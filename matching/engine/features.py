"""Profiles to arrays: one weighted row a side, so that a direction is one dot product.

Row i of `sought` times row j of `offered` is the direction f(i -> j): a sum of named block products, each
row scaled by the square root of the block's weight. On the sought side stands what i hopes to find, on the
offered side what j is: the area row of the fit matrix against one area, wished countries against the home
country, sizes that suit against the size. Facts that both share (domain, branch, languages, kinds of
cooperation) stand on both sides. A side that says nothing is a row of zeros, so its direction is 0.
"""

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from matching.engine import blocks, nace
from matching.engine.align import DIMENSIONS, LanguageMeans
from matching.engine.facets import offered_niche, offered_values, sought_niche, sought_values, text_vector
from matching.engine.profiles import Profile
from matching.engine.weights import Weights

Floats = NDArray[np.float32]
Integers = NDArray[np.int32]

# Stands for every country that no profile of a snapshot has, wishes or excludes.
ELSEWHERE = ""


@dataclass(frozen=True)
class Layout:
    """Which column means what. Vocabularies come from the profiles of a snapshot: a code that no profile has
    can match nobody, so leaving it out changes no score.
    """

    vocabulary: Mapping[str, tuple[str, ...]]
    niches: tuple[str, ...]

    def columns(self, block: str) -> slice:
        """Return the columns of a block in both arrays."""
        start = DIMENSIONS if block != blocks.TEXT else 0
        for other in blocks.COLUMN_BLOCKS[1:]:
            if other == block or block == blocks.TEXT:
                break
            start += len(self.vocabulary[other])
        return slice(start, start + (DIMENSIONS if block == blocks.TEXT else len(self.vocabulary[block])))

    @property
    def width(self) -> int:
        """Number of columns."""
        return DIMENSIONS + sum(len(names) for names in self.vocabulary.values())


@dataclass(frozen=True, eq=False)
class Arrays:
    """A snapshot of n profiles, rows sorted by country and then public id.

    `sought`, `offered` [n, width] float32; `*_niche` [n] rows and columns of `niche_table`, which is 0 between codes of
    different `niche_groups` (0: none); `accepts` [n, c]
    whether the profile takes partners of a country; `barred` [m, 2] row pairs that must not meet, smaller row
    first; `id_rank` [n] the place of each public id in sorted order, which settles ties.
    """

    ids: tuple[str, ...]
    layout: Layout
    weights: Weights
    means: LanguageMeans
    countries: tuple[str, ...]
    country: Integers
    sought: Floats
    offered: Floats
    sought_niche: Integers
    offered_niche: Integers
    niche_table: Floats
    niche_groups: Integers
    accepts: NDArray[np.bool_]
    matchable: NDArray[np.bool_]
    companies: tuple[str, ...]
    barred: NDArray[np.int64]
    id_rank: Integers

    def __len__(self) -> int:
        """Return the number of profiles."""
        return len(self.ids)

    @cached_property
    def rows_of(self) -> Mapping[str, tuple[int, ...]]:
        """Rows by public id and by company key."""
        return _rows_by_key(self.ids, self.companies)


def build(
    profiles: Iterable[Profile],
    weights: Weights,
    means: LanguageMeans,
    barred: Collection[tuple[str, str]] = (),
) -> Arrays:
    """Build the snapshot; `barred` are pairs of public ids or company keys, blocked or introduced."""
    ordered = sorted(profiles, key=lambda profile: (profile.country, profile.id))
    return build_rows(ordered, make_layout(ordered, weights), weights, means, barred)


def build_rows(
    profiles: Sequence[Profile],
    layout: Layout,
    weights: Weights,
    means: LanguageMeans,
    barred: Collection[tuple[str, str]] = (),
) -> Arrays:
    """Build rows in the given order and layout; used for a whole snapshot and for one request against it."""
    ids = tuple(profile.id for profile in profiles)
    if len(set(ids)) < len(ids):
        raise ValueError("Public ids must be unique.")
    countries = layout.vocabulary[blocks.COUNTRY]
    places = {country: place for place, country in enumerate(countries)}
    rank = np.empty(len(ids), np.int32)
    rank[sorted(range(len(ids)), key=ids.__getitem__)] = np.arange(len(ids), dtype=np.int32)
    return Arrays(
        ids=ids,
        layout=layout,
        weights=weights,
        means=means,
        countries=countries,
        country=np.array([places.get(profile.country, places[ELSEWHERE]) for profile in profiles], np.int32),
        sought=_rows(profiles, layout, weights, means, sought=True),
        offered=_rows(profiles, layout, weights, means, sought=False),
        sought_niche=_niches([sought_niche(profile) for profile in profiles], layout),
        offered_niche=_niches([offered_niche(profile) for profile in profiles], layout),
        niche_table=_niche_table(layout, weights),
        niche_groups=_niche_groups(layout),
        accepts=np.array(
            [[profile.accepts(country) for country in countries] for profile in profiles], np.bool_
        ).reshape(len(ids), len(countries)),
        matchable=np.array([profile.matchable for profile in profiles], np.bool_),
        companies=tuple(profile.company for profile in profiles),
        barred=_barred_rows(profiles, barred),
        id_rank=rank,
    )


def make_layout(profiles: Sequence[Profile], weights: Weights) -> Layout:
    """Collect the codes in use."""
    vocabulary: dict[str, set[str]] = {block: set() for block in blocks.COLUMN_BLOCKS[1:]}
    vocabulary[blocks.COUNTRY].add(ELSEWHERE)
    niches = {""}
    for profile in profiles:
        vocabulary[blocks.COUNTRY].update((profile.country, *profile.excluded))
        for values in (sought_values(profile, weights), offered_values(profile)):
            for block, named in values.items():
                vocabulary[block].update(named)
        for code in (sought_niche(profile), offered_niche(profile)):
            niches.update((code, nace.group(code)))
    return Layout({block: tuple(sorted(names)) for block, names in vocabulary.items()}, tuple(sorted(niches)))


def _rows(
    profiles: Sequence[Profile], layout: Layout, weights: Weights, means: LanguageMeans, *, sought: bool
) -> Floats:
    rows = np.zeros((len(profiles), layout.width), np.float32)
    spans = {block: layout.columns(block) for block in blocks.COLUMN_BLOCKS}
    scale = {block: math.sqrt(weights.of(block)) for block in blocks.COLUMN_BLOCKS}
    places = {
        (block, name): spans[block].start + place
        for block, names in layout.vocabulary.items()
        for place, name in enumerate(names)
    }
    for row, profile in zip(rows, profiles, strict=True):
        side = profile.sought if sought else profile.offered
        row[spans[blocks.TEXT]] = scale[blocks.TEXT] * text_vector(
            side, means.of(profile.language, sought=sought)
        )
        for block, values in (sought_values(profile, weights) if sought else offered_values(profile)).items():
            for name, value in values.items():
                if (block, name) in places:
                    row[places[block, name]] = scale[block] * value
    return rows


def _niches(codes: Sequence[str], layout: Layout) -> Integers:
    """Find each code, or its group, or nothing, in the table: what is not there can match nobody that
    closely.
    """
    places = {code: place for place, code in enumerate(layout.niches)}
    return np.array([places.get(code, places.get(nace.group(code), 0)) for code in codes], np.int32)


def _niche_table(layout: Layout, weights: Weights) -> Floats:
    groups = _niche_groups(layout)
    classes = np.array([code if len(code) == 5 else "" for code in layout.niches])
    same_group = (groups[:, None] == groups) & (groups > 0)
    same_class = (classes[:, None] == classes) & (classes != "")
    return np.asarray(np.add(same_group, same_class, dtype=np.float32) * np.float32(weights.niche / 2))


def _niche_groups(layout: Layout) -> Integers:
    """Number the groups of the table's codes from 1; 0 where there is none."""
    groups = [nace.group(code) for code in layout.niches]
    places = {group: place for place, group in enumerate(sorted({"", *groups}))}
    return np.array([places[group] for group in groups], np.int32)


def _barred_rows(profiles: Sequence[Profile], barred: Collection[tuple[str, str]]) -> NDArray[np.int64]:
    """Turn pairs of ids or company keys, and profiles of one company, into pairs of rows."""
    rows = _rows_by_key([profile.id for profile in profiles], [profile.company for profile in profiles])
    same = [(company, company) for company in {profile.company for profile in profiles} - {""}]
    pairs = {
        (min(first, second), max(first, second))
        for mine, theirs in (*barred, *same)
        for first in rows.get(mine, ())
        for second in rows.get(theirs, ())
        if profiles[first].country != profiles[second].country
    }
    return np.array(sorted(pairs), np.int64).reshape(-1, 2)


def _rows_by_key(ids: Sequence[str], companies: Sequence[str]) -> dict[str, tuple[int, ...]]:
    rows: dict[str, tuple[int, ...]] = {}
    for row, keys in enumerate(zip(ids, companies, strict=True)):
        for key in set(keys) - {""}:
            rows[key] = (*rows.get(key, ()), row)
    return rows
