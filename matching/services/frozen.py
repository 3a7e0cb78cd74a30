"""What a run freezes, as bytes in its row."""

import io

import numpy as np
from numpy.typing import NDArray

from matching.engine.align import LanguageMeans
from matching.engine.search import Candidates

Floats = NDArray[np.float32]


def pack_means(means: LanguageMeans) -> bytes:
    """Language means as an uncompressed NumPy archive, one entry for each side and language."""
    return _pack(
        **{f"offered_{code}": mean for code, mean in means.offered.items()},
        **{f"sought_{code}": mean for code, mean in means.sought.items()},
    )


def unpack_means(stored: bytes | memoryview) -> LanguageMeans:
    with np.load(io.BytesIO(bytes(stored)), allow_pickle=False) as archive:
        sides: dict[str, dict[str, Floats]] = {"offered": {}, "sought": {}}
        for name in archive.files:
            side, code = name.split("_", maxsplit=1)
            sides[side][code] = archive[name]
        return LanguageMeans(**sides)


def pack_candidates(candidates: Candidates) -> bytes:
    """What a tile found."""
    return _pack(row=candidates.row, partner=candidates.partner, score=candidates.score)


def unpack_candidates(stored: bytes | memoryview) -> Candidates:
    with np.load(io.BytesIO(bytes(stored)), allow_pickle=False) as archive:
        return Candidates(archive["row"], archive["partner"], archive["score"])


def _pack(**arrays: NDArray[np.generic]) -> bytes:
    buffer = io.BytesIO()
    np.savez(buffer, allow_pickle=False, **arrays)
    return buffer.getvalue()
