"""Asking a colleague what they think of a match, and the page on which they answer."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from companies.models import CooperationProfile
from companies.policies import require
from companies.views.acts import done_or_told
from matching import selectors
from matching.choices import DismissReason
from matching.forms.review import AnswerForm, AskForm
from matching.models import Match, ViewRequest
from matching.policies import can_answer_view, can_decide_on_matches, can_read_matches
from matching.presenting.cards import card_of_match, own_profile
from matching.presenting.standing import shown_to
from matching.services.cards import cards_for, name_shown
from matching.services.impressions import note_shown
from matching.services.opinions import answer_view, ask_view
from matching.services.unanswered import pass_on_view
from matching.views.sides import own_side
from tibs.accounts.actor import Actor
from tibs.accounts.middleware import actor_in
from tibs.core.errors import DomainError
from tibs.core.refusals import show_in
from tibs.rendering.match_card import MatchCard


@require_http_methods(["GET", "HEAD", "POST"])
def match_ask(request: HttpRequest, public_id: str, match_id: str) -> HttpResponse:
    """Choose a broker and write the question; below stand the questions that were asked before."""
    own, match = own_side(request, public_id, match_id)
    actor = actor_in(request)
    partner = match.second if match.first_id == own.pk else match.first
    note_shown([(own.pk, match)], request.user, timezone.localdate())
    sent = request.POST if request.method == "POST" else None
    form = AskForm(sent, partner=partner, actor=actor)
    if sent is not None and form.is_valid():
        try:
            ask_view(
                match=match,
                profile=own,
                asked=form.person(),
                question=form.cleaned_data["question"],
                by=actor,
            )
        except DomainError as error:
            show_in(form, error)
        else:
            messages.success(request, gettext("Your colleague gets the question."))
            return redirect("match_ask", public_id, match_id)
    asked = ViewRequest.objects.visible_to(actor).filter(match=match, profile=own)
    context = {
        "crumbs": _crumbs(own),
        "form": form,
        "card": card_of_match(cards_for([(own, match)])[0], own_profile(own), actor),
        "asked": asked.select_related("asked").order_by("-id"),
    }
    return render(request, "matching/match_ask.html", context, status=400 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def view_request(request: HttpRequest, public_id: str) -> HttpResponse:
    """The question with both profiles as the reader may know them; who was asked answers here."""
    actor = actor_in(request)
    asked = _visible(actor, public_id)
    may_answer = asked.is_open and can_answer_view(actor, asked)
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and _answered(request, asked, form, actor):
        return redirect("view_request", public_id)
    may_decide = can_decide_on_matches(actor, asked.profile)
    card = _card(asked, actor, may_decide)
    context = {
        "crumbs": _crumbs(asked.profile) if may_decide else [],
        "asked": asked,
        "form": form,
        "may_answer": may_answer,
        "may_decide": may_decide,
        "may_ask": may_decide and card is not None,
        "card": card,
        "reasons": DismissReason.choices,
        "back": request.get_full_path(),
    }
    return render(request, "matching/view_request.html", context, status=400 if form.errors else 200)


@require_POST
def view_pass(request: HttpRequest, public_id: str) -> HttpResponse:
    """Who was asked cannot say."""
    actor = actor_in(request)
    asked = _visible(actor, public_id)
    require(can_answer_view(actor, asked))
    done_or_told(
        request,
        lambda: pass_on_view(request=asked, by=actor),
        gettext("That is all right. Your colleague can ask somebody else."),
    )
    return redirect("view_request", public_id)


def _visible(actor: Actor, public_id: str) -> ViewRequest:
    visible = ViewRequest.objects.visible_to(actor)
    asked: ViewRequest = get_object_or_404(
        visible.select_related("asked", "asked_by", "profile__company", "match"), public_id=public_id
    )
    require(can_read_matches(actor))
    return asked


def _answered(request: HttpRequest, asked: ViewRequest, form: AnswerForm, actor: Actor) -> bool:
    try:
        answer_view(request=asked, by=actor, **form.cleaned_data)
    except DomainError as error:
        show_in(form, error)
        return False
    messages.success(request, gettext("Thank you. Your colleague reads your answer now."))
    return True


def _card(asked: ViewRequest, actor: Actor, may_decide: bool) -> MatchCard | None:
    """The match from the asking side, without names that the reader may not know; None once it is over. Who may
    decide on it sees how it stands."""
    match = selectors.with_sides(Match.objects.still_open()).filter(pk=asked.match_id).first()
    if match is None:
        return None
    own = match.first if match.first_id == asked.profile_id else match.second
    if may_decide:
        return shown_to(actor, [(own, match)])[0].card
    name = name_shown(own, actor) or gettext("The firm that asks")
    return card_of_match(cards_for([(own, match)])[0], own_profile(own, name), actor)


def _crumbs(own: CooperationProfile) -> list[tuple[str, str]]:
    return [
        (gettext("Matches to review"), reverse("match_review")),
        (own.company.name, own.get_absolute_url()),
    ]
