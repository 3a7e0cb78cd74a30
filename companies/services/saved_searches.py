"""Searches of the catalogue that somebody keeps: by an account, or by an address that was confirmed by mail.

New profiles are told in one letter for each search, and nobody is told of one twice: what several searches of a
person find stands in the letter of the first of them. Who reads the same mailbox is one person.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial

import structlog
from django.core import signing
from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from companies import events
from companies.catalogue.search import Search, narrowed
from companies.choices import Frequency, ProfileType
from companies.models import CooperationProfile, SavedSearch
from companies.models.saved_search import SearchHit
from companies.policies import can_change_search, require
from companies.services.checks import refuse_misfits
from companies.services.registration_limits import may_write_to
from companies.texts import best_text
from tibs.accounts.actor import VISITOR, Actor, system
from tibs.accounts.models import User
from tibs.core.errors import BadInputError, WrongStateError
from tibs.core.links import absolute
from tibs.core.locks import wait_for_turn
from tibs.core.secrets import digest_of, new_token
from tibs.core.sweeps import take_each
from tibs.events.recording import record
from tibs.events.services.letters import write_letter
from tibs.figures import PROFILES_IN_A_LETTER, SEARCHES_OF_A_PERSON, UNCONFIRMED_SEARCH_LIFE

logger = structlog.get_logger(__name__)
ALERTS = system("companies.searches")
STOP = "companies.saved_searches.stop"
# A little less than a day and a week, so that a run that is late once does not make every later one late.
EVERY = {Frequency.DAILY: timedelta(hours=20), Frequency.WEEKLY: timedelta(days=6, hours=20)}
FULL = _("You keep %(number)s searches already. Delete one that you do not need.")


class SearchLinkTooOldError(WrongStateError):
    """The link of a letter belongs to no search any more."""

    code = "link_too_old"

    def __init__(self) -> None:
        super().__init__(_("This link does not work any more. Perhaps the search was deleted."))


@transaction.atomic
def save_search(*, search: Search, name: str, frequency: Frequency, by: Actor) -> SavedSearch:
    """Keep a search for somebody with an account, whose address is known."""
    require(by.is_person)
    owner = User.objects.select_for_update().get(public_id=by.id)
    if SavedSearch.objects.visible_to(by).count() >= SEARCHES_OF_A_PERSON:
        raise BadInputError(FULL % {"number": SEARCHES_OF_A_PERSON})
    made = SavedSearch(
        owner=owner,
        email=owner.email,
        language=owner.language,
        name=name,
        query=search.as_values(),
        frequency=frequency,
        confirmed_at=timezone.now(),
    )
    refuse_misfits(made, exclude=["owner"])
    made.save(force_insert=True)
    record(events.SEARCH_SAVED, about=made, by=by)
    return made


@transaction.atomic
def ask_for_search(
    *,
    search: Search,
    name: str,
    frequency: Frequency,
    email: str,
    language: str,
    network: str,
    is_trapped: bool = False,
) -> SavedSearch | None:
    """Ask a visitor by letter to confirm a search. None, and no letter, for what a program filled in and for an
    address that keeps or is asked for too many."""
    kept = SavedSearch.objects.filter(email=email, owner=None)
    if is_trapped or kept.count() >= SEARCHES_OF_A_PERSON or not may_write_to(email, network):
        return None
    token, digest = new_token()
    made = SavedSearch(
        email=email,
        language=language,
        name=name,
        query=search.as_values(),
        frequency=frequency,
        link_digest=digest,
    )
    refuse_misfits(made)
    made.save(force_insert=True)
    write_letter(
        template="search_confirm",
        to=email,
        language=language,
        context={
            "link": absolute(reverse("search_confirm", args=[token])),
            "days": UNCONFIRMED_SEARCH_LIFE.days,
        },
    )
    record(events.SEARCH_SAVED, about=made, by=VISITOR)
    return made


def search_of_link(token: str) -> SavedSearch:
    """The search that a mailed link confirms or has confirmed; SearchLinkTooOldError."""
    found = SavedSearch.objects.filter(link_digest=digest_of(token)).first()
    is_old = found is not None and not found.confirmed_at
    if found is None or (is_old and found.created_at <= timezone.now() - UNCONFIRMED_SEARCH_LIFE):
        raise SearchLinkTooOldError
    return found


@transaction.atomic
def confirm_search(*, token: str, now: datetime | None = None) -> SavedSearch:
    """The address is proven: new profiles are told from now on. Confirmed again, it changes nothing."""
    found = SavedSearch.objects.select_for_update().get(pk=search_of_link(token).pk)
    if found.confirmed_at is None:
        found.confirmed_at = now or timezone.now()
        found.save(update_fields=["confirmed_at", "updated_at"])
        record(events.SEARCH_CONFIRMED, about=found, by=VISITOR)
    return found


@transaction.atomic
def change_search(*, search: SavedSearch, frequency: Frequency, by: Actor) -> SavedSearch:
    """Tell more or less often."""
    require(can_change_search(by, search))
    search.frequency = frequency
    search.save(update_fields=["frequency", "updated_at"])
    record(events.SEARCH_SAVED, about=search, by=by, fields=["frequency"])
    return search


@transaction.atomic
def delete_search(*, search: SavedSearch, by: Actor) -> None:
    """Forget a search of one's own."""
    require(can_change_search(by, search))
    record(events.SEARCH_DELETED, about=search, by=by)
    _forget(search)


def _forget(search: SavedSearch) -> None:
    """Delete it; another search of the same reader goes on remembering what it told, first of all one that was
    confirmed: the others may vanish any day."""
    others = _of_reader(_address_of(search)).exclude(pk=search.pk)
    others = others.order_by(F("confirmed_at").asc(nulls_last=True), "pk")
    if other := others.first():
        known = other.hits.values("profile")
        search.hits.exclude(profile__in=known).update(search=other)
    search.delete()


def stop_path(search: SavedSearch) -> str:
    """The page that ends the letters of a search, for everybody who has the link; it works as long as the search."""
    return reverse("search_stop", args=[signing.dumps(search.public_id, salt=STOP, compress=False)])


def search_to_stop(signed: str) -> SavedSearch:
    """The search of such a link; SearchLinkTooOldError."""
    try:
        public_id = signing.loads(signed, salt=STOP)
    except signing.BadSignature as error:
        raise SearchLinkTooOldError from error
    found = SavedSearch.objects.filter(public_id=public_id).first()
    if found is None:
        raise SearchLinkTooOldError
    return found


@transaction.atomic
def stop_search(*, signed: str) -> None:
    """End the letters of a search by the link of a letter. Stopped again, it changes nothing."""
    found = SavedSearch.objects.filter(pk=search_to_stop(signed).pk).select_for_update().first()
    if found:
        record(events.SEARCH_DELETED, about=found, by=VISITOR)
        _forget(found)


def due_searches(now: datetime) -> QuerySet[SavedSearch]:
    """Confirmed searches of people who are still there, whose day or week since the last telling is over."""
    due = Q(pk=None)
    for frequency, time in EVERY.items():
        due |= Q(frequency=frequency, last__lte=now - time)
    there = Q(owner=None) | Q(owner__is_active=True)
    last = Coalesce(F("told_at"), F("confirmed_at"))
    return SavedSearch.objects.annotate(last=last).filter(due, there, confirmed_at__isnull=False)


def tell_searches(*, now: datetime) -> int:
    """Write the letters of all searches that are due; how many were written. Many workers may do this at a time."""
    keys = due_searches(now).order_by("pk").values_list("pk", flat=True)
    return len(take_each(keys, partial(tell_search, now=now), sweep="companies.searches"))


@transaction.atomic
def tell_search(pk: int, *, now: datetime) -> bool:
    """Tell of what is new since the search was confirmed and was not told yet; True when a letter was written.

    The letter and the note of what it told are one transaction, under a lock of the search and one of its reader.
    """
    search = _locked(pk, now)
    if search is None:
        return False
    _wait_for_turn(search)
    profiles = list(_news(search)[:PROFILES_IN_A_LETTER])
    SavedSearch.objects.filter(pk=pk).update(told_at=now)
    if not profiles:
        return False
    SearchHit.objects.bulk_create(
        SearchHit(search=search, profile=profile, told_at=now) for profile in profiles
    )
    _write(search, profiles)
    record(events.SEARCH_TOLD, about=search, by=ALERTS, facts={"profiles": len(profiles)})
    return True


def _locked(pk: int, now: datetime) -> SavedSearch | None:
    """The search if it is still due, for this worker alone; None where another one has it or has told it."""
    rows = due_searches(now).select_related("owner").select_for_update(of=["self"], skip_locked=True)
    return rows.filter(pk=pk).first()


def _wait_for_turn(search: SavedSearch) -> None:
    """Other searches of the same reader wait until this transaction ends, and then know what was told in it."""
    wait_for_turn(f"companies.searches_of:{_address_of(search)}")


def _address_of(search: SavedSearch) -> str:
    """Where its letters go: to the present address of an account."""
    return search.owner.email if search.owner else search.email


def _of_reader(address: str) -> QuerySet[SavedSearch]:
    """Every search whose letters go to the address."""
    accounts = User.objects.filter(email=address).values("pk")
    return SavedSearch.objects.filter(Q(owner__in=accounts) | Q(owner=None, email=address))


def _news(search: SavedSearch) -> QuerySet[CooperationProfile]:
    """Published profiles that fit, the newest first, without those that the reader was told or that were there
    before."""
    searches = list(_of_reader(_address_of(search)).values_list("pk", flat=True))
    told = SearchHit.objects.filter(search__in=searches, profile=OuterRef("pk"))
    found = narrowed(CooperationProfile.objects.published(), Search.of(search.query))
    new = found.filter(~Exists(told), published_at__gte=search.confirmed_at)
    return new.select_related("company__country").prefetch_related("texts").order_by("-published_at", "-id")


def _write(search: SavedSearch, profiles: Sequence[CooperationProfile]) -> None:
    language = search.owner.language if search.owner else search.language
    with override(language):
        lines = "\n\n".join(_line(profile, language) for profile in profiles)
    write_letter(
        template="search_told",
        to=_address_of(search),
        language=language,
        context={
            "search": search.name,
            "count": len(profiles),
            "lines": lines,
            "link": absolute(f"{reverse('opportunities')}?{Search.of(search.query).as_query()}"),
        },
        unsubscribe=stop_path(search),
    )


def _line(profile: CooperationProfile, language: str) -> str:
    text = best_text(profile, "title", language)
    kind = ProfileType(profile.type).label
    said = _("%(type)s from %(country)s") % {"type": kind, "country": profile.company.country.name}
    address = absolute(reverse("opportunity", args=[profile.reference]))
    return "\n".join(filter(None, [text.title if text else "", str(said), address]))
