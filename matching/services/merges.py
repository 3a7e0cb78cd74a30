"""What merging two companies means for their matches: a company is no partner of itself."""

from django.db.models import F, Q, QuerySet

from companies.models import Company, Merge
from matching.models import Match, MatchRun, RunStatus
from tibs.accounts.actor import Actor


def end_pairs_within_one_company(merge: Merge, by: Actor) -> None:
    """Pairs between profiles that belong to one company now are shown no more; the others went along."""
    within = Match.objects.filter(first__company=merge.kept, second__company=F("first__company"))
    within.filter(is_current=True).update(is_current=False)


def bring_back_pairs_of_two_companies(merge: Merge, by: Actor) -> None:
    """Pairs of the newest run between two companies that are apart again; what a later run would find comes then."""
    newest = MatchRun.objects.filter(status=RunStatus.DONE).order_by("-pk").values("pk")[:1]
    between(merge.kept, merge.absorbed).filter(run__in=newest).update(is_current=True)


def between(one: Company, other: Company) -> QuerySet[Match]:
    return Match.objects.filter(
        Q(first__company=one, second__company=other) | Q(first__company=other, second__company=one)
    )
