"""Who is responsible for a company: taking a lead, and handing a company over."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from brokers.models import Membership
from brokers.services.leaving import hold_seats
from companies import events
from companies.choices import Stage
from companies.models import Company
from companies.policies import can_claim_company, require
from companies.services.files import author, open_file
from regions.working_days import deadline
from tibs.accounts.actor import Actor
from tibs.accounts.models import User
from tibs.core.errors import BadInputError, WrongStateError
from tibs.core.links import absolute
from tibs.events.recording import record
from tibs.events.services.letters import write_letter
from tibs.figures import FIRST_CONTACT_DAYS


class AlreadyTakenError(WrongStateError):
    """Somebody else took the lead first; the sentence says who."""

    code = "already_taken"


@transaction.atomic
def claim_company(*, company: Company, by: Actor, now: datetime | None = None) -> Company:
    """Take a lead that nobody is responsible for. Of many who try at once one gets it.

    The others get AlreadyTakenError; whoever has it already keeps it without an error, as after a double click.
    """
    now, person = now or timezone.now(), author(by)
    require(person is not None and can_claim_company(by, company))
    if person:
        hold_seats([(person, company.host)])
    taken = _take(company, person, now)
    company.refresh_from_db()
    if not taken:
        return _kept(company, by)
    record(
        events.COMPANY_CLAIMED,
        about=company,
        by=by,
        company_id=company.public_id,
        fields=["owner"],
        facts={"owner": by.id},
    )
    return company


@transaction.atomic
def hand_over(*, company: Company, to: User, by: Actor, note: str = "", tell: bool = True) -> Company:
    """Make a colleague of the host organisation responsible; the colleague is told by letter.

    Whoever hands over many at once does without (`tell`) and writes one letter for all.
    """
    hold_seats([(to, company.host)])
    company = open_file(company, by)
    if company.owner_id == to.pk:
        return company
    if not colleagues(company).filter(pk=to.pk).exists():
        stranger = _("Only a broker or coordinator of the host organisation can be responsible.")
        raise BadInputError(stranger, fields={"to": stranger})
    before, company.owner = company.owner, to
    company.claimed_at = company.claimed_at or timezone.now()
    company.save(update_fields=["owner", "claimed_at", "updated_at"])
    record_hand_over(company, before, by, note)
    if tell and to.public_id != by.id:
        _tell(company, to, by, note)
    return company


def record_hand_over(company: Company, before: User | None, by: Actor, note: str = "") -> None:
    """Write down that its owner of now is responsible, whom all follow that stand with a firm's broker."""
    record(
        events.COMPANY_HANDED_OVER,
        about=company,
        by=by,
        company_id=company.public_id,
        fields=["owner"],
        facts={
            "from": before.public_id if before else "",
            "to": company.owner.public_id if company.owner else "",
        },
        personal={"note": note} if note else None,
    )


def colleagues(company: Company) -> QuerySet[User]:
    """Who can be responsible for a company: active people of its host organisation."""
    members = Membership.objects.in_force().filter(organisation=company.host_id).values("user")
    return User.objects.filter(pk__in=members, is_active=True)


def _take(company: Company, person: User | None, now: datetime) -> int:
    """One statement looks and writes, so that no second one comes between."""
    free = Company.objects.filter(
        pk=company.pk, owner=None, stage=Stage.LEAD, merged_into=None, erased_at=None
    )
    due = deadline(company.country, now, FIRST_CONTACT_DAYS)
    return free.update(owner=person, claimed_at=now, answer_due_at=due, updated_at=now)


def _kept(company: Company, by: Actor) -> Company:
    if company.owner is None:
        raise WrongStateError(_("This company is no lead any more."))
    if company.owner.public_id == by.id:
        return company
    raise AlreadyTakenError(_("%(name)s has taken this company.") % {"name": company.owner.name})


def _tell(company: Company, to: User, by: Actor, note: str) -> None:
    write_letter(
        template="company_handed_over",
        to=to.email,
        language=to.language,
        context={
            "name": to.name,
            "company": company.name,
            "from": by.name,
            "note": note,
            "link": absolute(company.get_absolute_url()),
        },
        company_id=company.public_id,
    )
