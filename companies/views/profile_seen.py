"""The profile that a page is about, for whoever may see or change it."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from companies.models import Company, CooperationProfile
from companies.policies import can_change_company, require
from companies.profile_sheet import with_sheet
from tibs.accounts.middleware import actor_in


def profile_seen(request: HttpRequest, public_id: str) -> CooperationProfile:
    """The profile of an address, in every state, for somebody who may see its company; strangers get 404."""
    companies = Company.objects.visible_to(actor_in(request)).values("pk")
    profiles = with_sheet(CooperationProfile.objects.filter(company__in=companies))
    found: CooperationProfile = get_object_or_404(profiles, public_id=public_id)
    return found


def profile_worked_on(request: HttpRequest, public_id: str) -> CooperationProfile:
    """The same for somebody who may write on it: readers get 403."""
    profile = profile_seen(request, public_id)
    require(can_change_company(actor_in(request), profile.company))
    return profile
