"""Pages on which profiles are written and looked at."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_safe

from companies.models import Company, CooperationProfile
from companies.profile_sheet import sheet_of, with_sheet
from companies.views.notes import crumbs_of
from tibs.accounts.middleware import actor_in
from tibs.core.languages import LANGUAGES


def profile_seen(request: HttpRequest, public_id: str) -> CooperationProfile:
    """The profile of an address, in every state, for somebody who may see its company; strangers get 404."""
    companies = Company.objects.visible_to(actor_in(request)).values("pk")
    profiles = with_sheet(CooperationProfile.objects.filter(company__in=companies))
    found: CooperationProfile = get_object_or_404(profiles, public_id=public_id)
    return found


@require_safe
def profile_preview(request: HttpRequest, public_id: str) -> HttpResponse:
    """The profile as a foreign broker reads it, in any of the languages (`?language=fi`)."""
    profile = profile_seen(request, public_id)
    wanted = request.GET.get("language", "")
    language = wanted if wanted in dict(LANGUAGES) else get_language() or "en"
    context = {
        "profile": profile,
        "company": profile.company,
        "crumbs": crumbs_of(profile.company),
        "sheet": sheet_of(profile, language),
        "language": language,
        "languages": LANGUAGES,
        "title": gettext("Preview"),
    }
    return render(request, "companies/profile_preview.html", context)
