"""The profiles of a company on the pages of its own people: they approve the exact words, on a phone if they like."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_http_methods, require_safe

from companies.calls import why_over
from companies.choices import Basis, ProfileStatus, Purpose
from companies.consent_texts import text_hash, words_of
from companies.forms.reviews import AnswerForm
from companies.models import Company, Consent, CooperationProfile
from companies.models.profile_review import LONGEST_COMMENT
from companies.profile_sheet import Sheet, sheet_of, with_sheet
from companies.profile_stages import Guard
from companies.services.approvals import approve_profile, ask_for_changes
from companies.services.interest_checks import answer_interest
from companies.services.profile_moves import is_approved
from companies.services.profile_words import hash_of
from companies.services.publishable import why_hidden
from companies.views.acts import done_or_told
from companies.views.own import own_company
from companies.views.publication_state import title_of
from companies.views.publication_words import OWN_HIDDEN
from tibs.accounts.middleware import actor_in
from tibs.core.errors import DomainError, NotAllowedError
from tibs.core.languages import language_name
from tibs.core.refusals import show_in


@dataclass(frozen=True)
class Version:
    """The profile in one language in which something is written."""

    language: str
    name: str
    sheet: Sheet


@require_safe
def own_profiles(request: HttpRequest, public_id: str) -> HttpResponse:
    """Every profile of the company and where it stands, those that wait for the company first."""
    company = own_company(request, public_id)
    profiles = _of(company).prefetch_related("texts").order_by("-updated_at", "-id")
    language = get_language() or "en"
    found = sorted(profiles, key=lambda one: one.status != ProfileStatus.COMPANY_APPROVAL)
    context = {
        "company": company,
        "crumbs": _crumbs(company),
        "profiles": [(profile, title_of(profile, language)) for profile in found],
    }
    return render(request, "mine/profiles.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def own_profile(request: HttpRequest, public_id: str) -> HttpResponse:
    """The words as the world would see them, in each language; two buttons say yes or ask for changes."""
    actor = actor_in(request)
    mine = with_sheet(CooperationProfile.objects.filter(company__in=actor.companies, basis=Basis.APPROVED))
    profile: CooperationProfile = get_object_or_404(mine, public_id=public_id)
    form = AnswerForm()
    if request.method == "POST":
        if "interest" in request.POST:
            return _interest(request, profile)
        form = AnswerForm(request.POST)
        if form.is_valid() and _answered(request, profile, form):
            return redirect("own_profile", profile.public_id)
    context = _page(request, profile, form)
    return render(request, "mine/profile.html", context, status=400 if form.errors else 200)


def _of(company: Company) -> Any:
    return company.profiles.filter(basis=Basis.APPROVED)


def _crumbs(company: Company) -> list[tuple[str, str]]:
    return [(company.name, reverse("own_company", args=[company.public_id]))]


def _asked(request: HttpRequest, profile: CooperationProfile) -> dict[str, str]:
    """The hashes of the words that stand on the page, whatever another page had sent."""
    language = request.LANGUAGE_CODE
    return {
        "shown": hash_of(profile),
        "consent_hash": text_hash(Purpose.PUBLISH_ANONYMOUS, language),
    }


def _interest(request: HttpRequest, profile: CooperationProfile) -> HttpResponse:
    is_interested = request.POST["interest"] == "yes"
    done_or_told(
        request,
        lambda: answer_interest(profile=profile, is_interested=is_interested, by=actor_in(request)),
        gettext("Thank you. Your broker sees your answer."),
    )
    return redirect("own_profile", profile.public_id)


def _answered(request: HttpRequest, profile: CooperationProfile, form: AnswerForm) -> bool:
    values, actor = form.cleaned_data, actor_in(request)
    try:
        if "approve" in request.POST:
            approve_profile(
                profile=profile,
                by=actor,
                shown_hash=values["shown"],
                consent_language=request.LANGUAGE_CODE if values["agrees"] else "",
                consent_hash=values["consent_hash"],
            )
            messages.success(request, gettext("Thank you. Your answer is noted."))
        else:
            ask_for_changes(profile=profile, by=actor, shown_hash=values["shown"], comment=values["comment"])
            messages.success(request, gettext("Your broker gets your wishes and comes back to you."))
    except NotAllowedError:
        raise
    except DomainError as error:
        show_in(form, error)
        return False
    return True


def _page(request: HttpRequest, profile: CooperationProfile, form: AnswerForm) -> dict[str, Any]:
    now, language = timezone.now(), get_language() or "en"
    waits, hidden = profile.status == ProfileStatus.COMPANY_APPROVAL, why_hidden(profile, now)
    consents_page = reverse("own_consents", args=[profile.company.public_id])
    first, *others = _versions(profile, language)
    consents = Consent.objects.in_force(Purpose.PUBLISH_ANONYMOUS).filter(company=profile.company)
    return {
        "profile": profile,
        "company": profile.company,
        "crumbs": [
            *_crumbs(profile.company),
            (gettext("Our profiles"), reverse("own_profiles", args=[profile.company.public_id])),
        ],
        "title": title_of(profile, language),
        "first": first,
        "others": others,
        "form": form,
        "asked": _asked(request, profile),
        "longest_comment": LONGEST_COMMENT,
        "wants_changes": "object" in form.data,
        "waits": waits,
        "is_approved": waits and is_approved(profile, now),
        "hidden": OWN_HIDDEN[hidden] if hidden else "",
        "hidden_url": consents_page if hidden == Guard.CONSENTED else "",
        "over": why_over(profile, now),
        "is_published": profile.status == ProfileStatus.PUBLISHED,
        "is_consented": not waits or consents.exists(),
        "consent_words": words_of(Purpose.PUBLISH_ANONYMOUS, language),
    }


def _versions(profile: CooperationProfile, language: str) -> list[Version]:
    """The reader's language first, where the profile is written in it, else the original; then the others."""
    texts = sorted(
        profile.texts.all(),
        key=lambda text: (text.language != language, not text.is_original, text.language),
    )
    return [
        Version(text.language, language_name(text.language), sheet_of(profile, text.language))
        for text in texts
    ]
