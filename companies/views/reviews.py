"""Pages of the second reader, who never sees which company wrote a profile."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from brokers.wording import reason_sentences
from companies.forms.reviews import AnotherReaderForm, ReviewForm
from companies.models import CooperationProfile, ProfileReview
from companies.models.profile_review import LONGEST_COMMENT
from companies.policies import can_ask_another_reader, can_change_company, can_read_for, require
from companies.profile_sheet import sheet_of, with_sheet
from companies.services.profile_people import was_asked_to_read
from companies.services.profile_words import hash_of
from companies.services.readers import candidates
from companies.services.reviews import LONGEST_REASON, ask_another_reader, decide_review
from companies.views.acts import done_or_told, sent
from companies.views.publication_state import title_of
from tibs.accounts.actor import Actor
from tibs.accounts.middleware import actor_in
from tibs.core.errors import DomainError, NotAllowedError
from tibs.core.languages import LANGUAGES
from tibs.core.paging import BadCursorError, links_of, page_of
from tibs.core.refusals import show_in

ON_A_PAGE = 20
NEWEST_FIRST = ("-asked_at", "-id")


@require_safe
def reviews(request: HttpRequest) -> HttpResponse:
    """What waits for the reader's eyes, the most pressing first, and what they have read."""
    actor = actor_in(request)
    mine = (
        ProfileReview.objects.of_reader(actor)
        .select_related("profile__company__country", "profile__call", "reader")
        .prefetch_related("profile__texts")
    )
    done = mine.exclude(decided_at=None)
    try:
        page = page_of(done, by=NEWEST_FIRST, size=ON_A_PAGE, cursor=request.GET.get("cursor", ""))
    except BadCursorError:
        page = page_of(done, by=NEWEST_FIRST, size=ON_A_PAGE)
    language = get_language() or "en"
    context = {
        "waiting": _titled(mine.open().order_by("due_at", "id")[:ON_A_PAGE], language),
        "done": _titled(page.rows, language),
        "links": links_of(page, request),
    }
    return render(request, "companies/reviews.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest, public_id: str) -> HttpResponse:
    """The anonymous profile with the four questions beside it; afterwards what was answered."""
    actor = actor_in(request)
    try:
        found = _review_seen(request, public_id)
    except Http404:
        return _over(request, public_id)
    if not can_read_for(actor, found):
        require(can_change_company(actor, found.profile.company))
        return redirect("profile_publication", found.profile.public_id)
    form = ReviewForm(sent(request))
    try:
        if form.is_valid() and _decided(request, found, form):
            return redirect("reviews")
    except NotAllowedError:
        return _over(request, public_id)
    return _draw(request, found, form)


@require_POST
def review_pass(request: HttpRequest, public_id: str) -> HttpResponse:
    """Ask somebody else: the reader, or a coordinator of the asking side, says why."""
    try:
        found = _review_seen(request, public_id)
    except Http404:
        return _over(request, public_id)
    actor = actor_in(request)
    require(can_ask_another_reader(actor, found))
    form = another_form(found, actor, request.POST)
    is_reader = can_read_for(actor, found)
    if not form.is_valid() and is_reader:
        return _draw(request, found, ReviewForm(), form)
    if form.is_valid():
        done_or_told(
            request,
            lambda: ask_another_reader(review=found, by=actor, **form.cleaned_data),
            gettext("Somebody else is asked to read it."),
        )
    else:
        messages.error(request, first_error(form))
    if is_reader:
        return redirect("reviews")
    return redirect("profile_publication", found.profile.public_id)


def another_form(found: ProfileReview, actor: Actor, data: QueryDict | None = None) -> AnotherReaderForm:
    """The form with which somebody else is asked; a coordinator of the asking side may choose whom."""
    if can_read_for(actor, found):
        return AnotherReaderForm(data, readers=[])
    without = [*found.earlier_readers, found.reader.public_id]
    known = [broker.membership for broker, _ in candidates(found.profile, timezone.now(), without=without)]
    names = [(one.user.public_id, f"{one.user.name}, {one.organisation.country.name}") for one in known]
    return AnotherReaderForm(data, readers=names)


def first_error(form: forms.Form) -> str:
    """What is wrong, in one sentence, for pages that have no place for more."""
    return next(str(error) for errors in form.errors.values() for error in errors)


def _review_seen(request: HttpRequest, public_id: str) -> ProfileReview:
    """The review of an address, for its reader and for the side that asked; strangers get 404."""
    visible = ProfileReview.objects.visible_to(actor_in(request)).select_related("reader")
    found: ProfileReview = get_object_or_404(visible, public_id=public_id)
    found.profile = with_sheet(CooperationProfile.objects.filter(pk=found.profile_id)).get()
    return found


def _over(request: HttpRequest, public_id: str) -> HttpResponse:
    """Who was to read it before learns what became of it, and keeps what was typed meanwhile; strangers get 404."""
    if not was_asked_to_read(actor_in(request), public_id):
        raise Http404
    form = ReviewForm(request.POST)
    context = {
        "is_with_another": ProfileReview.objects.filter(public_id=public_id).exists(),
        "answers": [(field.label, chosen) for field in form.choices if (chosen := _ticked(field))],
        "written": [words for name in ("comment", "reason") if (words := request.POST.get(name, "").strip())],
    }
    status = 409 if request.method == "POST" else 200
    return render(request, "companies/review_over.html", context, status=status)


def _ticked(field: forms.BoundField) -> str:
    """The words of what was ticked, empty where nothing was."""
    return next((str(choice.choice_label) for choice in field if choice.data["selected"]), "")


def _decided(request: HttpRequest, found: ProfileReview, form: ReviewForm) -> bool:
    try:
        decide_review(
            review=found,
            scores=form.scores,
            decision=form.cleaned_data["decision"],
            comment=form.cleaned_data["comment"],
            shown_hash=form.cleaned_data["shown"],
            by=actor_in(request),
        )
    except NotAllowedError:
        raise
    except DomainError as error:
        show_in(form, error)
        return False
    messages.success(request, gettext("Thank you. The broker who asked has your answer."))
    return True


def _draw(
    request: HttpRequest, found: ProfileReview, form: ReviewForm, another: AnotherReaderForm | None = None
) -> HttpResponse:
    """The page with everything that was written; `shown` is always the hash of the words that stand on it."""
    status = 400 if form.errors or another else 200
    return render(request, "companies/review.html", _page(request, found, form, another), status=status)


def _page(
    request: HttpRequest, found: ProfileReview, form: ReviewForm, another: AnotherReaderForm | None
) -> dict[str, Any]:
    wanted = request.GET.get("language", "")
    language = wanted if wanted in dict(LANGUAGES) else get_language() or "en"
    written = {text.language for text in found.profile.texts.all()}
    has_changed = _has_changed(found)
    return {
        "review": found,
        "profile": found.profile,
        "sheet": None if has_changed else sheet_of(found.profile, language),
        "title": _title_seen(found, language),
        "language": language,
        "languages": [(code, name) for code, name in LANGUAGES if code in written],
        "form": form,
        "has_changed": has_changed,
        "shown": hash_of(found.profile),
        "longest_comment": LONGEST_COMMENT,
        "longest_reason": LONGEST_REASON,
        "another": another or AnotherReaderForm(readers=[]),
        "reasons": reason_sentences(found.chosen_because),
    }


def _titled(found: Any, language: str) -> list[tuple[ProfileReview, str]]:
    return [(one, _title_seen(one, language)) for one in found]


def _title_seen(review: ProfileReview, language: str) -> str:
    return (
        gettext("The text has changed since") if _has_changed(review) else title_of(review.profile, language)
    )


def _has_changed(review: ProfileReview) -> bool:
    """Whether other words stand there than those the reader answered to: a later draft, which nobody checked yet."""
    return review.decided_at is not None and review.text_hash != hash_of(review.profile)
