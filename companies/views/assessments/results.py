"""A result in the reader's words, as pages and documents show it."""

from dataclasses import dataclass
from functools import cached_property

from django.utils.formats import number_format
from django.utils.translation import gettext

from companies.assessments.advice import Advice
from companies.assessments.changes import Gap, gaps
from companies.assessments.instrument import FIRM
from companies.assessments.results import AreaResult, Result, Verdict, result_of
from companies.choices import Cooperation, Rater
from companies.models import Assessment
from companies.services.assessments.comparing import peers_of
from companies.services.assessments.completing import result_for
from companies.views.assessments.sittings import Sitting
from tibs.rendering.radar import Radar, Series, radar
from tibs.rendering.tables import Table, data_table

MOST_CHANGES = 3


@dataclass(frozen=True)
class Ranked:
    """One row of the ranking, in words and numbers as readers write them."""

    code: str
    rank: int
    name: str
    points: str
    raw: str
    confidence: str
    note: str
    change: str


@dataclass(frozen=True)
class ResultPage:
    """Everything that page and document show of one rater's result.

    `rater` is whose answers they are: the broker's for brokers, and for the firm too once it is completed. `own` is
    the firm's result beside the broker's, where the firm answered anything.
    """

    sitting: Sitting
    rater: str
    result: Result
    own: Result | None
    previous: Result | None

    @cached_property
    def finding(self) -> str:
        """One sentence: which area, and how sure."""
        return self._finding(self.result)

    @cached_property
    def own_finding(self) -> str:
        """The same of the firm's own answers, for the firm whose broker completed the assessment."""
        return self._finding(self.own) if self.own and not self.sitting.is_broker else ""

    @property
    def is_told_by_broker(self) -> bool:
        """Whether the firm reads what its broker found."""
        return self.rater == Rater.BROKER and not self.sitting.is_broker

    def _finding(self, result: Result) -> str:
        spoken = self.sitting.words
        names = [spoken.area(area.code) for area in result.ranked[:2]] + ["", ""]
        gaps_filled = {"area": names[0], "second": names[1]}
        if result.verdict in (Verdict.CLEAR, Verdict.CLOSE):
            gaps_filled |= {
                "lead": figure(result.lead),
                "steady": str(result.steady),
                "corners": str(result.corners),
            }
        return spoken.text("verdicts", result.verdict, **gaps_filled)

    @cached_property
    def ranking(self) -> list[Ranked]:
        return [self._ranked(area) for area in self.result.areas]

    @cached_property
    def radar(self) -> Radar:
        """Axes in the order of the ranking, so that their numbers are the ranks."""
        order = self.result.areas
        lines = [Series(self.rater_name(self.rater), [area.points for area in order])]
        if self.own is not None:
            own = self.own
            lines.append(Series(self.rater_name(Rater.SELF), [own.area(area.code).quick for area in order]))
        names = [self.sitting.words.area(area.code) for area in order]
        return radar(names, lines)

    @cached_property
    def peers(self) -> Table | None:
        """The broker's result beside the middle of firms of the same stage and size; None where too few are known."""
        found = peers_of(self.sitting.assessment) if self.rater == Rater.BROKER else {}
        if not found:
            return None
        return data_table(
            caption=gettext("Untapped potential, and the median of other firms"),
            columns=[gettext("Area"), gettext("This firm"), gettext("Median"), gettext("Firms")],
            rows=[
                (self.sitting.words.area(area.code), figure(area.untapped), figure(peer.median), peer.count)
                for area in self.result.areas
                if (peer := found.get(area.code))
            ],
        )

    @cached_property
    def barriers(self) -> list[tuple[str, str, str, bool]]:
        """Name, severity and measure of each top barrier, and whether it blocks."""
        spoken = self.sitting.words
        return [
            (
                spoken.item(barrier.area, barrier.item),
                spoken.scale(barrier.area, barrier.item)[barrier.severity],
                spoken.text("measures", barrier.item),
                barrier.blocking,
            )
            for barrier in self.result.barriers
        ]

    @cached_property
    def gate(self) -> str:
        return self.sitting.words.text("gate", self.result.gate)

    @cached_property
    def band(self) -> str:
        return self.sitting.words.text("bands", self.result.band) if self.result.band else ""

    @property
    def total(self) -> str:
        return "" if self.result.total is None else number_format(round(self.result.total), decimal_pos=0)

    @cached_property
    def strengths(self) -> list[str]:
        return [self._strength(advice) for advice in self.result.strengths]

    @cached_property
    def steps(self) -> list[str]:
        return [self._step(advice) for advice in self.result.steps]

    @cached_property
    def changes(self) -> list[str]:
        """What would put another area first, in sentences."""
        spoken = self.sitting.words
        return [
            spoken.text(
                "change",
                "sentence",
                winner=spoken.area(change.winner),
                area=spoken.area(change.area),
                item=spoken.item(change.area, change.item),
                before=spoken.scale(change.area, change.item)[change.before],
                after=spoken.scale(change.area, change.item)[change.after],
            )
            for change in self.result.changes[:MOST_CHANGES]
        ]

    @cached_property
    def cooperation(self) -> list[str]:
        return [str(Cooperation(code).label) for code in self.result.cooperation]

    @cached_property
    def gaps(self) -> list[tuple[str, str, str, str]]:
        """Area, question, the firm's answer and the broker's, where they lie more than a point apart."""
        return [self._gap(gap) for gap in _gaps(self.sitting)] if self.sitting.is_broker else []

    def rater_name(self, rater: str) -> str:
        return gettext("The broker") if rater == Rater.BROKER else gettext("The firm itself, quick scan")

    def _ranked(self, area: AreaResult) -> Ranked:
        spoken = self.sitting.words
        note = ""
        if area.absent:
            note = spoken.text("states", "absent")
        elif not area.rank:
            note = spoken.text("states", "insufficient")
        elif area.level:
            note = gettext("Level with the one above")
        return Ranked(
            code=area.code,
            rank=area.rank,
            name=spoken.area(area.code),
            points=figure(area.points),
            raw=figure(area.raw),
            confidence=number_format(round(100 * area.confidence), decimal_pos=0) + " %" if area.rank else "",
            note=note,
            change=self._since(area),
        )

    def _since(self, area: AreaResult) -> str:
        """How the potential changed since the last completed assessment."""
        before = self.previous.area(area.code).untapped if self.previous else None
        if before is None or area.untapped is None:
            return ""
        delta = area.untapped - before
        return ("+" if delta >= 0 else "−") + figure(abs(delta))

    def _strength(self, advice: Advice) -> str:
        spoken = self.sitting.words
        if advice.kind == "area":
            return spoken.text("strengths", "area", area=spoken.area(advice.code))
        return spoken.text("strengths", "firm", advice.code)

    def _step(self, advice: Advice) -> str:
        spoken = self.sitting.words
        if advice.kind == "broker":
            return spoken.text("steps", "broker")
        if advice.kind == "barrier":
            return spoken.text("measures", advice.code)
        return spoken.text("steps", advice.kind, advice.code)

    def _gap(self, gap: Gap) -> tuple[str, str, str, str]:
        spoken = self.sitting.words
        scale = spoken.scale(gap.area, gap.item)
        area = gettext("The firm as a whole") if gap.area == FIRM else spoken.area(gap.area)
        return area, spoken.item(gap.area, gap.item), scale[gap.own], scale[gap.broker]


def result_page_of(sitting: Sitting) -> ResultPage:
    """The broker's result for brokers and, once it is completed, for the firm; the firm's own beside it, or alone."""
    rater = sitting.rater if sitting.is_open else Rater.BROKER
    is_broker = rater == Rater.BROKER
    own = _result(sitting, Rater.SELF) if is_broker and _has(sitting, Rater.SELF) else None
    previous = _previous(sitting.assessment) if sitting.is_broker else None
    return ResultPage(
        sitting=sitting,
        rater=rater,
        result=_result(sitting, rater),
        own=own,
        previous=result_for(previous) if previous else None,
    )


def figure(points: float | None) -> str:
    """Points with one decimal, as readers write numbers; empty where there are none."""
    return "" if points is None else number_format(round(points, 1), decimal_pos=1)


def _result(sitting: Sitting, rater: str) -> Result:
    return result_of(sitting.given(rater), sitting.instrument)


def _has(sitting: Sitting, rater: str) -> bool:
    return any(by == rater for by, _, _ in sitting.answers)


def _gaps(sitting: Sitting) -> list[Gap]:
    return gaps(sitting.given(Rater.SELF), sitting.given(Rater.BROKER), sitting.instrument)


def _previous(assessment: Assessment) -> Assessment | None:
    if assessment.company is None or not assessment.number:
        return None
    earlier = assessment.company.assessments.completed().filter(number__lt=assessment.number)
    return earlier.prefetch_related("answers").order_by("-number", "-id").first()
