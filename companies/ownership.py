"""What people answer for among companies: who serves how many, and what moves when somebody leaves."""

from collections.abc import Iterable

from django.db.models import Count, QuerySet
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from brokers.models import HostOrganisation, Membership
from brokers.ownership import Owned
from brokers.services.leaving import hold_seat
from companies import events
from companies.choices import Stage
from companies.models import Company, NextStep
from companies.querysets import CompanyQuerySet
from tibs.accounts.actor import Actor
from tibs.accounts.models import User
from tibs.events.recording import record

# Companies that cost a broker time.
SERVED = (Stage.LEAD, Stage.SCREENING, Stage.ENROLLED, Stage.ACTIVE)


def loads(users: Iterable[int]) -> dict[int, int]:
    """How many companies each person serves or is proposed for, by primary key; one query."""
    rows = (
        Company.objects.filter(stage__in=SERVED, merged_into=None)
        .annotate(answers=Coalesce("owner", "proposed_owner"))
        .filter(answers__in=list(users))
        .order_by()
        .values_list("answers")
        .annotate(number=Count("pk"))
    )
    return dict(rows)


def owner_works_there(company: Company, by: Actor) -> None:
    """Rule: nothing is given to somebody who leaves at that moment."""
    if company.owner:
        hold_seat(user=company.owner, organisation=company.host)


def _companies(user: User, organisation: HostOrganisation) -> CompanyQuerySet:
    return Company.objects.filter(owner=user, host=organisation)


def _proposals(user: User, organisation: HostOrganisation) -> QuerySet[Company]:
    return Company.objects.filter(proposed_owner=user, owner=None, host=organisation)


def _next_steps(user: User, organisation: HostOrganisation) -> QuerySet[NextStep]:
    return NextStep.objects.filter(company__in=_companies(user, organisation), done_at=None)


def _hand_over_companies(ended: Membership, by: Actor) -> None:
    """Each company gets its new broker, and its timeline says so; without a successor they stay, and the leaving
    is refused."""
    successor = ended.successor
    if successor is None:
        return
    for company in _companies(ended.user, ended.organisation).locked().order_by("pk"):
        company.owner = successor
        company.save(update_fields=["owner", "updated_at"])
        facts = {"from": ended.user.public_id, "to": successor.public_id}
        record(events.COMPANY_HANDED_OVER, about=company, by=by, company_id=company.public_id, facts=facts)


def _hand_over_proposals(ended: Membership, by: Actor) -> None:
    _proposals(ended.user, ended.organisation).update(proposed_owner=ended.successor)


def _moves_along(ended: Membership, by: Actor) -> None:
    """Nothing to do: these rows belong to whoever serves their company."""


OWNED = [
    Owned(_("Companies"), _companies, _hand_over_companies),
    Owned(_("New companies proposed to them"), _proposals, _hand_over_proposals),
    Owned(_("Open next steps"), _next_steps, _moves_along),
]
