"""What a merge would do, for the person who decides."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Count, Value
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from companies.choices import Purpose, Stage
from companies.models import Company
from companies.services.merging.agreements import withdrawn_in_one
from companies.services.merging.moving import MOVES
from companies.services.merging.values import Fact, facts_of

# How far a company has come, for advice on which entry to keep.
PROGRESS = {
    stage: place for place, stage in enumerate((Stage.LEAD, Stage.SCREENING, Stage.ENROLLED, Stage.ACTIVE))
}


@dataclass(frozen=True)
class Preview:
    """The facts of both entries, what goes along (words and number), and what to know before deciding."""

    kept: Company
    absorbed: Company
    facts: list[Fact]
    going: list[tuple[str, int]]
    notes: list[str]
    is_better_swapped: bool


def preview_of(kept: Company, absorbed: Company, take: Collection[str] = ()) -> Preview:
    return Preview(
        kept=kept,
        absorbed=absorbed,
        facts=facts_of(kept, absorbed, take),
        going=_going(kept, absorbed),
        notes=_notes(kept, absorbed),
        is_better_swapped=PROGRESS.get(Stage(absorbed.stage), 0) > PROGRESS.get(Stage(kept.stage), 0),
    )


def _going(kept: Company, absorbed: Company) -> list[tuple[str, int]]:
    """One query counts everything."""
    first, *others = [
        move.going(kept, absorbed)
        .order_by()
        .annotate(belonging=Value(move.label))
        .values("belonging")
        .annotate(row_count=Count("pk"))
        .values_list("belonging", "row_count")
        for move in MOVES
    ]
    counts = dict(first.union(*others, all=True))
    return [(capfirst(move.words), counts[move.label]) for move in MOVES if counts.get(move.label)]


def _notes(kept: Company, absorbed: Company) -> list[str]:
    notes = []
    steps = list(absorbed.next_steps.filter(done_at=None).values_list("what", flat=True))
    if steps and kept.next_steps.filter(done_at=None).exists():
        note = _(
            "Both entries have a next step. That of the kept entry stays; this one stays behind: %(step)s"
        )
        notes.append(note % {"step": steps[0]})
    for purpose in sorted({purpose for purpose, _recipient in withdrawn_in_one(kept, absorbed)}):
        note = _("One entry holds a consent that the other withdrew. It will be withdrawn: %(purpose)s")
        notes.append(note % {"purpose": Purpose(purpose).label})
    return notes
