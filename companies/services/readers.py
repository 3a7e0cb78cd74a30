"""Finds the second reader of a profile among the brokers of other countries."""

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db.models import Count, QuerySet
from django.utils.translation import gettext_lazy as _

from brokers import reading
from brokers.models import Broker, Membership
from brokers.reading import Code, Ranked, Reader, Words
from companies.models import CooperationProfile, ProfileReview
from regions.models import Country
from regions.working_days import deadline, times_of
from tibs.accounts.models import User
from tibs.core.errors import BadInputError, WrongStateError
from tibs.figures import SECOND_READER_DAYS


class NobodyReadsError(WrongStateError):
    """No broker of another country is left to be asked."""

    code = "nobody_reads"


@dataclass(frozen=True)
class Chosen:
    """Who reads, and why (`brokers.wording.reason_sentences`); the clock runs by the country of the reader."""

    person: User
    country: Country
    reasons: list[dict[str, str | int]]

    def clock(self, now: datetime) -> dict[str, datetime]:
        """When the reader is reminded, when the answer is due, and when somebody else is asked, in working days."""
        return {"asked_at": now} | asdict(times_of(self.country, now, SECOND_READER_DAYS))


def choose_reader(
    profile: CooperationProfile, now: datetime, *, without: Collection[str] = (), wanted: str = ""
) -> Chosen:
    """The best reader, leaving out people by public id; or the `wanted` one, whom a person chose. Five queries.

    NobodyReadsError where no broker of another country is left, BadInputError where `wanted` is none of them.
    """
    found = candidates(profile, now, without=without)
    if wanted:
        found = [(broker, ranked) for broker, ranked in found if broker.membership.user.public_id == wanted]
        if not found:
            reason = _("Choose a broker of another country who was not asked before.")
            raise BadInputError(reason, fields={"reader": reason})
    if not found:
        raise NobodyReadsError(_("There is no broker of another country who could read this profile."))
    broker, ranked = found[0]
    reasons = [reason.as_json() for reason in ranked.reasons]
    by_hand: list[dict[str, str | int]] = [{"code": Code.CHOSEN_BY_HAND}] if wanted else []
    return Chosen(broker.membership.user, broker.membership.organisation.country, by_hand + reasons)


def candidates(
    profile: CooperationProfile, now: datetime, *, without: Collection[str] = ()
) -> list[tuple[Broker, Ranked]]:
    """Everybody who could read a profile, the best first."""
    brokers = {broker.pk: broker for broker in _abroad(profile, without)}
    ranked = reading.rank(_words(profile), _readers(list(brokers.values()), now))
    return [(brokers[one.id], one) for one in ranked]


def _abroad(profile: CooperationProfile, without: Collection[str]) -> QuerySet[Broker]:
    """Brokers in service who do not work in the country of the profile as well."""
    home = profile.company.country_id
    at_home = Membership.objects.in_force().filter(organisation__country=home).values("user")
    abroad = Broker.objects.in_service().exclude(membership__user__in=at_home)
    abroad = abroad.exclude(membership__organisation__country=home)
    related = abroad.select_related("membership__user", "membership__organisation__country")
    return related.exclude(membership__user__public_id__in=without).prefetch_related("domains").order_by("pk")


def _words(profile: CooperationProfile) -> Words:
    texts = list(profile.texts.all())
    return Words(
        country=profile.company.country_id,
        original=next((text.language for text in texts if text.is_original), ""),
        languages=frozenset(text.language for text in texts if text.offered or text.sought),
        domain=profile.domain.code if profile.domain else "",
    )


def _readers(brokers: Sequence[Broker], now: datetime) -> list[Reader]:
    people = [broker.membership.user_id for broker in brokers]
    counted = ProfileReview.objects.open().filter(reader__in=people).order_by().values_list("reader")
    waiting = dict(counted.annotate(number=Count("pk")))
    return [
        Reader(
            id=broker.pk,
            country=broker.membership.organisation.country_id,
            languages=frozenset(broker.languages),
            domains=frozenset(domain.code for domain in broker.domains.all()),
            open_readings=waiting.get(broker.membership.user_id, 0),
            is_away=_is_away(broker, now),
        )
        for broker in brokers
    ]


def _is_away(broker: Broker, now: datetime) -> bool:
    """Whether the broker is away on some day of the time for an answer."""
    start, end = broker.absent_from, broker.absent_until
    if start is None or end is None:
        return False
    country = broker.membership.organisation.country
    zone = ZoneInfo(country.time_zone)
    first: date = now.astimezone(zone).date()
    last = deadline(country, now, SECOND_READER_DAYS).astimezone(zone).date()
    return start <= last and end >= first
