"""Who reads which firm of a joint strategy by name: a firm says yes to it, or was introduced to the reader."""

from django.utils.translation import gettext

from matching.choices import IntroductionStatus
from matching.models import Introduction, JointStrategy, StrategyMember
from tibs.accounts.actor import Actor
from tibs.accounts.permissions import Permission

Pairs = frozenset[tuple[int, int]]


def introduced_pairs(strategy: JointStrategy) -> Pairs:
    """The keys of firms of the strategy that were introduced to each other, in both orders; one query."""
    keys = [member.company_id for member in strategy.members.all()]
    rows = Introduction.objects.filter(
        status=IntroductionStatus.INTRODUCED, sender_company__in=keys, receiver_company__in=keys
    )
    found = set(rows.values_list("sender_company", "receiver_company"))
    return frozenset(found | {(receiver, sender) for sender, receiver in found})


def strangers_to(company_id: int, strategy: JointStrategy, pairs: Pairs) -> set[int]:
    """The keys of the other firms whose names that firm may not read yet."""
    return {
        member.company_id
        for member in strategy.members.all()
        if member.company_id != company_id
        and member.named_at is None
        and (company_id, member.company_id) not in pairs
    }


def hidden_from(actor: Actor, strategy: JointStrategy, pairs: Pairs, *, leads: bool) -> set[int]:
    """The keys of the firms whose names the actor may not read; the lead (`leads`) reads all."""
    if leads:
        return set()
    own = {member.company_id for member in strategy.members.all() if is_own(actor, member)}
    everybody = {member.company_id for member in strategy.members.all() if member.named_at is None} - own
    return {key for key in everybody if all((mine, key) not in pairs for mine in own)}


def is_own(actor: Actor, member: StrategyMember) -> bool:
    """Whether the member is a firm of the actor or of an organisation for which the actor reads matches."""
    company = member.company
    is_hosted = actor.may(Permission.READ_MATCHES) and company.host_id in actor.organisations
    return company.pk in actor.companies or is_hosted


def name_of(member: StrategyMember, hidden: set[int]) -> str:
    """The name of a firm, or only where it is."""
    if member.company_id in hidden:
        return gettext("A firm in %(country)s") % {"country": member.company.country.name}
    return member.company.name
