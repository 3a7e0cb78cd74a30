"""The table of criteria that decides who gets the service, version by version.

A screening keeps the version of its table, so that old decisions can be read by the table they were made with.
Source: the national Polish study behind TIBS asks for such a table; its seven criteria are ours.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

MOST_POINTS = 2


@dataclass(frozen=True)
class Reason:
    """Why a company does not get the service: for the broker, and in two sentences to the company."""

    code: str
    label: Promise
    to_company: Promise
    referral: Promise


@dataclass(frozen=True)
class Criterion:
    """One line of the table. A hard one refuses the company when it gets no point at all."""

    code: str
    question: Promise
    points: tuple[Promise, Promise, Promise]
    is_hard: bool = False


@dataclass(frozen=True)
class Table:
    """One version of the criteria, and the points that are enough."""

    version: int
    criteria: tuple[Criterion, ...]
    threshold: int

    @property
    def most(self) -> int:
        return MOST_POINTS * len(self.criteria)

    @cached_property
    def hard(self) -> tuple[Criterion, ...]:
        return tuple(criterion for criterion in self.criteria if criterion.is_hard)


@dataclass(frozen=True)
class Verdict:
    """What the points of a company come to."""

    total: int
    most: int
    threshold: int
    failed: tuple[Criterion, ...]

    @property
    def is_eligible(self) -> bool:
        return not self.failed and self.total >= self.threshold


NO_PARTLY_YES = (_("No"), _("Partly, or not sure yet"), _("Yes"))
FIRST = Table(
    version=1,
    threshold=8,
    criteria=(
        Criterion(
            "is_sme",
            _("Is it a small or medium-sized enterprise?"),
            (_("No"), _("Probably, figures are missing"), _("Yes")),
            is_hard=True,
        ),
        Criterion(
            "crosses_border",
            _("Does it have a real offer or need that crosses a border?"),
            (_("No"), _("An idea, not yet worked out"), _("Yes, a concrete one")),
            is_hard=True,
        ),
        Criterion(
            "decision_maker",
            _("Does somebody who decides in the company take part in person?"),
            NO_PARTLY_YES,
        ),
        Criterion(
            "answers_abroad",
            _("Can somebody there answer foreign contacts, in a language and in time?"),
            NO_PARTLY_YES,
        ),
        Criterion(
            "wants_to_learn",
            _("Does it aim at knowledge or innovation, and not at sales alone?"),
            (_("Sales only"), _("Both"), _("Mainly knowledge or innovation")),
        ),
        Criterion(
            "fits_priority",
            _("Does it fit a smart specialisation priority of its region or a shared domain?"),
            NO_PARTLY_YES,
        ),
        Criterion(
            "no_double_support",
            _("Is the same need free of support from another programme?"),
            (_("No, it is supported already"), _("Partly"), _("Yes")),
        ),
    ),
)
TABLES = {table.version: table for table in (FIRST,)}
CURRENT = FIRST

REASONS: dict[str, Reason] = {
    reason.code: reason
    for reason in (
        Reason(
            "not_sme",
            _("It is not a small or medium-sized enterprise."),
            _(
                "This service is paid for small and medium-sized enterprises only, and by the European definition"
                " your company is larger."
            ),
            _("Your national agency for trade and innovation also advises larger companies."),
        ),
        Reason(
            "no_cross_border",
            _("There is no offer or need that crosses a border yet."),
            _(
                "We could not find an offer or a need of yours yet that a partner in another country could answer."
            ),
            _("Your chamber of commerce or regional agency can help you to work one out."),
        ),
        Reason(
            "other_support",
            _("Another programme supports the same need."),
            _(
                "Another programme already supports you with the same need, and ours may not pay for it twice."
            ),
            _("Please go on with the adviser who helps you there."),
        ),
        Reason(
            "not_ready",
            _("It is too early: there are too few points."),
            _(
                "For a search abroad to bring you something, a few things should be in place first, such as time of"
                " somebody who decides and somebody who can answer foreign partners."
            ),
            _("Enterprise Europe Network and your regional agency help companies to get ready."),
        ),
    )
}


def judge(scores: Sequence[int], table: Table = CURRENT) -> Verdict:
    """Add up 0 to 2 points for each criterion of `table`, in its order. ValueError if they are not that."""
    if len(scores) != len(table.criteria) or not all(0 <= score <= MOST_POINTS for score in scores):
        raise ValueError("The table wants 0 to 2 points for each of its criteria.")
    failed = tuple(
        criterion
        for criterion, score in zip(table.criteria, scores, strict=True)
        if criterion.is_hard and not score
    )
    return Verdict(total=sum(scores), most=table.most, threshold=table.threshold, failed=failed)


def reason_for(scores: Sequence[int], table: Table = CURRENT) -> str:
    """The reason that the points themselves give; a broker may choose another one that fits better."""
    points = {criterion.code: score for criterion, score in zip(table.criteria, scores, strict=True)}
    for criterion, reason in (
        ("is_sme", "not_sme"),
        ("crosses_border", "no_cross_border"),
        ("no_double_support", "other_support"),
    ):
        if points.get(criterion) == 0:
            return reason
    return "not_ready"
