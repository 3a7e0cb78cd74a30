"""The questions of one page of an assessment, as the template draws them and as a form sends them back."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext, ngettext

from companies.assessments.instrument import BARRIERS, FIRM, OVERALL_BARRIERS, VALUE
from companies.choices import Evidence
from companies.models import Answer
from companies.models.assessment import NOT_GIVEN
from companies.services.assessments.answering import Given, NotAskedError
from companies.views.assessments.sittings import FIRM_PART, QUICK_PART, Sitting

DONT_KNOW, NOT_APPLICABLE = "dk", "na"
SECONDS_A_QUESTION = 10


@dataclass(frozen=True)
class Option:
    """One possible answer; `key` is the digit that chooses it."""

    value: str
    label: str
    is_chosen: bool
    key: str = ""


@dataclass(frozen=True)
class Question:
    """One question. `name` is that of its field, `other` what the firm said, `is_gap` marks a need for talk."""

    area: str
    item: str
    name: str
    text: str
    why: str
    options: tuple[Option, ...]
    evidence: str
    asks_evidence: bool
    is_always_asked: bool
    other: str = ""
    is_gap: bool = False

    @property
    def is_answered(self) -> bool:
        return any(option.is_chosen for option in self.options)

    @property
    def drawn(self) -> str:
        """The answer as the page shows it; sent back, it tells what the reader changed from what they only saw."""
        chosen = next((option.value for option in self.options if option.is_chosen), "")
        return _with_evidence(chosen, self.evidence if self.asks_evidence else "")


@dataclass(frozen=True)
class Group:
    """Questions under one heading: a dimension of the firm, an area in the quick scan, a block of an area."""

    key: str
    title: str
    note: str
    questions: tuple[Question, ...]
    common: str = ""
    can_be_left_out: bool = False
    is_left_out: bool = False


def groups_of(sitting: Sitting, part: str) -> tuple[Group, ...]:
    """The groups of one part in the order of the instrument."""
    if part == FIRM_PART:
        return tuple(_firm_groups(sitting))
    if part == QUICK_PART:
        return tuple(_quick_groups(sitting))
    return tuple(_area_groups(sitting, part))


def minutes_left(sitting: Sitting) -> int:
    """Minutes for what is not answered yet of the firm and the quick scan."""
    asked = [(FIRM, item) for item in sitting.instrument.firm_items] + [
        (area, item) for area in sitting.instrument.area_codes for item in sitting.instrument.quick_items
    ]
    left = sum(sitting.own(area, item) is None for area, item in asked)
    return -(-left * SECONDS_A_QUESTION // 60)


def time_left(sitting: Sitting) -> str:
    """The same in words, for those who are told; brokers plan their visit themselves."""
    if sitting.is_broker:
        return ""
    minutes = minutes_left(sitting)
    return ngettext(
        "About %(minutes)s minute left. Your answers are saved as you go.",
        "About %(minutes)s minutes left. Your answers are saved as you go.",
        minutes,
    ) % {"minutes": minutes}


def answered_share(sitting: Sitting, part: str) -> tuple[int, int]:
    """How many questions of a part are answered, and how many there are that are always asked."""
    asked = [
        question
        for group in groups_of(sitting, part)
        for question in group.questions
        if question.is_always_asked
    ]
    return sum(question.is_answered for question in asked), len(asked)


def field_name(area: str, item: str) -> str:
    return f"q_{area}_{item}"


def read_answer(raw: str, area: str, item: str, evidence: str) -> Given:
    """What a form's value means; NotAskedError for anything else."""
    if raw == DONT_KNOW:
        return Given(area, item, None, evidence=evidence)
    if raw == NOT_APPLICABLE:
        return Given(area, item, None, applies=False, evidence=evidence)
    if len(raw) != 1 or raw not in "01234":
        raise NotAskedError(gettext("An answer lies between 0 and 4."))
    return Given(area, item, int(raw), evidence=evidence)


def read_part(sitting: Sitting, part: str, sent: QueryDict) -> tuple[list[Given], dict[str, bool]]:
    """The answers of a whole page that its reader changed, and the areas that the firm does not have or has again.

    What is as the page was drawn is no answer: in the meantime another page may have saved a newer one.
    """
    given: list[Given] = []
    left_out: dict[str, bool] = {}
    for group in groups_of(sitting, part):
        out = sent.get(f"out_{group.key}", "")
        if group.can_be_left_out and out != sent.get(f"d_out_{group.key}", "1" if group.is_left_out else ""):
            left_out[group.key] = bool(out)
        changed = [one for question in group.questions for one in _changed(question, sent)]
        if changed and out and group.can_be_left_out:
            left_out[group.key] = True
        given += changed
    return given, left_out


def _changed(question: Question, sent: QueryDict) -> Iterable[Given]:
    raw = sent.get(question.name, "")
    if not raw:
        return
    evidence = sent.get(f"e_{question.area}_{question.item}", "")
    one = read_answer(raw, question.area, question.item, evidence)
    if _with_evidence(raw, evidence) not in (question.drawn, sent.get(f"d_{question.area}_{question.item}")):
        yield one


def _with_evidence(value: str, evidence: str) -> str:
    return f"{value} {evidence}" if value and evidence else value


def _firm_groups(sitting: Sitting) -> Iterator[Group]:
    for dimension, items in sitting.instrument.firm.items():
        yield Group(
            key=dimension,
            title=sitting.words.text("dimensions", dimension),
            note=sitting.words.text("why", dimension),
            questions=tuple(_question(sitting, FIRM, item) for item in items),
        )


def _quick_groups(sitting: Sitting) -> Iterator[Group]:
    sector = sitting.assessment.sector
    for area in sitting.instrument.area_codes:
        example = sitting.words.text("examples", sector, area) if sector else ""
        values = [sitting.own(area, item) for item in sitting.instrument.items[VALUE]]
        yield Group(
            key=area,
            title=sitting.words.area(area),
            note=example or sitting.words.text("meanings", area),
            questions=tuple(_question(sitting, area, item) for item in sitting.instrument.quick_items),
            common=sitting.words.text("states", "common") if sitting.instrument.area(area).common else "",
            can_be_left_out=True,
            is_left_out=all(one is not None and not one.applies for one in values),
        )


def _area_groups(sitting: Sitting, area: str) -> Iterator[Group]:
    for block, items in sitting.instrument.items.items():
        yield Group(
            key=block,
            title=sitting.words.text("blocks", block),
            note=sitting.words.why(area, items[0]),
            questions=tuple(_question(sitting, area, item, evidence=True) for item in items),
        )


def _question(sitting: Sitting, area: str, item: str, *, evidence: bool = False) -> Question:
    kept, other = sitting.own(area, item), sitting.other(area, item)
    # An area that is left out still shows what was answered before, which comes back with the area.
    chosen = _set_aside(kept) or value_of(kept.value, kept.applies) if kept else ""
    scale = sitting.words.scale(area, item)
    options = [
        Option(str(value), label, chosen == str(value), str(value)) for value, label in enumerate(scale)
    ]
    # Single barriers may not apply; that an area as a whole does not exist is asked once.
    if item in sitting.instrument.items[BARRIERS]:
        label = sitting.words.text("answers", "not_applicable")
        options.append(Option(NOT_APPLICABLE, label, chosen == NOT_APPLICABLE, "n"))
    options.append(Option(DONT_KNOW, sitting.words.text("answers", "dont_know"), chosen == DONT_KNOW, "d"))
    other_value = other.value if other else None
    return Question(
        area=area,
        item=item,
        name=field_name(area, item),
        text=sitting.words.item(area, item),
        why=sitting.words.why(area, item),
        options=tuple(options),
        evidence=kept.evidence if kept else Evidence.CLAIMED,
        asks_evidence=evidence,
        is_always_asked=sitting.instrument.block_of(item) != BARRIERS
        or item in sitting.instrument.starred
        or item == OVERALL_BARRIERS,
        other="" if other_value is None else scale[other_value],
        is_gap=(area, item) in sitting.gaps,
    )


def _set_aside(kept: Answer) -> str:
    return "" if kept.applies or kept.set_aside == NOT_GIVEN else kept.set_aside


def value_of(value: int | None, applies: bool) -> str:
    """An answer as forms send it."""
    if value is not None:
        return str(value)
    return DONT_KNOW if applies else NOT_APPLICABLE
