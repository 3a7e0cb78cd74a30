"""Pages that links of letters open. Opening changes nothing, since mail programs follow links; the button does."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from companies.choices import RegistrationStatus, SizeClass
from companies.services.leads import answer_date
from companies.services.registration import confirm_registration
from companies.services.registration_links import LinkTooOldError, by_confirm_token, by_resume_token
from companies.views.registration_session import keep

page = require_http_methods(["GET", "HEAD", "POST"])


@login_not_required
@page
def register_resume(request: HttpRequest, token: str) -> HttpResponse:
    """Continue a registration that was begun, on this device."""
    try:
        registration = by_resume_token(token, timezone.now())
    except LinkTooOldError as error:
        return _too_old(request, error)
    if request.method == "POST":
        keep(request, registration)
        return redirect("register")
    return render(request, "companies/register_resume.html")


@login_not_required
@page
def register_confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Confirm the address; afterwards the same page says who will answer until when."""
    try:
        if request.method == "POST":
            confirm_registration(token=token)
            return redirect("register_confirm", token)
        registration = by_confirm_token(token, timezone.now())
    except LinkTooOldError as error:
        return _too_old(request, error)
    if registration.status != RegistrationStatus.CONFIRMED:
        return render(request, "companies/register_confirm.html", {"registration": registration})
    company = registration.company
    context = {
        "company": company,
        "due": answer_date(company, request.LANGUAGE_CODE) if company else "",
        "is_large": company is not None and company.size_class == SizeClass.LARGE,
    }
    return render(request, "companies/register_thanks.html", context)


def _too_old(request: HttpRequest, error: LinkTooOldError) -> HttpResponse:
    return render(request, "companies/register_too_old.html", {"reason": str(error)}, status=410)
