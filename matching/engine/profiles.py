"""What the engine reads of a profile: a frozen input, with sentence vectors instead of texts."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]


def _no_vectors() -> Floats:
    return np.zeros((0, 384), np.float32)


@dataclass(frozen=True, eq=False)
class Side:
    """What is offered, or what is sought.

    `vectors` [k, 384] are the encoder's unit vectors of the sentences, language mean not removed. A side
    without vectors does not exist: its direction counts 0, whatever the other facts say. `sentences`, if
    given, are the k texts, so that an explanation can quote them. `nace` are branch codes: on the offered
    side what the company does (empty: the profile's codes), on the sought side what a partner should do
    (empty: a partner of a related branch is preferred).
    """

    vectors: Floats = field(default_factory=_no_vectors)
    sentences: tuple[str, ...] = ()
    nace: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse vectors of another shape and a number of sentences that differs from the vectors."""
        if self.vectors.ndim != 2 or (len(self.vectors) and self.vectors.shape[1] != 384):
            raise ValueError("Sentence vectors must have the shape [k, 384].")
        if self.sentences and len(self.sentences) != len(self.vectors):
            raise ValueError("There must be one vector for each sentence.")

    @property
    def exists(self) -> bool:
        """Whether anything is said on this side."""
        return len(self.vectors) > 0


@dataclass(frozen=True, eq=False)
class Profile:
    """One cooperation profile, or a request typed by a broker, as the engine sees it.

    `id` is the public id (ties are settled by it), `company` the key of a company or group whose profiles
    never match each other, `language` that of the sentences. `domains` are (code, weight) pairs,
    `readiness` is 0..1. `wished` and `excluded` countries are hard rules for both firms of a pair;
    `matchable` likewise (consent and publication, decided by the caller).
    """

    id: str
    country: str
    language: str
    company: str = ""
    offered: Side = field(default_factory=Side)
    sought: Side = field(default_factory=Side)
    nace: tuple[str, ...] = ()
    domains: tuple[tuple[str, float], ...] = ()
    area: str = ""
    cooperation: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    wished: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    size: str = ""
    readiness: float | None = None
    matchable: bool = True

    def accepts(self, country: str) -> bool:
        """Partners come from another country, one of the wished ones if any is named, never an excluded
        one.
        """
        if country == self.country or country in self.excluded:
            return False
        return not self.wished or country in self.wished
