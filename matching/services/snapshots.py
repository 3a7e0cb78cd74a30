"""Rows of PostgreSQL to what the engine reads."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import F

from companies.models import CooperationProfile, ProfileText
from matching.engine.align import LanguageMeans, language_means, shipped_means
from matching.engine.features import Arrays, build
from matching.engine.profiles import Profile, Side
from matching.engine.sentences import split_sentences
from matching.engine.weights import Weights
from matching.services.barring import barred_pairs
from matching.services.vectors import encoding_version, matrix

COLUMNS = {
    "public_id": F("profile__public_id"),
    "country": F("profile__company__country_id"),
    "company": F("profile__company__public_id"),
    "nace": F("profile__company__nace_id"),
    "size": F("profile__company__size_class"),
    "domain": F("profile__domain_id"),
    "area": F("profile__area"),
    "cooperation": F("profile__cooperation_types"),
    "languages": F("profile__working_languages"),
    "wished": F("profile__wished_countries"),
    "excluded": F("profile__excluded_countries"),
}
VECTORS = {
    "offered_vectors": F("profile__vector__offered"),
    "sought_vectors": F("profile__vector__sought"),
}


@dataclass(frozen=True, eq=False)
class Snapshot:
    """Profiles as the engine sees them, by database key, each with a digest of all that its scores depend on."""

    profiles: dict[int, Profile]
    digests: dict[int, str]

    @cached_property
    def hash(self) -> str:
        """One digest of all."""
        return hashlib.sha256("".join(self.digests.values()).encode()).hexdigest()

    @property
    def keys(self) -> dict[str, int]:
        """Database keys by public id."""
        return {profile.id: key for key, profile in self.profiles.items()}

    def arrays(self, weights: Weights, means: LanguageMeans) -> Arrays:
        """Arrays of these profiles; who blocked each other or was introduced already is kept apart."""
        return build(self.profiles.values(), weights, means, barred_pairs())


def take(profile_ids: Iterable[int]) -> Snapshot:
    """Read these profiles; those whose vectors are not those of their words are left out."""
    profiles: dict[int, Profile] = {}
    digests: dict[int, str] = {}
    for row in _rows(profile_ids, COLUMNS | VECTORS):
        profiles[row["profile_id"]] = _profile(row)
        digests[row["profile_id"]] = _digest(row)
    return Snapshot(profiles, digests)


def digests_of(profile_ids: Iterable[int]) -> dict[int, str]:
    """The digests of these profiles as they stand now; who would be left out of a snapshot has none."""
    return {row["profile_id"]: _digest(row) for row in _rows(profile_ids, COLUMNS)}


def matchable_ids() -> list[int]:
    """Keys of the profiles that may be matched now, in a fixed order."""
    return list(CooperationProfile.objects.matchable().order_by("pk").values_list("pk", flat=True))


def means_of(snapshot: Snapshot, encoder_version: str) -> LanguageMeans:
    """Language means from the platform's own texts, leaning on the shipped ones while they are few."""
    return language_means(snapshot.profiles.values(), shipped_means(encoder_version))


def _rows(profile_ids: Iterable[int], columns: dict[str, F]) -> Iterable[dict[str, Any]]:
    texts = ProfileText.objects.filter(
        profile__in=list(profile_ids),
        is_original=True,
        profile__vector__text_hash=F("text_hash"),
        profile__vector__encoder_version=encoding_version(),
    ).order_by("profile_id")
    wanted = ("profile_id", "language", "offered", "sought", "text_hash")
    yield from texts.values(*wanted, **columns).iterator(chunk_size=1000)


def _profile(row: dict[str, Any]) -> Profile:
    return Profile(
        id=row["public_id"],
        country=row["country"],
        company=row["company"],
        language=row["language"],
        offered=_side(row["offered"], row["offered_vectors"]),
        sought=_side(row["sought"], row["sought_vectors"]),
        nace=(row["nace"],) if row["nace"] else (),
        domains=((row["domain"], 1.0),) if row["domain"] else (),
        area=row["area"],
        cooperation=tuple(row["cooperation"]),
        languages=tuple(row["languages"]),
        wished=tuple(row["wished"]),
        excluded=tuple(row["excluded"]),
        size=row["size"].lower(),
    )


def _side(text: str, vectors: memoryview) -> Side:
    return Side(vectors=matrix(vectors), sentences=tuple(split_sentences(text)))


def _digest(row: dict[str, Any]) -> str:
    """Words and facts; the vectors are those of the words."""
    facts = {name: value for name, value in row.items() if name not in VECTORS}
    return hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()
