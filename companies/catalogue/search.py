"""What somebody looks for in the catalogue, and the published profiles that fit."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, Self
from urllib.parse import urlencode

from django.db.models import F, IntegerField, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import StrIndex
from django.utils import timezone

from companies.choices import Basis, ProfileStatus, Purpose
from companies.models import Consent, CooperationProfile
from companies.models.profile import ProfileQuerySet, of_companies_that_take_part
from tibs.core.search_text import fold

# The column of each filter. A firm stands in one place, but has several kinds of cooperation and of partners.
SINGLE = {"type": "type", "area": "area", "domain": "domain", "country": "company__country"}
SEVERAL = {"cooperation": "cooperation_types", "partner": "partner_kinds"}
FILTERS = (*SINGLE, *SEVERAL)
NEWEST, BEST = "newest", "best"
NEWEST_FIRST, BEST_FIRST = ("-published_at", "-id"), ("place", "-id")
SHORTEST_BEGINNING = 4
MOST_WORDS, LONGEST_WORDS, MOST_VALUES = 10, 100, 20


@dataclass(frozen=True)
class Search:
    """Words, and the values of each filter, of which a profile has one; a filter without values lets all pass."""

    q: str = ""
    type: tuple[str, ...] = ()
    country: tuple[str, ...] = ()
    area: tuple[str, ...] = ()
    domain: tuple[str, ...] = ()
    cooperation: tuple[str, ...] = ()
    partner: tuple[str, ...] = ()

    @classmethod
    def of(cls, asked: Mapping[str, Any]) -> Self:
        """The search of a form or of a stored one; what it does not know is left out."""
        values = {name: tuple(map(str, asked.get(name) or ()))[:MOST_VALUES] for name in FILTERS}
        return cls(q=" ".join(str(asked.get("q") or "").split())[:LONGEST_WORDS], **values)

    @property
    def words(self) -> list[str]:
        """The words as they stand in searchable texts, each once."""
        return list(dict.fromkeys(fold(self.q).split()))[:MOST_WORDS]

    def as_values(self) -> dict[str, Any]:
        """What a database or an address keeps of it: nothing that is empty."""
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        return {
            name: list(value) if isinstance(value, tuple) else value
            for name, value in values.items()
            if value
        }

    def as_query(self, **more: str) -> str:
        """The address of its results, without the question mark."""
        return urlencode(
            self.as_values() | {name: value for name, value in more.items() if value}, doseq=True
        )

    def without(self, name: str, value: str = "") -> Self:
        """The same search without one of its values."""
        if name == "q":
            return replace(self, q="")
        rest: dict[str, Any] = {name: tuple(kept for kept in getattr(self, name) if kept != value)}
        return replace(self, **rest)

    def __bool__(self) -> bool:
        return bool(self.as_values())


def all_published() -> ProfileQuerySet:
    """The same profiles as `published()`, for questions that read every profile: consents are looked up for all
    companies together, not row by row."""
    agreed = Consent.objects.in_force_of_all(Purpose.PUBLISH_ANONYMOUS)
    return CooperationProfile.objects.filter(
        of_companies_that_take_part(),
        basis=Basis.APPROVED,
        status=ProfileStatus.PUBLISHED,
        expires_at__gt=timezone.now(),
        company__in=agreed.values("company"),
    )


def narrowed(profiles: ProfileQuerySet, search: Search) -> ProfileQuerySet:
    """The profiles that fit: all words stand in their texts, whatever language and accents."""
    lookups: dict[str, Any] = {f"{column}__in": getattr(search, name) for name, column in SINGLE.items()}
    lookups |= {f"{column}__overlap": list(getattr(search, name)) for name, column in SEVERAL.items()}
    return with_words(profiles, search.words).filter(
        **{name: value for name, value in lookups.items() if value}
    )


def with_words(profiles: ProfileQuerySet, words: list[str]) -> ProfileQuerySet:
    """Those in whose texts all `words` stand, by the trigram index."""
    for word in words:
        profiles = profiles.filter(search_text__contains=word)
    return profiles


def by_place(profiles: ProfileQuerySet, words: list[str]) -> ProfileQuerySet:
    """With `place`, to be ordered by it (BEST_FIRST): how far into the text the words begin, so that those of
    titles and summaries come first."""
    place: Combinable = Value(0, output_field=IntegerField())
    for word in words:
        place = place + StrIndex(F("search_text"), Value(word))
    return profiles.annotate(place=place)


def alike(profiles: ProfileQuerySet, search: Search) -> ProfileQuerySet:
    """Profiles whose texts have the beginnings of the words, by the trigram index: languages of the Baltic Sea bend the
    ends of words. Short words stay whole."""
    return with_words(narrowed(profiles, search.without("q")), [_beginning(word) for word in search.words])


def _beginning(word: str) -> str:
    return word[: max(SHORTEST_BEGINNING, len(word) * 3 // 4)]
