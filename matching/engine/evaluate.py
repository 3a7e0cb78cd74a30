"""How well an encoder finds translations: the same concept named in several languages.

Pure figures on vectors; reading files and encoding is the caller's work.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Recall:
    """Recall at k over ordered pairs of languages, and in a mixed pool.

    `pairwise` is the share of texts whose translation is among the k nearest of the other language,
    averaged over all ordered pairs; `by_pair` holds each pair. `mixed` is the share of all translations
    found among the k nearest of all other languages together: it falls when languages keep to themselves.
    """

    k: int
    concepts: int
    pairwise: float
    mixed: float
    by_pair: Mapping[tuple[str, str], float]


def recall_at(vectors: Mapping[str, Floats], k: int = 10) -> Recall:
    """Measure unit vectors: language -> [n, d], row r naming the same concept in every language."""
    concepts = {len(rows) for rows in vectors.values()}
    if len(vectors) < 2 or len(concepts) != 1 or 0 in concepts:
        raise ValueError("At least two languages with the same number of concepts are needed.")
    by_pair = {
        (first, second): _found(vectors[first], vectors[second], k)
        for first in vectors
        for second in vectors
        if first != second
    }
    mixed = [_found_in_pool(vectors, language, k) for language in vectors]
    pairwise = float(np.mean(list(by_pair.values())))
    return Recall(k, concepts.pop(), pairwise, float(np.mean(mixed)), by_pair)


def centred(vectors: Mapping[str, Floats], means: Mapping[str, Floats] | None = None) -> dict[str, Floats]:
    """Return unit vectors less each language's mean: those given, else of the vectors themselves."""
    result = {}
    for language, rows in vectors.items():
        shifted = rows - (means[language] if means is not None else rows.mean(axis=0))
        lengths = np.linalg.norm(shifted, axis=1, keepdims=True)
        result[language] = np.asarray(shifted / np.where(lengths > 0, lengths, 1), np.float32)
    return result


def _found(first: Floats, second: Floats, k: int) -> float:
    products = first @ second.T
    better = (products > np.diag(products)[:, None]).sum(axis=1)
    return float((better < k).mean())


def _found_in_pool(vectors: Mapping[str, Floats], language: str, k: int) -> float:
    own = vectors[language]
    pool = np.vstack([rows for other, rows in vectors.items() if other != language])
    nearest = np.argsort(-(own @ pool.T), axis=1, kind="stable")[:, :k]
    hits = (nearest % len(own) == np.arange(len(own))[:, None]).sum(axis=1)
    return float(hits.mean() / min(k, len(vectors) - 1))
