"""Pages on which a profile is translated."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from companies.forms.profiles import TranslationForm
from companies.models import CooperationProfile, ProfileText
from companies.profile_findings import remarks_of
from companies.profile_parts import headings
from companies.profile_stages import EDITABLE
from companies.profiles.checks import ENGLISH, check_part
from companies.services.conflicts import ChangedMeanwhileError
from companies.services.profile_checks import facts_of, identity_of
from companies.services.profile_writing import remove_translation, translate_profile
from companies.texts import original_text
from companies.views.acts import done_or_told, sent
from companies.views.conflicts import conflict_page
from companies.views.notes import crumbs_of
from companies.views.profile_check import check_url_of
from companies.views.profile_seen import profile_worked_on
from companies.views.publication_state import take_back_url
from tibs.accounts.middleware import actor_in
from tibs.core.errors import BadInputError, WrongStateError
from tibs.core.languages import LANGUAGES
from tibs.core.refusals import show_in


@require_safe
def profile_texts(request: HttpRequest, public_id: str) -> HttpResponse:
    """All languages: which are written, which is the original, and what readers of the others see instead."""
    profile = profile_worked_on(request, public_id)
    texts = {text.language: text for text in profile.texts.all()}
    context = {
        "profile": profile,
        "company": profile.company,
        "crumbs": _crumbs(profile),
        "title": gettext("Languages"),
        "rows": [(code, name, texts.get(code)) for code, name in LANGUAGES],
        "has_english": "en" in texts and all(getattr(texts["en"], part) for part in ENGLISH),
        "may_write": profile.status in EDITABLE,
    }
    return render(request, "companies/profile_texts.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def profile_text(request: HttpRequest, public_id: str, language: str) -> HttpResponse:
    """Write, change or remove one translation, with the original beside it."""
    profile = profile_worked_on(request, public_id)
    if language not in dict(LANGUAGES):
        raise Http404
    original = original_text(profile)
    if language == original.language or (profile.status not in EDITABLE and request.method != "POST"):
        return redirect("profile_edit", profile.public_id)
    if request.method == "POST" and "remove" in request.POST:
        done_or_told(
            request,
            lambda: remove_translation(profile=profile, language=language, by=actor_in(request)),
            gettext("The translation was removed."),
        )
        return redirect("profile_texts", profile.public_id)
    form = _form(request, profile, language)
    title = gettext("Translation: %(language)s") % {"language": dict(LANGUAGES)[language]}
    if form.is_valid():
        try:
            translate_profile(
                profile=profile,
                language=language,
                version=form.cleaned_data["version"],
                words=form.words,
                by=actor_in(request),
            )
        except ChangedMeanwhileError:
            current = _form(None, profile_worked_on(request, public_id), language)
            return conflict_page(request, profile.company, title, form, current)
        except (BadInputError, WrongStateError) as error:
            show_in(form, error)
        else:
            messages.success(request, gettext("The translation is saved."))
            return redirect("profile_text", profile.public_id, language)
    return _page(request, profile, form, title, language)


def _form(request: HttpRequest | None, profile: CooperationProfile, language: str) -> TranslationForm:
    data = sent(request) if request else None
    return TranslationForm(data, kind=profile.type, language=language, text=_text(profile, language))


def _text(profile: CooperationProfile, language: str) -> ProfileText | None:
    return next((text for text in profile.texts.all() if text.language == language), None)


def _page(
    request: HttpRequest, profile: CooperationProfile, form: TranslationForm, title: str, language: str
) -> HttpResponse:
    text, original = _text(profile, language), original_text(profile)
    if text:
        identity, facts = identity_of(profile.company), facts_of(profile)
        for part in ("title", "summary", *headings(profile.type)):
            found = check_part(facts, part, getattr(text, part), language, identity)
            form.remarks[part] = remarks_of(found, profile.type)
    context = {
        "profile": profile,
        "company": profile.company,
        "crumbs": [*_crumbs(profile), (gettext("Languages"), _texts_url(profile))],
        "title": title,
        "form": form,
        "original": original,
        "pairs": [(question, getattr(original, question.field.name)) for question in form.parts],
        "is_new": text is None,
        "check_url": check_url_of(profile, language),
        "take_back_url": take_back_url(profile),
    }
    return render(request, "companies/profile_text.html", context, status=400 if form.errors else 200)


def _crumbs(profile: CooperationProfile) -> list[tuple[str, str]]:
    return [
        *crumbs_of(profile.company),
        (gettext("Profile"), reverse("profile_edit", args=[profile.public_id])),
    ]


def _texts_url(profile: CooperationProfile) -> str:
    return reverse("profile_texts", args=[profile.public_id])
