"""Pages of the daily work with a company: contact log, next step, hand-over."""

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from companies.forms.notes import DoneForm, HandOverForm, InteractionForm, LogForm, NextStepForm
from companies.models import Company, NextStep
from companies.services.conflicts import ChangedMeanwhileError
from companies.services.interactions import change_interaction, log_interaction
from companies.services.next_steps import finish_next_step, set_next_step
from companies.services.ownership import hand_over as hand_company_over
from companies.views.acts import back_to, company_worked_on, done_or_told, sent
from companies.views.conflicts import conflict_page
from tibs.accounts.middleware import actor_in
from tibs.core.errors import BadInputError, DomainError, WrongStateError
from tibs.core.refusals import show_in


def form_page(request: HttpRequest, company: Company, form: Form, title: str, save: str) -> HttpResponse:
    """One form about a company on a page of its own; 400 while something in it is wrong."""
    context = {
        "company": company,
        "crumbs": crumbs_of(company),
        "form": form,
        "title": title,
        "save": save,
        "back": request.POST.get("back") or request.GET.get("back") or "",
    }
    return render(request, "companies/form_page.html", context, status=400 if form.errors else 200)


def crumbs_of(company: Company) -> list[tuple[str, str]]:
    return [(gettext("Companies"), reverse("companies")), (company.name, company.get_absolute_url())]


@require_http_methods(["GET", "POST"])
def log(request: HttpRequest, public_id: str) -> HttpResponse:
    """Log a contact, and set the next step with it."""
    company = company_worked_on(request, public_id)
    form = LogForm(sent(request), company=company)
    if form.is_valid():
        try:
            log_interaction(company=company, values=form.values, then=form.following(), by=actor_in(request))
        except (BadInputError, WrongStateError) as error:
            show_in(form, error)
        else:
            messages.success(request, gettext("The contact was logged."))
            return back_to(request, company)
    return form_page(request, company, form, gettext("Log a contact"), gettext("Log the contact"))


@require_http_methods(["GET", "POST"])
def log_entry(request: HttpRequest, public_id: str, pk: int) -> HttpResponse:
    """Correct an entry of the contact log."""
    company = company_worked_on(request, public_id)
    entry = get_object_or_404(company.interactions, pk=pk)
    entry.company = company
    form = InteractionForm(sent(request), thing=entry)
    title = gettext("Correct the contact log")
    if form.is_valid():
        try:
            change_interaction(
                entry=entry, values=form.values, version=form.cleaned_data["version"], by=actor_in(request)
            )
        except ChangedMeanwhileError as error:
            error.current.company = company
            return conflict_page(request, company, title, form, InteractionForm(thing=error.current))
        except BadInputError as error:
            show_in(form, error)
        else:
            messages.success(request, gettext("The entry was corrected."))
            return back_to(request, company)
    return form_page(request, company, form, title, gettext("Save"))


@require_http_methods(["GET", "POST"])
def next_step(request: HttpRequest, public_id: str) -> HttpResponse:
    """Set or change the next step."""
    company = company_worked_on(request, public_id)
    step = NextStep.objects.filter(company=company, done_at=None).first()
    form = NextStepForm(sent(request), step=step)
    if form.is_valid():
        try:
            set_next_step(company=company, step=form.step(), by=actor_in(request))
        except DomainError as error:
            show_in(form, error)
        else:
            messages.success(request, gettext("The next step is set."))
            return back_to(request, company)
    return form_page(request, company, form, gettext("Next step"), gettext("Save"))


@require_POST
def next_step_done(request: HttpRequest, public_id: str, pk: int) -> HttpResponse:
    """Mark the step as done, and set the one after it in the same go."""
    company = company_worked_on(request, public_id)
    step = get_object_or_404(NextStep.objects.select_related("company"), company=company, pk=pk)
    form = DoneForm(request.POST)
    if not form.is_valid():
        title = gettext("Done: %(step)s") % {"step": step.what}
        return form_page(request, company, form, title, gettext("Done, and next"))
    done_or_told(
        request,
        lambda: finish_next_step(step=step, then=form.following(), by=actor_in(request)),
        gettext("Done: %(step)s") % {"step": step.what},
    )
    return back_to(request, company)


@require_http_methods(["GET", "POST"])
def hand_over(request: HttpRequest, public_id: str) -> HttpResponse:
    """Hand the company over to a colleague."""
    company = company_worked_on(request, public_id)
    form = HandOverForm(sent(request), company=company)
    if form.is_valid():
        try:
            hand_company_over(company=company, by=actor_in(request), **form.cleaned_data)
        except DomainError as error:
            show_in(form, error)
        else:
            name = form.cleaned_data["to"].name
            messages.success(request, gettext("%(name)s is responsible now.") % {"name": name})
            return back_to(request, company)
    return form_page(request, company, form, gettext("Hand over"), gettext("Hand over"))
