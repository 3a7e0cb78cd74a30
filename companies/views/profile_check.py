"""What the checks say of one part of a profile while somebody writes it; nothing is kept."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from companies.choices import ProfileType
from companies.models import Company, CooperationProfile
from companies.profile_findings import remarks_of
from companies.profile_parts import PARTS
from companies.profiles.checks import check_part
from companies.profiles.findings import Facts
from companies.services.profile_checks import facts_of, identity_of
from companies.texts import original_text
from companies.views.acts import company_worked_on
from companies.views.profile_seen import profile_worked_on
from tibs.core.languages import LANGUAGES


@require_POST
def profile_check(request: HttpRequest, public_id: str, part: str, language: str = "") -> HttpResponse:
    """A part of the original, or of the translation into `language`."""
    profile = profile_worked_on(request, public_id)
    if language and language not in dict(LANGUAGES):
        raise Http404
    spoken = language or original_text(profile).language
    return _said(request, profile.company, facts_of(profile), part, spoken)


@require_POST
def profile_check_new(request: HttpRequest, public_id: str, kind: str, part: str) -> HttpResponse:
    """A part of a profile of the type `kind` that was not saved yet, in the language that is chosen in its form."""
    company = company_worked_on(request, public_id)
    if kind not in ProfileType:
        raise Http404
    chosen = request.POST.get("language", "")
    return _said(
        request, company, Facts(kind), part, chosen if chosen in dict(LANGUAGES) else company.language
    )


def _said(request: HttpRequest, company: Company, facts: Facts, part: str, language: str) -> HttpResponse:
    words = request.POST.get(part, "").replace("\r\n", "\n").strip() if part in PARTS else ""
    found = check_part(facts, part, words, language, identity_of(company))
    context = {"remarks": remarks_of(found, facts.type)}
    return render(request, "companies/profile_remarks.html", context)


def check_url_of(profile: CooperationProfile, language: str = "") -> str:
    """Where parts of the original or of a translation are checked; the page adds the part."""
    if language:
        return _without_part(reverse("profile_text_check", args=[profile.public_id, language, "title"]))
    return _without_part(reverse("profile_check", args=[profile.public_id, "title"]))


def new_check_url(company: Company, kind: str) -> str:
    """The same for a profile that was not saved yet."""
    return _without_part(reverse("profile_check_new", args=[company.public_id, kind, "title"]))


def _without_part(url: str) -> str:
    return url.removesuffix("title/")
