"""What every change of a company's file begins with."""

from django.utils.translation import gettext_lazy as _

from companies.models import Company
from companies.policies import can_change_company, require
from tibs.accounts.actor import Actor
from tibs.accounts.models import User
from tibs.core.errors import WrongStateError


def open_file(company: Company, by: Actor) -> Company:
    """The company as it stands now, locked until the end of the transaction, for somebody who may change it."""
    found: Company = Company.objects.locked().get(pk=company.pk)
    require(can_change_company(by, found))
    if found.merged_into_id:
        raise WrongStateError(_("This company was merged into another one. Work there."), code="merged")
    if found.erased_at:
        raise WrongStateError(_("The data of this company were erased."), code="erased")
    return found


def author(by: Actor) -> User | None:
    """The person behind an actor; None where the platform itself acts."""
    return User.objects.filter(public_id=by.id).first() if by.is_person else None
