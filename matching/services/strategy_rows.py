"""What all services of joint strategies do: hold the row, write it down, tell its members."""

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from companies.models import Company
from companies.policies import require
from companies.selectors import accounts_of
from matching import events
from matching.choices import StrategyStatus
from matching.models import JointStrategy, StrategyMember
from matching.policies import can_lead_strategy
from tibs.accounts.actor import Actor
from tibs.accounts.models import User
from tibs.core.errors import NotAllowedError, WrongStateError
from tibs.events.models import InboxItem
from tibs.events.notices import Notice
from tibs.events.recording import record
from tibs.events.services.inbox import notify
from tibs.events.vocabulary import Event


def held(strategy: JointStrategy) -> JointStrategy:
    """The strategy as it stands now, locked until the end of the transaction with all that belongs to it."""
    rows = JointStrategy.objects.select_for_update(of=["self"]).select_related("lead", "domain")
    found: JointStrategy = rows.prefetch_related("members__company__country", "activities").get(
        pk=strategy.pk
    )
    return found


def held_draft(strategy: JointStrategy, by: Actor) -> JointStrategy:
    """The same for its lead, while it is a draft."""
    strategy = held(strategy)
    require(can_lead_strategy(by, strategy))
    require_draft(strategy)
    return strategy


def require_draft(strategy: JointStrategy) -> None:
    if strategy.status != StrategyStatus.DRAFT:
        raise WrongStateError(_("What is agreed or given up does not change any more."))


def member_of(strategy: JointStrategy, company: Company) -> StrategyMember:
    member = next((one for one in strategy.members.all() if one.company_id == company.pk), None)
    if member is None:
        raise NotAllowedError(_("This company does not take part."))
    return member


def changed(strategy: JointStrategy, by: Actor) -> JointStrategy:
    """Note that the words or the members of a held draft are others now."""
    strategy.version += 1
    strategy.save()
    write_down(events.STRATEGY_CHANGED, strategy, by)
    return held(strategy)


def write_down(event: Event, strategy: JointStrategy, by: Actor) -> None:
    """One line in the timeline of every member that was asked; the others know nothing of it yet."""
    facts = {"status": strategy.status}
    asked = Company.objects.filter(strategies__strategy=strategy, strategies__asked_at__isnull=False)
    companies = list(asked.order_by("pk"))
    for company in companies:
        record(event, about=strategy, by=by, company_id=company.public_id, facts=facts)
    if not companies:
        record(event, about=strategy, by=by, facts=facts)


def tell_members(
    notice: Notice,
    strategy: JointStrategy,
    members: Iterable[StrategyMember],
    key: str,
    by: Actor,
    but: User | None = None,
) -> None:
    """Tell the people and the broker of these members once for each `key`, except the one who did it (`by`), and one
    who hears it otherwise."""
    for member in members:
        company = member.company
        for person in {*accounts_of(company), *([company.owner] if company.owner else [])}:
            if person.public_id != by.id and person != but:
                tell_person(notice, strategy, person, company, key)


def tell_of_noted_yes(notice: Notice, strategy: JointStrategy, company: Company, key: str, by: Actor) -> None:
    """The people of a firm read which yes their broker wrote down for them; their own needs no word."""
    if company.pk in by.companies:
        return
    for person in accounts_of(company):
        tell_person(notice, strategy, person, company, key)


def tell_person(
    notice: Notice, strategy: JointStrategy, person: User, company: Company, key: str, *, name: str = ""
) -> None:
    notify(
        notice,
        to=person,
        url=reverse("strategy", args=[strategy.public_id]),
        key=f"{strategy.public_id}:{key}:{company.public_id}",
        values={"title": strategy.title, "company": name or company.name},
        company_id=company.public_id,
    )


def settle_signing(
    strategy: JointStrategy, now: datetime, *, company: Company | None = None, but: str = ""
) -> None:
    """No signature is waited for any more, from anybody or from that firm; what `but` says still waits."""
    rows = InboxItem.objects.filter(key__startswith=f"{strategy.public_id}:sign:", done_at=None)
    if company:
        rows = rows.filter(company_id=company.public_id)
    if but:
        rows = rows.exclude(key__startswith=f"{strategy.public_id}:{but}:")
    rows.update(done_at=now)
