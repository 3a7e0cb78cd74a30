"""Introductions on the pages of brokers: what waits, one of them, its texts, and the beginning of a new one."""

from collections.abc import Callable, Sequence

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from companies.choices import InterestStatus
from companies.models import Company, CooperationProfile, ExpressionOfInterest
from companies.policies import require
from companies.profile_sheet import sheet_of, with_sheet
from matching.forms.introductions import FORMS, TextsForm, TransferForm
from matching.handshake import Act, Side, Who, move_of
from matching.models import Introduction, Match
from matching.policies import can_begin_introduction, can_read_matches, can_transfer_introduction, roles_in
from matching.presenting.introduction_acts import DONE, company_of_reader, do
from matching.presenting.introduction_contacts import brokers_across
from matching.presenting.introduction_lists import SHOWN, lists_of
from matching.presenting.introductions import page_of_introduction, sheet_across
from matching.services.introductions.meeting import show_contacts
from matching.services.introductions.moving import RELATED, allowed
from matching.services.introductions.starting import start_from_interest, start_from_match
from matching.services.introductions.writing import PUBLIC_FACTS_ONLY, rests_on_public_facts, write_texts
from tibs.accounts.actor import Actor
from tibs.accounts.middleware import actor_in
from tibs.core.errors import DomainError, NotAllowedError
from tibs.core.paging import BadCursorError, links_of
from tibs.core.refusals import show_in


@require_safe
def introductions(request: HttpRequest) -> HttpResponse:
    """What waits for the reader, what waits for others, and what has ended; ?show=act, wait or ended."""
    actor = actor_in(request)
    require(can_read_matches(actor))
    show = request.GET.get("show", "")
    show = show if show in SHOWN else "act"
    try:
        found = lists_of(actor, show, request.GET.get("cursor", ""), timezone.now())
    except BadCursorError:
        found = lists_of(actor, show, "", timezone.now())
    context = {"found": found, "links": links_of(found.page, request)}
    return render(request, "matching/introductions.html", context)


@require_safe
def introduction(request: HttpRequest, public_id: str) -> HttpResponse:
    """One introduction: where it stands, who acts next until when, and what the reader may do."""
    return _page(request, _visible(request, public_id))


@require_POST
def introduction_act(request: HttpRequest, public_id: str, act: str) -> HttpResponse:
    """Do something with an introduction, and show what came of it."""
    found, actor = _visible(request, public_id), actor_in(request)
    what, form = act_sent(request, found, act)
    if what is Act.TRANSFER:
        require(
            can_transfer_introduction(actor, found, Side(form.cleaned_data["side"]))
            if form.is_valid()
            else True
        )
    else:
        require(bool(roles_in(actor, found)))
    if not form.is_valid():
        return _page(request, found, form)
    try:
        do(what, found, form.cleaned_data, actor)
    except NotAllowedError:
        raise
    except DomainError as error:
        return _refused(request, found, form, error)
    messages.success(request, str(DONE[what]))
    return redirect("introduction", public_id)


@require_http_methods(["GET", "HEAD", "POST"])
def introduction_texts(request: HttpRequest, public_id: str) -> HttpResponse:
    """The three texts, to be written until they are sent. What cannot be saved stays on the page with the reason."""
    found, actor = _visible(request, public_id), actor_in(request)
    if request.method != "POST":
        allowed(found, Act.WRITE, actor)
        return _texts(request, found, TextsForm.of(found))
    require(Who.SENDER_BROKER in roles_in(actor, found))
    form, saved = TextsForm.of(found, request.POST), []
    if form.is_valid():
        values = form.cleaned_data
        try:
            write_texts(
                introduction=found,
                texts=values,
                language=values["language"],
                version=values["version"],
                by=actor,
            )
        except NotAllowedError:
            raise
        except DomainError as error:
            found = _visible(request, public_id)
            if error.code == "conflict":
                form = form.again(found)
                saved = form.saved_otherwise(found)
            show_in(form, error)
        else:
            messages.success(request, gettext("The texts are saved."))
            return redirect("introduction", public_id)
    return _texts(request, found, form, saved)


def _texts(
    request: HttpRequest, found: Introduction, form: TextsForm, saved: Sequence[tuple[str, str]] = ()
) -> HttpResponse:
    """The page; `saved` are words of somebody else that those of the form would replace."""
    context = {
        "introduction": found,
        "form": form,
        "saved": saved,
        "may_save": move_of(found.status, Act.WRITE) is not None,
        "crumbs": [*_crumbs(), _crumb(found)],
        "sheet": sheet_across(found, Side.SENDER),
    }
    return render(request, "matching/introduction_texts.html", context, status=400 if form.errors else 200)


@require_POST
def introduction_contacts(request: HttpRequest, public_id: str) -> HttpResponse:
    """The contact data of the other firm; the firm sees that they were shown."""
    found = _visible(request, public_id)
    contacts = show_contacts(introduction=found, by=actor_in(request))
    context = {
        "contacts": contacts,
        "brokers": brokers_across(found, actor_in(request)),
        "crumbs": [*_crumbs(), _crumb(found)],
    }
    return render(request, "matching/introduction_contacts.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def introduction_new(request: HttpRequest, public_id: str) -> HttpResponse:
    """Begin an introduction from a match; `?side=prf_…` is the own profile where both could be."""
    actor = actor_in(request)
    found = get_object_or_404(
        Match.objects.visible_to(actor)
        .still_open()
        .select_related(
            *(
                f"{side}__company__{path}"
                for side in ("first", "second")
                for path in ("country", "host", "owner")
            )
        ),
        public_id=public_id,
    )
    profile = _own_side(found, actor, request.GET.get("side", ""))
    if profile is None:
        raise NotAllowedError(_("You may not do this."))
    partner = found.second if found.first_id == profile.pk else found.first
    if request.method == "POST":
        begun = _begin(request, lambda: start_from_match(match=found, profile=profile, by=actor))
        if begun:
            return redirect("introduction_texts", begun.public_id)
    crumbs = [
        (gettext("Companies"), reverse("companies")),
        (profile.company.name, profile.company.get_absolute_url()),
    ]
    return _beginning(request, profile.company, partner, crumbs)


@require_http_methods(["GET", "HEAD", "POST"])
def introduction_from_interest(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take up the interest of a firm of ours in a profile from abroad; what is taken up leads to its introduction."""
    actor = actor_in(request)
    found: ExpressionOfInterest = get_object_or_404(
        ExpressionOfInterest.objects.visible_to(actor).select_related("company__host", "company__country"),
        public_id=public_id,
    )
    if found.status == InterestStatus.TAKEN_UP:
        before = Introduction.objects.visible_to(actor).filter(expression=found).order_by("-pk").first()
        if before:
            return redirect("introduction", before.public_id)
    if found.company is None or not can_begin_introduction(actor, found.company):
        raise NotAllowedError(_("You may not do this."))
    if request.method == "POST":
        begun = _begin(request, lambda: start_from_interest(expression=found, by=actor))
        if begun:
            return redirect("introduction", begun.public_id)
    return _beginning(request, found.company, found.profile, _crumbs(), found)


def act_sent(request: HttpRequest, found: Introduction, act: str) -> tuple[Act, Form]:
    """The act of an address and its form as it was sent; 404 where there is no such act on pages."""
    if act == Act.TRANSFER:
        wanted = request.POST.get("side", "")
        side = Side(wanted) if wanted in list(Side) else Side.SENDER
        return Act.TRANSFER, TransferForm(request.POST, introduction=found, side=side)
    if act not in [one.value for one in FORMS]:
        raise Http404
    what = Act(act)
    return what, FORMS[what](request.POST, prefix=what)


def _visible(request: HttpRequest, public_id: str) -> Introduction:
    """The introduction, for brokers and coordinators of one of its sides; firms have pages of their own."""
    actor = actor_in(request)
    require(can_read_matches(actor))
    rows = Introduction.objects.visible_to(actor).select_related(*RELATED)
    found: Introduction = get_object_or_404(rows, public_id=public_id)
    return found


def _page(request: HttpRequest, found: Introduction, wrong: Form | None = None) -> HttpResponse:
    actor = actor_in(request)
    own = company_of_reader(found, actor)
    page = page_of_introduction(found, actor, own, timezone.now(), wrong)
    context = {"page": page, "crumbs": _crumbs(), "wrong": wrong}
    return render(request, "matching/introduction.html", context, status=400 if wrong else 200)


def _refused(request: HttpRequest, found: Introduction, form: Form, error: DomainError) -> HttpResponse:
    """A refusal at the fields it concerns; what is written on another page is said above."""
    known = {name: sentence for name, sentence in error.fields.items() if name in form.fields}
    sentences = [str(error), *(str(error.fields[name]) for name in error.fields if name not in known)]
    show_in(form, DomainError(" ".join(dict.fromkeys(sentences)), fields=known))
    found.refresh_from_db()
    return _page(request, found, form)


def _own_side(found: Match, actor: Actor, wanted: str) -> CooperationProfile | None:
    sides = [side for side in (found.first, found.second) if can_begin_introduction(actor, side.company)]
    return next((side for side in sides if side.public_id == wanted), sides[0] if sides else None)


def _begin(request: HttpRequest, start: Callable[[], Introduction]) -> Introduction | None:
    try:
        begun = start()
    except NotAllowedError:
        raise
    except DomainError as error:
        messages.error(request, str(error))
        return None
    messages.success(request, gettext("The introduction is begun. Now write the three texts."))
    return begun


def _beginning(
    request: HttpRequest,
    company: Company,
    partner: CooperationProfile,
    crumbs: list[tuple[str, str]],
    expression: ExpressionOfInterest | None = None,
) -> HttpResponse:
    shown = with_sheet(CooperationProfile.objects.matchable().filter(pk=partner.pk)).first()
    sheet = sheet_of(shown) if shown else None
    context = {
        "company": company,
        "sheet": sheet,
        "crumbs": crumbs,
        "expression": expression,
        "obstacle": PUBLIC_FACTS_ONLY if rests_on_public_facts(partner) else "",
    }
    return render(
        request, "matching/introduction_new.html", context, status=400 if request.method == "POST" else 200
    )


def _crumbs() -> list[tuple[str, str]]:
    return [(gettext("Introductions"), reverse("introductions"))]


def _crumb(found: Introduction) -> tuple[str, str]:
    return gettext("Introduction"), reverse("introduction", args=[found.public_id])
