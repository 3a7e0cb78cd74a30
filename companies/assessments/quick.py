"""After the quick scan: the areas in which the full questions are worth the time."""

from collections.abc import Sequence

import numpy as np

from companies.assessments.instrument import Instrument
from companies.assessments.scoring import round_points, score
from companies.assessments.sheets import Answer, fill_sheets


def areas_to_deepen(answers: Sequence[Answer], instrument: Instrument) -> tuple[str, ...]:
    """Codes of the best areas by the quick scan, the best first: all but one of `quick_areas`.

    The last one joins where it is level with the one before. Empty as long as the scan ranks none.
    """
    points = round_points(score(fill_sheets([answers], instrument), instrument).quick[0])
    order = [place for place in np.argsort(-points, kind="stable") if not np.isnan(points[place])]
    most = instrument.rules.quick_areas
    best = order[: most - 1]
    if len(order) >= most and points[order[most - 2]] - points[order[most - 1]] < instrument.rules.tie:
        best = order[:most]
    return tuple(instrument.area_codes[place] for place in best)
