"""Language means: without them texts of one language find only each other.

mu_l = (n_l * x_l + k * (m + d_l)) / (n_l + k),  m = (sum(x - d_l) + 3 * m0) / (N + 3),  k = 16:
a language with few texts leans on the mean of all texts plus the shipped offset of that language, and all
texts together lean a little on the shipped mean. After enough texts only the platform's own words count. The
formula is used twice: for what is offered and for what is sought.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from matching.engine.profiles import Profile

Floats = NDArray[np.float32]

LANGUAGES = ("en", "pl", "fi", "da", "de", "et", "lt", "lv")
OTHER = ""
DIMENSIONS = 384
LANGUAGE_PRIOR = 16.0
GLOBAL_PRIOR = 3.0


@dataclass(frozen=True, eq=False)
class ShippedMeans:
    """Offsets d_l of each language from the common mean m0, measured once for one encoder."""

    encoder: str
    m0: Floats
    offsets: Mapping[str, Floats]


@dataclass(frozen=True, eq=False)
class LanguageMeans:
    """One mean vector a language for each side, frozen for a snapshot.

    Offers and requests are apart because they are different kinds of text: centred by the mean of
    descriptions, all requests would share a direction, and the few offers along it would answer every
    request.
    """

    offered: Mapping[str, Floats]
    sought: Mapping[str, Floats]

    def of(self, language: str, *, sought: bool) -> Floats:
        """Return the 384 numbers to subtract from a sentence vector; OTHER stands for unknown languages."""
        means = self.sought if sought else self.offered
        return means.get(language, means[OTHER])

    @cached_property
    def version(self) -> str:
        """Twelve hex digits of the numbers; scores of equal versions can be compared."""
        digest = hashlib.sha256()
        for means in (self.offered, self.sought):
            for language in sorted(means):
                digest.update(language.encode() + np.ascontiguousarray(means[language]).tobytes())
        return digest.hexdigest()[:12]


def shipped_means(encoder: str) -> ShippedMeans:
    """Return the shipped offsets for this encoder version; zeros for one they were not made with."""
    with files("matching.engine").joinpath("language_offsets.npz").open("rb") as stream:
        stored = np.load(stream, allow_pickle=False)
        table, made_with = stored["table"].astype(np.float32), str(stored["encoder"])
    if made_with != encoder:
        table = np.zeros_like(table)
    return ShippedMeans(encoder, table[0], dict(zip(LANGUAGES, table[1:], strict=True)))


def language_means(profiles: Iterable[Profile], shipped: ShippedMeans) -> LanguageMeans:
    """Return the shrunk means of a snapshot's profiles; each side counts once, by the mean of its
    sentences.
    """
    texts: dict[bool, list[tuple[str, Floats]]] = {False: [], True: []}
    for profile in profiles:
        for sought, side in ((False, profile.offered), (True, profile.sought)):
            if side.exists:
                texts[sought].append((profile.language, side.vectors.mean(axis=0)))
    return LanguageMeans(shrunk_means(texts[False], shipped), shrunk_means(texts[True], shipped))


def shrunk_means(texts: Sequence[tuple[str, Floats]], shipped: ShippedMeans) -> dict[str, Floats]:
    """Return mu_l for each language of `texts` (language, vector [384]) or shipped, and m under OTHER."""
    known = sorted({language for language, _ in texts} | set(shipped.offsets))
    offsets = {name: np.asarray(shipped.offsets.get(name, 0 * shipped.m0), np.float64) for name in known}
    counts = Counter(language for language, _ in texts)
    sums = {name: np.zeros(DIMENSIONS) for name in known}
    for language, vector in texts:
        sums[language] += vector
    total = sum((sums[name] - counts[name] * offsets[name] for name in known), np.zeros(DIMENSIONS))
    common = (total + GLOBAL_PRIOR * shipped.m0) / (len(texts) + GLOBAL_PRIOR)
    means = {
        name: (sums[name] + LANGUAGE_PRIOR * (common + offsets[name])) / (counts[name] + LANGUAGE_PRIOR)
        for name in known
    }
    return {name: mean.astype(np.float32) for name, mean in (means | {OTHER: common}).items()}


def offsets_from_parallel_texts(sets: Sequence[Mapping[str, Floats]]) -> Floats:
    """Return the shipped table [9, 384]: m0, then d_l in the order of LANGUAGES.

    Each set maps every language to the vectors [n, 384] of the same n texts in that language. Because the
    texts are parallel, the difference of two languages' means is the language alone, not the topic. Sets of
    different kinds of text count equally, however long they are.
    """
    means = np.array([[parallel[name].mean(axis=0) for name in LANGUAGES] for parallel in sets])
    commons = means.mean(axis=1)
    offsets = (means - commons[:, None]).mean(axis=0)
    return np.vstack([commons.mean(axis=0)[None], offsets]).astype(np.float32)
