"""Rows of PostgreSQL to what the engine reads."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import F

from companies.models import CooperationProfile, ProfileText
from matching.engine.align import LanguageMeans, language_means, shipped_means
from matching.engine.features import Arrays, build
from matching.engine.profiles import Profile, Side
from matching.engine.sentences import split_sentences
from matching.engine.weights import Weights
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
    "offered_vectors": F("profile__vector__offered"),
    "sought_vectors": F("profile__vector__sought"),
}


@dataclass(frozen=True, eq=False)
class Snapshot:
    """Profiles as the engine sees them, by database key, and a hash of all that a score can depend on."""

    profiles: dict[int, Profile]
    hash: str

    @property
    def keys(self) -> dict[str, int]:
        """Database keys by public id."""
        return {profile.id: key for key, profile in self.profiles.items()}

    def arrays(self, weights: Weights, means: LanguageMeans) -> Arrays:
        return build(self.profiles.values(), weights, means)


def take(profile_ids: Iterable[int]) -> Snapshot:
    """Read these profiles; those whose vectors are not those of their words are left out."""
    profiles: dict[int, Profile] = {}
    digest = hashlib.sha256()
    for row in _rows(list(profile_ids)):
        profiles[row["profile_id"]] = _profile(row)
        digest.update(_canonical(row))
    return Snapshot(profiles, digest.hexdigest())


def matchable_ids() -> list[int]:
    """Keys of the profiles that may be matched now, in a fixed order."""
    return list(CooperationProfile.objects.matchable().order_by("pk").values_list("pk", flat=True))


def means_of(snapshot: Snapshot, encoder_version: str) -> LanguageMeans:
    """Language means from the platform's own texts, leaning on the shipped ones while they are few."""
    return language_means(snapshot.profiles.values(), shipped_means(encoder_version))


def _rows(profile_ids: list[int]) -> Iterable[dict[str, Any]]:
    texts = ProfileText.objects.filter(
        profile__in=profile_ids,
        is_original=True,
        profile__vector__text_hash=F("text_hash"),
        profile__vector__encoder_version=encoding_version(),
    ).order_by("profile_id")
    wanted = ("profile_id", "language", "offered", "sought", "text_hash")
    yield from texts.values(*wanted, **COLUMNS).iterator(chunk_size=1000)


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


def _canonical(row: dict[str, Any]) -> bytes:
    facets = {name: value for name, value in row.items() if not name.endswith("_vectors")}
    return json.dumps(facets, sort_keys=True).encode()
