"""What merging two companies means for their matches: a company is no partner of itself."""

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from companies.models import Company, Merge
from matching.choices import IntroductionStatus
from matching.models import (
    Agreement,
    AgreementStatement,
    Block,
    FollowUp,
    Introduction,
    IntroductionConsent,
    Match,
    MatchRun,
    RunStatus,
    StrategyMember,
)
from matching.services.introductions.stopping import CARED_FOR
from matching.services.lists import LOCK
from tibs.accounts.actor import Actor
from tibs.core.errors import WrongStateError
from tibs.core.locks import one_at_a_time

# What binds an entry to other firms: it stays with the entry, which is then the one to keep.
BINDING = (
    Introduction,
    IntroductionConsent,
    Agreement,
    AgreementStatement,
    FollowUp,
    StrategyMember,
    Block,
)


def keep_who_is_bound(merge: Merge, by: Actor) -> None:
    """An entry with introductions or strategies is not absorbed: other firms and their consents hang on it."""
    absorbed = merge.absorbed
    introduced = Introduction.objects.filter(Q(low_company=absorbed) | Q(high_company=absorbed)).exists()
    if introduced or absorbed.strategies.exists():
        raise WrongStateError(
            _("This entry has introductions to other firms. Keep it, and merge the other entry into it.")
        )


def keep_introductions_whole(merge: Merge, by: Actor) -> None:
    """A merge stays while the kept entry is introduced by a profile or an interest that would go back: the firm whose
    words went out, and may take them back, would not be the one that takes part."""
    goes_back = (
        Q(sender_profile__company=merge.absorbed)
        | Q(receiver_profile__company=merge.absorbed)
        | Q(expression__company=merge.absorbed)
    )
    of_kept = Q(low_company=merge.kept) | Q(high_company=merge.kept)
    torn = Introduction.objects.filter(of_kept, goes_back, status__in=CARED_FOR)
    if torn.filter(status=IntroductionStatus.INTRODUCED).exists():
        raise WrongStateError(
            _("Firms know each other by a profile or an interest that would go back, so the merge stays.")
        )
    if torn.exists():
        raise WrongStateError(
            _(
                "An introduction rests on a profile or an interest that would go back. End the introduction first."
            )
        )


def end_pairs_within_one_company(merge: Merge, by: Actor) -> None:
    """Pairs between profiles that belong to one company now are shown no more; the others went along."""
    with one_at_a_time(LOCK):
        within = Match.objects.filter(first__company=merge.kept, second__company=F("first__company"))
        within.filter(is_current=True).update(is_current=False)


def bring_back_pairs_of_two_companies(merge: Merge, by: Actor) -> None:
    """Pairs of the newest run between two companies that are apart again; what a later run would find comes then."""
    with one_at_a_time(LOCK):
        newest = MatchRun.objects.filter(status=RunStatus.DONE).order_by("-pk").values("pk")[:1]
        between(merge.kept, merge.absorbed).filter(run__in=newest).update(is_current=True)


def between(one: Company, other: Company) -> QuerySet[Match]:
    return Match.objects.filter(
        Q(first__company=one, second__company=other) | Q(first__company=other, second__company=one)
    )
