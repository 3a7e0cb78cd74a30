"""How a firm's potential moved from one of its assessments to the next."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from companies.assessments.instrument import Instrument
from companies.assessments.scoring import score
from companies.assessments.sheets import Answer, fill_sheets


@dataclass(frozen=True, eq=False)
class Stand:
    """Where a firm stood at one assessment: points of untapped potential by area; areas not ranked are missing."""

    instrument: Instrument
    points: Mapping[str, float]


def stand_of(answers: Sequence[Answer], instrument: Instrument) -> Stand:
    """Compute the potential of every area that one rater's answers rank."""
    untapped = score(fill_sheets([answers], instrument), instrument).untapped[0]
    ranked = zip(instrument.area_codes, untapped, strict=True)
    return Stand(instrument, {code: float(points) for code, points in ranked if not np.isnan(points)})


def moved(now: Stand, before: Stand, area: str) -> float | None:
    """By how many points an area moved; None where one of them does not rank it, or measured something else."""
    if not is_comparable(now.instrument, before.instrument):
        return None
    later, earlier = now.points.get(area), before.points.get(area)
    return None if later is None or earlier is None else later - earlier


def is_comparable(one: Instrument, other: Instrument) -> bool:
    """Whether points of both versions mean the same: the same questions, counted the same way."""
    return _measure(one) == _measure(other)


def _measure(instrument: Instrument) -> tuple[object, ...]:
    rules = instrument.rules
    asked = (instrument.area_codes, dict(instrument.items), instrument.starred)
    return (*asked, instrument.weights, rules.headroom_floor, rules.enough)
