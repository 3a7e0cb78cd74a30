"""Pages that correct facts about companies and people."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from companies.forms.editing import CompanyForm, ContactForm
from companies.models import Contact
from companies.services.conflicts import ChangedMeanwhileError
from companies.services.contacts import add_contact
from companies.services.disclosures import reveal_contact
from companies.services.editing import change_company, change_contact
from companies.views.acts import back_to, company_worked_on, sent
from companies.views.conflicts import conflict_page
from companies.views.notes import form_page
from tibs.accounts.middleware import actor_in
from tibs.core.errors import BadInputError
from tibs.core.refusals import show_in


@require_http_methods(["GET", "POST"])
def company(request: HttpRequest, public_id: str) -> HttpResponse:
    """Correct the facts about a company."""
    found = company_worked_on(request, public_id)
    form, title = CompanyForm(sent(request), thing=found), gettext("Facts about the company")
    if form.is_valid():
        try:
            change_company(
                company=found, values=form.values, version=form.cleaned_data["version"], by=actor_in(request)
            )
        except ChangedMeanwhileError as error:
            current = CompanyForm(thing=error.current)
            return conflict_page(request, found, title, form, current)
        except BadInputError as error:
            show_in(form, error)
        else:
            messages.success(request, gettext("The facts were saved."))
            return back_to(request, found)
    return form_page(request, found, form, title, gettext("Save"))


@require_http_methods(["GET", "POST"])
def new_contact(request: HttpRequest, public_id: str) -> HttpResponse:
    """Note a person at the company."""
    found = company_worked_on(request, public_id)
    form = ContactForm(sent(request), thing=Contact(company=found, language=found.language))
    if form.is_valid():
        try:
            add_contact(company=found, by=actor_in(request), **form.values)
        except BadInputError as error:
            show_in(form, error)
        else:
            messages.success(request, gettext("The contact was added."))
            return back_to(request, found)
    return form_page(request, found, form, gettext("New contact"), gettext("Save"))


@require_http_methods(["GET", "POST"])
def correct_contact(request: HttpRequest, public_id: str, contact: int) -> HttpResponse:
    """Correct what is known about a person; showing the contact data is noted, as everywhere."""
    found = company_worked_on(request, public_id)
    person = get_object_or_404(Contact.objects.select_related("company"), company=found, pk=contact)
    form, title, actor = (
        ContactForm(sent(request), thing=person),
        gettext("Contact"),
        actor_in(request),
    )
    if request.method != "POST":
        reveal_contact(contact=person, by=actor)
    elif form.is_valid():
        version = form.cleaned_data["version"]
        try:
            change_contact(contact=person, values=form.values, version=version, by=actor)
        except ChangedMeanwhileError as error:
            reveal_contact(contact=person, by=actor)
            return conflict_page(request, found, title, form, ContactForm(thing=error.current))
        except BadInputError as error:
            show_in(form, error)
        else:
            messages.success(request, gettext("The contact was saved."))
            return back_to(request, found)
    return form_page(request, found, form, title, gettext("Save"))
