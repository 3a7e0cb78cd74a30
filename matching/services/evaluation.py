"""How well the encoder finds translations, on a file that names the same things in several languages."""

import csv
import gzip
import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from matching.engine.align import ShippedMeans, shipped_means, shrunk_means
from matching.engine.evaluate import Recall, centred, recall_at
from matching.services.vectors import encoder
from tibs.core.errors import BadInputError
from tibs.core.languages import LANGUAGE_CODES

Floats = NDArray[np.float32]
SEED = 2026


@dataclass(frozen=True)
class Evaluation:
    """Recall at 10 of the encoder as it ships, and after taking away language means.

    `shipped` are the means of the package, `platform` those that the platform would use if these texts were its
    own, `own` the plain means of the texts themselves (the best that means can do).
    """

    encoder: str
    is_stand_in: bool
    concepts: int
    languages: tuple[str, ...]
    raw: Recall
    shipped: Recall
    platform: Recall
    own: Recall


def evaluate(path: Path, *, sample: int | None = None) -> Evaluation:
    """Encode `sample` rows (drawn with a fixed seed; all without it) and measure. BadInputError for another file."""
    names = _names(path, sample)
    vectors = {language: encoder().encode(texts) for language, texts in names.items()}
    shipped = shipped_means(encoder().version)
    return Evaluation(
        encoder=encoder().version,
        is_stand_in=encoder().is_stand_in,
        concepts=len(next(iter(names.values()))),
        languages=tuple(names),
        raw=recall_at(vectors),
        shipped=recall_at(centred(vectors, _shipped(shipped))),
        platform=recall_at(centred(vectors, _platform(vectors, shipped))),
        own=recall_at(centred(vectors)),
    )


def _shipped(shipped: ShippedMeans) -> Mapping[str, Floats]:
    return {language: shipped.m0 + offset for language, offset in shipped.offsets.items()}


def _platform(vectors: Mapping[str, Floats], shipped: ShippedMeans) -> Mapping[str, Floats]:
    texts = [(language, vector) for language, rows in vectors.items() for vector in rows]
    return shrunk_means(texts, shipped)


def _names(path: Path, sample: int | None) -> dict[str, list[str]]:
    try:
        rows = list(_rows(path))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise BadInputError(f"{path.name} cannot be read: {error}") from error
    languages = [language for language in LANGUAGE_CODES if rows and language in rows[0]]
    if len(languages) < 2:
        raise BadInputError(f"{path.name} needs a heading with at least two of: {', '.join(LANGUAGE_CODES)}.")
    complete = [row for row in rows if all(row.get(language) for language in languages)]
    if not complete:
        raise BadInputError(f"{path.name} has no row with a name in each language.")
    if sample and sample < len(complete):
        complete = random.Random(SEED).sample(complete, sample)  # noqa: S311  # a repeatable sample
    return {language: [row[language] for row in complete] for language in languages}


def _rows(path: Path) -> Iterator[dict[str, str]]:
    content = path.read_bytes()
    text = (gzip.decompress(content) if path.suffix == ".gz" else content).decode()
    yield from csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
