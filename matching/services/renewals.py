"""Who asks that matches are computed anew: rules of events, and the sweep that finds what no event told."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from companies.choices import Basis
from companies.models import Company, CooperationProfile, Merge
from companies.services.merging.agreements import MERGING
from matching.models import Block, MatchRun, Renewal
from tibs.accounts.actor import Actor

# The nudge comes first; what it lost is found by the sweep after so long.
PATIENCE = timedelta(seconds=20)
SWEPT = 50


def ask_for_profile(profile: CooperationProfile, by: Actor) -> None:
    """The profile was published, changed or withdrawn."""
    Renewal.objects.ask([profile.pk], timezone.now())


def ask_for_company(company: Company, by: Actor) -> None:
    """Facts or consents of the company changed. A merge asks by itself, once it holds the lists: whoever writes them
    takes them before the places of this queue."""
    if by != MERGING:
        ask_for_companies([company])


def ask_for_merge(merge: Merge, by: Actor) -> None:
    """Profiles went from one company to another."""
    ask_for_companies([merge.kept, merge.absorbed])


def ask_for_block(block: Block, by: Actor) -> None:
    """Two companies are kept apart, or may meet again."""
    ask_for_companies([block.company, block.other])


def ask_for_companies(companies: Iterable[Company]) -> None:
    """Ask for every profile of these companies that is or was in anybody's list."""
    profiles = CooperationProfile.objects.filter(company__in=list(companies), published_at__isnull=False)
    Renewal.objects.ask(list(profiles.values_list("pk", flat=True)), timezone.now())


def waiting() -> list[int]:
    """Profiles that wait, first come, first served."""
    return list(Renewal.objects.waiting().order_by("asked_at", "pk").values_list("pk", flat=True)[:SWEPT])


def sweep(now: datetime) -> list[int]:
    """Profiles that waited too long, and those whose change nobody told since the newest run.

    Imported public facts come in thousands and wait for the nightly run.
    """
    _ask_for_strays(now)
    late = Renewal.objects.waiting().filter(asked_at__lte=now - PATIENCE)
    return list(late.order_by("asked_at", "pk").values_list("pk", flat=True)[:SWEPT])


def _ask_for_strays(now: datetime) -> None:
    run = MatchRun.objects.latest_done()
    if run is None:
        return
    asked = Renewal.objects.filter(pk=OuterRef("pk"), asked_at__gte=OuterRef("updated_at"))
    told = Q(Exists(asked)) | Q(updated_at__lt=run.created_at)
    written = CooperationProfile.objects.filter(published_at__isnull=False, basis=Basis.APPROVED)
    strays = written.exclude(told)
    keys = list(strays.order_by("pk").values_list("pk", flat=True)[:SWEPT])
    if keys:
        Renewal.objects.ask(keys, now)
