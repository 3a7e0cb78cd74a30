"""Finding partners now: for a profile, or for a request that somebody types."""

from dataclasses import dataclass
from functools import lru_cache

from django.db import connection
from django.db.models import Count, Max
from django.utils.translation import gettext_lazy as _

from companies.models import Company, Consent, CooperationProfile
from matching.engine import explain as engine
from matching.engine.features import Arrays
from matching.engine.profiles import Profile, Side
from matching.engine.search import Ranked, search_one
from matching.engine.sentences import split_sentences
from matching.engine.weights import Weights
from matching.models import ProfileVector
from matching.services import snapshots, vectors
from matching.services.barring import barred_for
from matching.services.snapshots import Snapshot
from regions.models import Country
from tibs.accounts.actor import Actor
from tibs.accounts.permissions import Permission
from tibs.core.errors import BadInputError, NotAllowedError

LONGEST_REQUEST = 2000


@dataclass(frozen=True)
class Partner:
    """One ranked foreign partner: the profile, its place, and why."""

    profile: CooperationProfile
    rank: int
    score: float
    explanation: engine.Explanation


@dataclass(frozen=True)
class Request:
    """What somebody seeks, in one of the eight languages, for a firm of `country`."""

    text: str
    language: str
    country: str

    def as_profile(self) -> Profile:
        """The request as the engine reads it. BadInputError when nothing is said."""
        sentences = tuple(split_sentences(self.text))
        if not sentences:
            raise BadInputError(
                _("Say what kind of partner is sought."),
                fields={"text": _("Say in words what kind of partner is sought.")},
            )
        if len(self.text) > LONGEST_REQUEST:
            raise BadInputError(
                _("The request is too long. Please say it in at most 2,000 characters."),
                fields={"text": _("Use at most 2,000 characters.")},
            )
        side = Side(vectors=vectors.encoder().encode(sentences), sentences=sentences)
        return Profile(id="", country=self.country, language=self.language, sought=side)


def find_for_request(*, request: Request, by: Actor, top: int = 10) -> list[Partner]:
    """The best foreign partners for a typed request, with reasons."""
    _require(by)
    wanted = request.as_profile()
    if not Country.objects.active().filter(pk=request.country).exists():
        known = ", ".join(Country.objects.active().order_by("pk").values_list("pk", flat=True))
        message = _("The home country is one of %(countries)s.") % {"countries": known}
        raise BadInputError(message, fields={"country": message})
    return _find(wanted, top)


def find_for_company(*, company: Company, by: Actor, top: int = 10) -> list[Partner]:
    """The best foreign partners for a company's newest profile, a live one first. BadInputError when it has none."""
    _require(by)
    readable = company.profiles.filter(vector__isnull=False).order_by("-published_at", "-pk")
    newest = (
        readable.filter(pk__in=CooperationProfile.objects.matchable().values("pk")).first()
        or readable.first()
    )
    if newest is None:
        raise BadInputError(_("This company has no profile to search with."))
    return find_for_profile(profile=newest, by=by, top=top)


def find_for_profile(*, profile: CooperationProfile, by: Actor, top: int = 10) -> list[Partner]:
    """The best foreign partners for a profile as it stands now."""
    _require(by)
    taken = snapshots.take([profile.pk])
    if profile.pk not in taken.profiles:
        raise BadInputError(
            _("The next matching reads this profile. Until then, search with a typed request.")
        )
    return _find(taken.profiles[profile.pk], top)


def _require(by: Actor) -> None:
    if not by.may(Permission.SEARCH_PARTNERS):
        raise NotAllowedError(_("Only brokers may search for partners."))


def _find(wanted: Profile, top: int) -> list[Partner]:
    snapshot, arrays = _current(_signature())
    barred = barred_for(wanted.company) if wanted.company else frozenset[str]()
    ranked = search_one(arrays, wanted, top=top, barred=barred)
    keys = snapshot.keys
    rows = (
        CooperationProfile.objects.matchable()
        .select_related("company__country", "company__region__parent", "company__nace", "domain")
        .prefetch_related("texts")
    )
    found = rows.in_bulk([keys[partner.id] for partner in ranked])
    return [
        Partner(found[key], place, partner.score, _explain(wanted, snapshot.profiles[key], arrays))
        for place, partner, key in _present(ranked, keys, found)
    ]


def _present(
    ranked: list[Ranked], keys: dict[str, int], found: dict[int, CooperationProfile]
) -> list[tuple[int, Ranked, int]]:
    """Partners that may still be shown: consent is asked again at the moment of showing."""
    open_now = [(partner, keys[partner.id]) for partner in ranked if keys[partner.id] in found]
    return [(place, partner, key) for place, (partner, key) in enumerate(open_now, start=1)]


def _explain(wanted: Profile, partner: Profile, arrays: Arrays) -> engine.Explanation:
    return engine.explain(wanted, partner, arrays.weights, arrays.means)


def _signature() -> tuple[object, ...]:
    """Changes whenever a profile, a vector, a company or a consent changed; four cheap questions."""
    profiles = CooperationProfile.objects.aggregate(Count("pk"), Max("updated_at"))
    vectors_made = ProfileVector.objects.aggregate(Count("pk"), Max("encoded_at"))
    companies = Company.objects.aggregate(Max("updated_at"))
    consents = Consent.objects.aggregate(Max("pk"))
    return (
        connection.settings_dict["NAME"],
        *profiles.values(),
        *vectors_made.values(),
        *companies.values(),
        *consents.values(),
    )


@lru_cache(maxsize=1)
def _current(signature: tuple[object, ...]) -> tuple[Snapshot, Arrays]:
    """The arrays of everything that is matchable now, built once for each process and state of the data."""
    snapshot = snapshots.take(snapshots.matchable_ids())
    means = snapshots.means_of(snapshot, vectors.encoder().version)
    return snapshot, snapshot.arrays(Weights(), means)
