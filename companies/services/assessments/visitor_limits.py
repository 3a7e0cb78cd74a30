"""How often visitors may begin a self-assessment, answer it and print its result, by network and for all together.

Without the counter both still work, since nobody shall be turned away for a fault of ours.
"""

import contextlib

from tibs.core.limits import CounterAwayError, Limit, take
from tibs.figures import (
    SELF_ASSESSMENT_ANSWERS,
    SELF_ASSESSMENT_ANSWERS_ALL,
    SELF_ASSESSMENT_ANSWERS_NETWORK,
    SELF_ASSESSMENT_ANSWERS_WINDOW,
    SELF_ASSESSMENT_PDFS_ALL,
    SELF_ASSESSMENT_PDFS_NETWORK,
    SELF_ASSESSMENTS_ALL,
    SELF_ASSESSMENTS_NETWORK,
)

HOUR = 3600


def count_beginning(network: str) -> None:
    """Count a self-assessment that a visitor begins; LimitReachedError."""
    _count("begin", network, SELF_ASSESSMENTS_NETWORK, SELF_ASSESSMENTS_ALL)


def count_printing(network: str) -> None:
    """Count a PDF that is made for a visitor; LimitReachedError."""
    _count("pdf", network, SELF_ASSESSMENT_PDFS_NETWORK, SELF_ASSESSMENT_PDFS_ALL)


def count_answering(network: str, assessment_id: str) -> None:
    """Count an answer, or a page of them, that a visitor saves; LimitReachedError.

    Far more than somebody gives who answers as fast as they can read.
    """
    seconds = int(SELF_ASSESSMENT_ANSWERS_WINDOW.total_seconds())
    _take(
        Limit(f"self_assessment:answers:{assessment_id}", SELF_ASSESSMENT_ANSWERS, seconds),
        Limit(f"self_assessment:answer:{network}", SELF_ASSESSMENT_ANSWERS_NETWORK, seconds),
        Limit("self_assessment:answer", SELF_ASSESSMENT_ANSWERS_ALL, seconds),
    )


def _count(what: str, network: str, most_of_network: int, most_of_all: int) -> None:
    _take(
        Limit(f"self_assessment:{what}:{network}", most_of_network, HOUR),
        Limit(f"self_assessment:{what}", most_of_all, HOUR),
    )


def _take(*limits: Limit) -> None:
    with contextlib.suppress(CounterAwayError):
        take(limits)
