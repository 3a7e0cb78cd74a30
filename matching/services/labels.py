"""Labels for fitting the weights: an impression and what became of it."""

from collections.abc import Iterator

from django.db.models import F, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce

from matching.engine.blocks import BLOCKS
from matching.engine.weights import Weights
from matching.models import Impression, Introduction, MatchDecision

PARTS = [f"{way}_{block}" for way in ("seeks", "offers") for block in BLOCKS]
COLUMNS = [
    "shown_date", "match", "side", "rank", "score", *PARTS, "weights", "encoder", "decision", "reason",
    "introduction",
]  # fmt: skip


def label_rows() -> Iterator[list[object]]:
    """Once for each match, side and day, whoever looked; no reader, no company, no words that somebody wrote.

    `seeks_…` is what the side seeks against what the partner offers. The decision is that of the side.
    """
    decided = MatchDecision.objects.filter(match=OuterRef("match"), profile=OuterRef("profile"))
    introduced = Introduction.objects.filter(match=OuterRef("match")).order_by("-pk")
    shown = (
        Impression.objects.order_by("match_id", "profile_id", "shown_date", "pk")
        .distinct("match_id", "profile_id", "shown_date")
        .annotate(
            choice=Coalesce(Subquery(decided.values("choice")[:1]), Value("")),
            why=Coalesce(Subquery(decided.values("reason")[:1]), Value("")),
            became=Coalesce(Subquery(introduced.values("status")[:1]), Value("")),
            code=F("match__public_id"),
            first=F("match__first"),
        )
    )
    for row in shown.iterator(chunk_size=1000):
        yield _label(row)


def _label(row: Impression) -> list[object]:
    given: dict[str, object] = vars(row)
    is_first = given["first"] == row.profile_id
    ways = ("forward", "backward") if is_first else ("backward", "forward")
    parts = [row.parts.get(way, {}).get(block, 0) for way in ways for block in BLOCKS]
    version = Weights.from_mapping(row.weights).version if row.weights else ""
    side = "first" if is_first else "second"
    facts = [row.shown_date, given["code"], side, row.rank, row.score]
    return [
        *facts,
        *parts,
        version,
        row.encoder_version,
        given["choice"],
        given["why"],
        given["became"],
    ]
