"""The work queue: what waits for a broker today, by the day when its clock runs out."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.urls import reverse
from django.utils import timezone

from tibs.accounts.actor import Actor
from tibs.core.counting import CappedCount
from tibs.pages.queue_parts import COLUMNS, NO_CONSENT, Part, rows_of
from tibs.pages.queue_words import sentence_of

# The list of what waits for the reader, and each of the shorter ones beside it.
LINES, BESIDE = 12, 6
MOST_COUNTED = 100
# A clock that ends so soon, or has ended, is told apart.
RUNS_OUT = timedelta(days=1)
FOR_ME = (
    Part.LEAD, Part.STEP, Part.PLAN, Part.REVIEW, Part.CHANGES, Part.PUBLISH, Part.INTRODUCTION, Part.QUESTION,
    Part.COOPERATION, Part.FOLLOW_UP, Part.ACTIVITY, Part.INTEREST,
)  # fmt: skip
FOR_OTHERS, AHEAD = (Part.ASKED, Part.APPROVAL), (Part.PLANLESS, Part.CONSENT, Part.ENDING)
# Days without an hour: late from the next morning on.
WHOLE_DAYS = frozenset({Part.STEP, Part.PLAN, Part.ASKED, Part.COOPERATION, Part.FOLLOW_UP, Part.ACTIVITY})
# Where the work on a line is done, and by which of its two keys; the others lead to the company.
PLACES: dict[Part, str] = {
    Part.REVIEW: "review",
    Part.CHANGES: "profile_publication",
    Part.PUBLISH: "profile_publication",
    Part.APPROVAL: "profile_publication",
    Part.ENDING: "profile_publication",
    Part.INTRODUCTION: "introduction",
    Part.QUESTION: "view_request",
    Part.COOPERATION: "cooperation",
    Part.FOLLOW_UP: "follow_up",
    Part.ACTIVITY: "strategy",
    Part.INTEREST: "interest",
}


@dataclass(frozen=True)
class Line:
    """One thing that waits: whose, what to do, until when (`day`, None without a clock), and where.

    `text`, `note`, `number` and `mine` are what its kind needs beyond the sentence.
    """

    part: Part
    key: str
    firm: str
    firm_key: str
    text: str
    note: str
    day: datetime | None
    since: datetime | None
    number: int
    mine: bool
    now: datetime = field(compare=False)

    @property
    def sentence(self) -> str:
        return sentence_of(self.part, self.text, self.number)

    @property
    def url(self) -> str:
        if self.part is Part.CONSENT or (self.part is Part.PUBLISH and self.text == NO_CONSENT):
            return reverse("company_consents", args=[self.firm_key])
        if self.part is Part.PLAN:
            return reverse("assessment_result", args=[self.key]) + "#plan"
        place = PLACES.get(self.part)
        return reverse(place, args=[self.key]) if place else reverse("company", args=[self.firm_key])

    @property
    def due_on(self) -> date | None:
        return timezone.localdate(self.day) if self.day else None

    @property
    def is_late(self) -> bool:
        return self._is_before(self.now)

    @property
    def runs_out(self) -> bool:
        return self._is_before(self.now + RUNS_OUT)

    @property
    def is_today(self) -> bool:
        return self.due_on == timezone.localdate(self.now)

    @property
    def days(self) -> int:
        """Whole days since it began to wait."""
        return (self.now - self.since).days if self.since else 0

    def _is_before(self, moment: datetime) -> bool:
        if self.day is None:
            return False
        if self.part in WHOLE_DAYS:
            return timezone.localdate(self.day) < timezone.localdate(moment)
        return self.day < moment


@dataclass(frozen=True)
class Waiting:
    """One section of the queue: its first lines, and how many there are."""

    rows: list[Line]
    count: CappedCount

    @property
    def has_more(self) -> bool:
        return self.count.value > len(self.rows)

    def __bool__(self) -> bool:
        return bool(self.rows)


@dataclass(frozen=True)
class WorkQueue:
    """What waits for the reader, what waits for others, and what will; in each what ends first comes first."""

    mine: Waiting
    others: Waiting
    ahead: Waiting
    running_out: CappedCount
    planless: CappedCount
    matches: CappedCount
    counts: dict[str, CappedCount]
    has_companies: bool


def queue_of(actor: Actor, now: datetime) -> WorkQueue:
    """One question for one company and for ten thousand."""
    lines: dict[Part, list[Line]] = {part: [] for part in Part}
    for part, *values in rows_of(actor, now, MOST_COUNTED):
        lines[Part(part)].append(Line(Part(part), **dict(zip(COLUMNS, values, strict=True)), now=now))
    counts = {part.value: _counted(len(found)) for part, found in lines.items()}
    mine = _sorted(lines, FOR_ME)
    return WorkQueue(
        mine=Waiting(mine[:LINES], _counted(len(mine))),
        others=_section(lines, FOR_OTHERS),
        ahead=_section(lines, AHEAD),
        running_out=_counted(sum(line.runs_out or line.part in (Part.STEP, Part.PLAN) for line in mine)),
        planless=counts[Part.PLANLESS],
        matches=counts[Part.MATCH],
        counts=counts,
        has_companies=bool(lines[Part.COMPANY]),
    )


def _section(lines: dict[Part, list[Line]], parts: tuple[Part, ...]) -> Waiting:
    found = _sorted(lines, parts)
    return Waiting(found[:BESIDE], _counted(len(found)))


def _sorted(lines: dict[Part, list[Line]], parts: tuple[Part, ...]) -> list[Line]:
    """By the day of the clock; what has none comes after, what has waited longest first."""
    return sorted((line for part in parts for line in lines[part]), key=_pressing)


def _pressing(line: Line) -> tuple[bool, date, bool, datetime, str]:
    last = line.day or line.since or line.now
    return (line.day is None, line.due_on or date.max, not line.mine, last, line.key or line.firm_key)


def _counted(number: int) -> CappedCount:
    return CappedCount(min(number, MOST_COUNTED), MOST_COUNTED)
