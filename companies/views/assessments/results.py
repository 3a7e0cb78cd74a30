"""A result in the reader's words, as pages and documents show it."""

from dataclasses import dataclass
from functools import cached_property

from django.utils.formats import number_format
from django.utils.translation import gettext

from companies.assessments.advice import Advice
from companies.assessments.changes import Change, Gap
from companies.assessments.instrument import FIRM
from companies.assessments.results import AreaResult, Gate, Result, Verdict, result_of
from companies.choices import Cooperation, Rater
from companies.views.assessments.comparisons import (
    figure,
    peers_table,
    percent,
    progress_of,
    radar_of,
    reasons_of,
)
from companies.views.assessments.sittings import Sitting
from tibs.rendering.radar import Radar
from tibs.rendering.tables import Table

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
    common: str


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

    @property
    def is_by_broker(self) -> bool:
        """Whether a broker's answers are shown, which alone have potential, confidence, peers and a history."""
        return self.rater == Rater.BROKER

    @cached_property
    def radar(self) -> Radar:
        return radar_of(self.sitting, self.rater, self.result, self.own)

    @cached_property
    def reasons(self) -> Table | None:
        return reasons_of(self.sitting, self.result) if self.is_by_broker else None

    @cached_property
    def progress(self) -> Table | None:
        return self._progress[0]

    @cached_property
    def progress_note(self) -> str:
        return self._progress[1]

    @cached_property
    def _progress(self) -> tuple[Table | None, str]:
        return progress_of(self.sitting, self.result) if self.is_by_broker else (None, "")

    @cached_property
    def peers(self) -> Table | None:
        return peers_table(self.sitting, self.result) if self.is_by_broker else None

    @cached_property
    def chosen(self) -> str:
        """The name of the area that was chosen on completion."""
        code = self.sitting.assessment.chosen_area
        return self.sitting.words.area(code) if code else ""

    @cached_property
    def focus(self) -> str:
        """The name of the area that barriers and kinds of cooperation are about."""
        return self.sitting.words.area(self.result.focus) if self.result.focus else ""

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
                before=self._before(change),
                after=spoken.scale(change.area, change.item)[change.after],
            )
            for change in self.result.changes[:MOST_CHANGES]
        ]

    def _before(self, change: Change) -> str:
        """The answer as it stands: a question that was never answered has another one than "I do not know"."""
        spoken = self.sitting.words
        if change.before is not None:
            return spoken.scale(change.area, change.item)[change.before]
        if (self.rater, change.area, change.item) in self.sitting.answers:
            return spoken.text("answers", "dont_know")
        return gettext("no answer")

    @property
    def why_no_changes(self) -> str:
        """That the first place is safe from any one answer, where a full ranking has two areas or more."""
        if self.changes or self.result.verdict not in (Verdict.CLEAR, Verdict.CLOSE, Verdict.TIE):
            return ""
        return gettext("No single other answer would put another area first.")

    @cached_property
    def cooperation(self) -> list[tuple[str, str]]:
        """Each kind of cooperation as profiles name it, and what it can be in this area."""
        spoken = self.sitting.words
        ways = self.sitting.instrument.area(self.result.focus).ways if self.result.focus else ()
        return [
            (
                str(Cooperation(kind).label),
                ", ".join(spoken.text("ways", way.code) for way in ways if way.kind == kind),
            )
            for kind in self.result.cooperation
        ]

    @property
    def why_no_ways(self) -> str:
        """Why no way to cooperate is named, where the sentence on the gate alone does not tell."""
        if self.cooperation or not self.focus or self.result.gate not in (Gate.LOW, Gate.UNKNOWN):
            return ""
        return gettext(
            "All ways to cooperate in this area ask for more commitment than the firm is known to be ready for."
        )

    @cached_property
    def gaps(self) -> list[tuple[str, str, str, str]]:
        """Area, question, the firm's answer and the broker's, where they lie more than a point apart."""
        return [self._gap(gap) for gap in self.sitting.gaps.values()]

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
            confidence=percent(area.confidence) if area.rank else "",
            note=note,
            common=spoken.text("states", "common") if self.sitting.instrument.area(area.code).common else "",
        )

    def _strength(self, advice: Advice) -> str:
        spoken = self.sitting.words
        if advice.kind == "area":
            return spoken.text("strengths", "area", area=spoken.area(advice.code))
        return spoken.text("strengths", "firm", advice.code)

    def _step(self, advice: Advice) -> str:
        spoken = self.sitting.words
        if not advice.code:
            return spoken.text("steps", advice.kind)
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
    has_both = rater == Rater.BROKER and any(by == Rater.SELF for by, _, _ in sitting.answers)
    return ResultPage(
        sitting=sitting,
        rater=rater,
        result=_result(sitting, rater, chosen=sitting.assessment.chosen_area),
        own=_result(sitting, Rater.SELF) if has_both else None,
    )


def _result(sitting: Sitting, rater: str, *, chosen: str = "") -> Result:
    return result_of(sitting.given(rater), sitting.instrument, chosen=chosen)
