"""What firms at the same stage and of the same size have, where enough of them were assessed to say it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from companies.assessments.instrument import Instrument
from companies.assessments.scoring import score
from companies.assessments.sheets import Answer, fill_sheets


@dataclass(frozen=True)
class Peers:
    """The middle of other firms in one area: the median of their untapped potential, in points, and their number."""

    count: int
    median: float


def benchmark(
    others: Sequence[Sequence[Answer]], instrument: Instrument, *, at_least: int
) -> Mapping[str, Peers]:
    """The peers by area code, from one assessment of each other firm; areas with fewer than `at_least` are missing."""
    untapped = score(fill_sheets(others, instrument), instrument).untapped if others else np.empty((0, 0))
    found = {}
    for area, points in zip(instrument.area_codes, untapped.T, strict=False):
        known = points[~np.isnan(points)]
        if len(known) >= at_least:
            found[area] = Peers(len(known), float(np.median(known)))
    return found
