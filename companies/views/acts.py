"""Acts on a company that need no page of their own: they are done, told, and lead back."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from companies.forms.notes import MoveForm
from companies.models import Company
from companies.policies import can_change_company, require
from companies.services.ownership import claim_company
from companies.services.reminders import remind_company
from companies.services.stages import move_stage
from tibs.accounts.middleware import actor_in
from tibs.core.back import way_back
from tibs.core.errors import DomainError, NotAllowedError


def company_worked_on(request: HttpRequest, public_id: str) -> Company:
    """The company of an address, for somebody who may change it: strangers get 404, readers 403."""
    actor = actor_in(request)
    visible = Company.objects.visible_to(actor).select_related("country", "host", "owner", "nace")
    company: Company = get_object_or_404(visible, public_id=public_id)
    require(can_change_company(actor, company))
    return company


def sent(request: HttpRequest) -> QueryDict | None:
    """What a form sent, even if it sent nothing; None where none was sent."""
    return request.POST if request.method == "POST" else None


def back_to(request: HttpRequest, company: Company) -> HttpResponseRedirect:
    return HttpResponseRedirect(way_back(request, company.get_absolute_url()))


def done_or_told(request: HttpRequest, act: Callable[[], object], done: str) -> bool:
    """Do something and say that it is done, or why it is not; what nobody may do stays a 403."""
    try:
        act()
    except NotAllowedError:
        raise
    except DomainError as error:
        messages.error(request, str(error))
        return False
    messages.success(request, done)
    return True


@require_POST
def claim(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take a lead."""
    company = company_worked_on(request, public_id)
    done_or_told(
        request,
        lambda: claim_company(company=company, by=actor_in(request)),
        gettext("%(company)s is in your care now.") % {"company": company.name},
    )
    return back_to(request, company)


@require_POST
def move(request: HttpRequest, public_id: str) -> HttpResponse:
    """Move the company to another stage."""
    company = company_worked_on(request, public_id)
    form = MoveForm(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
        return back_to(request, company)
    values = form.cleaned_data
    done_or_told(
        request,
        lambda: move_stage(company=company, to=values["to"], reason=values["reason"], by=actor_in(request)),
        gettext("%(company)s was moved.") % {"company": company.name},
    )
    return back_to(request, company)


@require_POST
def remind(request: HttpRequest, public_id: str) -> HttpResponse:
    """Ask the company by letter to get back to its broker."""
    company = company_worked_on(request, public_id)
    done_or_told(
        request,
        lambda: remind_company(company=company, by=actor_in(request)),
        gettext("A letter reminds %(company)s.") % {"company": company.name},
    )
    return back_to(request, company)
