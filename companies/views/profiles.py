"""Pages on which profiles are written and looked at."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_http_methods, require_safe

from companies.choices import ProfileType
from companies.forms.profiles import ProfileForm
from companies.models import Company, CooperationProfile
from companies.policies import can_change_company
from companies.profile_findings import Remark, remarks_of
from companies.profile_help import type_choices
from companies.profile_sheet import sheet_of
from companies.profile_stages import EDITABLE
from companies.services.assessments.plans import latest_completed
from companies.services.conflicts import ChangedMeanwhileError
from companies.services.profile_checks import findings_of
from companies.services.profile_suggestions import Suggestion, first_values, suggestion_from
from companies.services.profile_writing import begin_profile, edit_profile
from companies.views.acts import company_worked_on, sent
from companies.views.conflicts import conflict_page
from companies.views.notes import crumbs_of
from companies.views.profile_check import check_url_of, new_check_url
from companies.views.profile_seen import profile_seen, profile_worked_on
from companies.views.publication_state import changes_wished, take_back_url, to_mend_of
from tibs.accounts.middleware import actor_in
from tibs.core.errors import BadInputError, WrongStateError
from tibs.core.languages import LANGUAGES
from tibs.core.refusals import show_in


@require_safe
def profile_preview(request: HttpRequest, public_id: str) -> HttpResponse:
    """The profile as a foreign broker reads it, in any of the languages (`?language=fi`)."""
    profile = profile_seen(request, public_id)
    may_publish = can_change_company(actor_in(request), profile.company)
    wanted = request.GET.get("language", "")
    language = wanted if wanted in dict(LANGUAGES) else get_language() or "en"
    context = {
        "profile": profile,
        "company": profile.company,
        "crumbs": crumbs_of(profile.company),
        "sheet": sheet_of(profile, language),
        "language": language,
        "languages": LANGUAGES,
        "may_publish": may_publish,
        "may_write": may_publish and profile.status in EDITABLE,
        "title": gettext("Preview"),
    }
    return render(request, "companies/profile_preview.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def profile_new(request: HttpRequest, public_id: str) -> HttpResponse:
    """Choose a type (`?type=BO`), then write; what an assessment found is filled in beforehand."""
    company = company_worked_on(request, public_id)
    assessment = latest_completed(company)
    suggestion = suggestion_from(assessment) if assessment else None
    kind = request.GET.get("type", "")
    title = gettext("New cooperation profile")
    if kind not in ProfileType:
        return _type_page(request, company, title, suggestion)
    form = ProfileForm(
        sent(request), company=company, kind=kind, initial=first_values(company, kind, suggestion)
    )
    if form.is_valid():
        try:
            profile = begin_profile(
                company=company,
                language=form.cleaned_data["language"],
                facts=form.facts,
                words=form.words,
                call=form.call,
                assessment=assessment,
                by=actor_in(request),
            )
        except (BadInputError, WrongStateError) as error:
            show_in(form, error)
        else:
            messages.success(request, gettext("The draft is saved."))
            return redirect("profile_edit", profile.public_id)
    return _editor(request, company, form, title, suggestion=suggestion)


@require_http_methods(["GET", "HEAD", "POST"])
def profile_edit(request: HttpRequest, public_id: str) -> HttpResponse:
    """Write on a draft; what the checks find stands beside each part."""
    profile = profile_worked_on(request, public_id)
    company, title = profile.company, gettext("Edit the profile")
    if profile.status not in EDITABLE and request.method != "POST":
        return _locked_page(request, profile)
    form = ProfileForm(sent(request), company=company, kind=profile.type, profile=profile)
    if form.is_valid():
        try:
            edit_profile(
                profile=profile,
                version=form.cleaned_data["version"],
                facts=form.facts,
                words=form.words,
                call=form.call,
                by=actor_in(request),
            )
        except ChangedMeanwhileError:
            profile = profile_worked_on(request, public_id)
            current = ProfileForm(company=company, kind=profile.type, profile=profile)
            return conflict_page(request, company, title, form, current)
        except (BadInputError, WrongStateError) as error:
            show_in(form, error)
        else:
            messages.success(request, gettext("The profile is saved."))
            then = "profile_preview" if request.POST.get("then") == "preview" else "profile_edit"
            return redirect(then, profile.public_id)
    return _editor(request, company, form, title, profile=profile)


def _editor(
    request: HttpRequest,
    company: Company,
    form: ProfileForm,
    title: str,
    *,
    profile: CooperationProfile | None = None,
    suggestion: Suggestion | None = None,
) -> HttpResponse:
    remarks = remarks_of(findings_of(profile), profile.type) if profile else []
    form.remarks = _by_field(profile, remarks)
    context = {
        "company": company,
        "profile": profile,
        "crumbs": crumbs_of(company),
        "title": title,
        "form": form,
        "sections": form.sections,
        "check_url": check_url_of(profile) if profile else new_check_url(company, form.kind),
        "blocking": to_mend_of(profile, remarks) if profile else [],
        "advice_count": sum(not remark.blocks for remark in remarks),
        "suggestion": suggestion,
        "wishes": changes_wished(profile) if profile else "",
        "take_back_url": take_back_url(profile) if profile else "",
        "texts": list(profile.texts.all()) if profile else [],
    }
    return render(request, "companies/profile_edit.html", context, status=400 if form.errors else 200)


def _by_field(profile: CooperationProfile | None, remarks: list[Remark]) -> dict[str, list[Remark]]:
    """Remarks on the original by the fields of the form; those on translations stand on their own pages."""
    if profile is None:
        return {}
    original = next(text.language for text in profile.texts.all() if text.is_original)
    beside: dict[str, list[Remark]] = {}
    for remark in remarks:
        if remark.language in ("", original):
            beside.setdefault(remark.field, []).append(remark)
    return beside


def _type_page(
    request: HttpRequest, company: Company, title: str, suggestion: Suggestion | None
) -> HttpResponse:
    context = {
        "company": company,
        "crumbs": crumbs_of(company),
        "title": title,
        "types": type_choices(),
        "suggestion": suggestion,
        "assess_url": reverse("company_assessments", args=[company.public_id]),
    }
    return render(request, "companies/profile_new.html", context)


def _locked_page(request: HttpRequest, profile: CooperationProfile) -> HttpResponse:
    """The words as they stand, why they do not change here, and what taking them back means."""
    context = {
        "profile": profile,
        "company": profile.company,
        "crumbs": crumbs_of(profile.company),
        "sheet": sheet_of(profile),
        "title": gettext("Edit the profile"),
    }
    return render(request, "companies/profile_locked.html", context)
