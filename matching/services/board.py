"""Everything that can be matched now, as arrays with the frozen numbers of the newest run, kept in each process."""

import threading
from dataclasses import dataclass

from django.db import connection
from django.db.models import F

from companies.models import CooperationProfile, ProfileText
from matching.engine.align import LanguageMeans
from matching.engine.features import Arrays, build
from matching.engine.weights import Weights
from matching.models import MatchRun
from matching.services import snapshots
from matching.services.barring import Pair, barred_pairs
from matching.services.frozen import unpack_means
from matching.services.snapshots import Snapshot
from matching.services.vectors import encoding_version

Stamp = tuple[object, ...]


@dataclass(frozen=True, eq=False)
class Board:
    """A snapshot with its arrays; `stamps` tell without reading a text what changed since."""

    origin: Stamp
    stamps: dict[int, Stamp]
    barred: frozenset[Pair]
    snapshot: Snapshot
    arrays: Arrays


_kept: dict[str, Board] = {}
_lock = threading.Lock()


def board_of(run: MatchRun) -> Board:
    """The board of this moment with the weights and means of `run`. Only profiles that changed are read anew."""
    origin, barred, stamps = (connection.settings_dict["NAME"], run.pk), barred_pairs(), _stamps()
    with _lock:
        kept = _kept.get("board")
        if kept is None or kept.origin != origin:
            kept = None
        elif kept.stamps == stamps and kept.barred == barred:
            return kept
        board = _renewed(kept, run, origin, stamps, barred)
        _kept["board"] = board
        return board


def forget() -> None:
    """Read everything anew the next time."""
    _kept.clear()


def _renewed(
    kept: Board | None, run: MatchRun, origin: Stamp, stamps: dict[int, Stamp], barred: frozenset[Pair]
) -> Board:
    same = {key for key in stamps if kept and kept.stamps.get(key) == stamps[key]}
    fresh = snapshots.take(key for key in stamps if key not in same)
    old = kept.snapshot if kept else Snapshot({}, {})
    known = [key for key in stamps if key in fresh.profiles or (key in same and key in old.profiles)]
    snapshot = Snapshot(
        {key: fresh.profiles.get(key) or old.profiles[key] for key in known},
        {key: fresh.digests.get(key) or old.digests[key] for key in known},
    )
    weights, means = _frozen(kept, run)
    arrays = build(snapshot.profiles.values(), weights, means, barred)
    return Board(origin, stamps, barred, snapshot, arrays)


def _frozen(kept: Board | None, run: MatchRun) -> tuple[Weights, LanguageMeans]:
    if kept:
        return kept.arrays.weights, kept.arrays.means
    return Weights.from_mapping(run.weights), unpack_means(run.means)


def _stamps() -> dict[int, Stamp]:
    """For each profile that may be matched and whose words are read: what changes whenever a score may change."""
    texts = ProfileText.objects.filter(
        is_original=True,
        profile__in=CooperationProfile.objects.matchable().values("pk"),
        profile__vector__text_hash=F("text_hash"),
        profile__vector__encoder_version=encoding_version(),
    )
    changing = (
        "text_hash",
        "profile__updated_at",
        "profile__company__updated_at",
        "profile__vector__encoded_at",
    )
    rows = texts.order_by("profile_id").values_list("profile_id", *changing)
    return {key: tuple(values) for key, *values in rows}
