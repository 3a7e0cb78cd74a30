"""What each block holds on the two sides of a profile, before weights: code -> value."""

import math
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from matching.engine import blocks, nace
from matching.engine.profiles import Profile, Side
from matching.engine.weights import AREAS, SIZES, Weights

Floats = NDArray[np.float32]
Values = Mapping[str, float]

BRANCH_SHARES = {"section": 0.3, "division": 0.7}
READINESS_STEPS = ("0", "1", "2", "3", "4")


def offered_niche(profile: Profile) -> str:
    """Return the main line of business, '' where unknown or nothing is offered."""
    codes = [nace.normalise(code) for code in profile.offered.nace or profile.nace]
    return codes[0] if codes and profile.offered.exists and nace.group(codes[0]) else ""


def sought_niche(profile: Profile) -> str:
    """Return the line of business looked for: as named, else the group of the own one.

    The own class is cut to its group, because a firm of exactly the same class is as often a competitor.
    """
    if not profile.sought.exists:
        return ""
    if profile.sought.nace:
        code = nace.normalise(profile.sought.nace[0])
        return code if nace.group(code) else ""
    return nace.group(nace.normalise(profile.nace[0])) if profile.nace else ""


def text_vector(side: Side, mean: Floats) -> Floats:
    """Return the unit vector of a side: the sum of its sentences, each less the language mean, at equal weight.

    Equal weight, because a fragment far from all other texts would outweigh whole sentences.
    """
    total = _unit_rows(side.vectors - mean).sum(axis=0, keepdims=True, dtype=np.float32)
    return np.asarray(_unit_rows(total)[0], np.float32)


def _unit_rows(rows: Floats) -> Floats:
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(np.where(lengths > 1e-6, rows / np.maximum(lengths, 1e-6), 0), np.float32)


def sought_values(profile: Profile, weights: Weights) -> dict[str, Values]:
    """Return what the profile hopes to find; nothing where it seeks nothing."""
    if not profile.sought.exists:
        return {}
    values = _shared_values(profile, profile.sought.nace or profile.nace)
    if profile.area in AREAS:
        values[blocks.AREA] = dict(zip(AREAS, weights.area_fit[AREAS.index(profile.area)], strict=True))
    if profile.size in SIZES:
        values[blocks.SIZE] = dict(zip(SIZES, weights.size_fit[SIZES.index(profile.size)], strict=True))
    values[blocks.COUNTRY] = dict.fromkeys(profile.wished, 1.0)
    return values


def offered_values(profile: Profile) -> dict[str, Values]:
    """Return what the profile is; nothing where it offers nothing."""
    if not profile.offered.exists:
        return {}
    values = _shared_values(profile, profile.offered.nace or profile.nace)
    values[blocks.AREA] = {profile.area: 1.0} if profile.area in AREAS else {}
    values[blocks.SIZE] = {profile.size: 1.0} if profile.size in SIZES else {}
    values[blocks.COUNTRY] = {profile.country: 1.0}
    return values


def _shared_values(profile: Profile, codes: Sequence[str]) -> dict[str, Values]:
    branches: dict[str, float] = {}
    for code in filter(None, map(nace.normalise, codes)):
        for level, name in (("section", nace.section(code)), ("division", nace.division(code))):
            if name:
                branches[name] = branches.get(name, 0.0) + math.sqrt(BRANCH_SHARES[level])
    return {
        blocks.DOMAIN: _unit({code: weight for code, weight in profile.domains if weight > 0}),
        blocks.BRANCH: _unit(branches),
        blocks.COOPERATION: _unit(dict.fromkeys(profile.cooperation, 1.0)),
        blocks.LANGUAGE: _unit(dict.fromkeys(profile.languages, 1.0)),
        blocks.READINESS: _readiness_values(profile.readiness),
    }


def _readiness_values(readiness: float | None) -> Values:
    """Spread 0..1 over five steps, so that the product of two firms falls with their distance."""
    if readiness is None:
        return {}
    place = min(max(readiness, 0.0), 1.0) * (len(READINESS_STEPS) - 1)
    return _unit({step: max(0.0, 1 - abs(place - at) / 2) for at, step in enumerate(READINESS_STEPS)})


def _unit(values: Values) -> Values:
    length = math.sqrt(sum(value * value for value in values.values()))
    return {name: value / length for name, value in values.items()} if length else {}
