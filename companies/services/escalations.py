"""Leads that nobody answered in time."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from brokers.models import Membership
from companies import events
from companies.choices import Stage
from companies.models import Company
from companies.notices import LEAD_UNANSWERED
from companies.services.leads import answer_day
from tibs.accounts.actor import system
from tibs.accounts.models import User
from tibs.accounts.roles import RoleCode
from tibs.events.recording import record
from tibs.events.services.inbox import notify

CLOCK = system("companies.clock")
BATCH = 200


def unanswered(now: datetime) -> QuerySet[Company]:
    """Leads that nobody has taken although their time is over, and whose coordinator was not told yet."""
    return Company.objects.filter(
        stage=Stage.LEAD,
        owner=None,
        answer_due_at__lt=now,
        escalated_at=None,
        merged_into=None,
        erased_at=None,
    )


def escalate_unanswered(*, now: datetime) -> int:
    """Tell the coordinators of each unanswered lead, once; the number of leads. Many may do this at a time."""
    overdue = unanswered(now).select_related("host", "country", "proposed_owner").order_by("pk")
    return sum(_escalate(company, now) for company in overdue[:BATCH])


@transaction.atomic
def _escalate(company: Company, now: datetime) -> bool:
    if not unanswered(now).filter(pk=company.pk).update(escalated_at=now):
        return False
    people = list(who_decides(company))
    for person in people:
        _tell(company, person)
    record(
        events.LEAD_ESCALATED,
        about=company,
        by=CLOCK,
        company_id=company.public_id,
        facts={"told": [person.public_id for person in people]},
    )
    return True


def who_decides(company: Company) -> QuerySet[User]:
    """The coordinators of the host organisation; where it has none, the administrators."""
    seats = Membership.objects.in_force().filter(organisation=company.host_id, role=RoleCode.COORDINATOR)
    coordinators = User.objects.filter(pk__in=seats.values("user"), is_active=True)
    if coordinators.exists():
        return coordinators.order_by("pk")
    return User.objects.filter(platform_role=RoleCode.ADMINISTRATOR, is_active=True).order_by("pk")


def _tell(company: Company, person: User) -> None:
    notify(
        LEAD_UNANSWERED,
        to=person,
        url=company.get_absolute_url(),
        key=f"lead_unanswered:{company.public_id}",
        values={
            "company": company.name,
            "broker": company.proposed_owner.name if company.proposed_owner else "",
            "due_date": answer_day(company),
        },
        company_id=company.public_id,
    )
