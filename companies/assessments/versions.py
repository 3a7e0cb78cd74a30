"""All versions of the instrument. Results are computed with the version that the answers were given to."""

from companies.assessments import instrument_v1
from companies.assessments.instrument import Instrument

VERSIONS = {made.version: made for made in (instrument_v1.INSTRUMENT,)}
LATEST = max(VERSIONS)


def instrument(version: int = LATEST) -> Instrument:
    """Return a version of the instrument; KeyError if there is none of that number."""
    return VERSIONS[version]
