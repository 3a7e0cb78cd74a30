"""Pages about companies that may be one: what looks alike, merging with a preview, and undoing."""

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from companies.choices import MergeStatus
from companies.forms.merge import DuplicateForm, MergeForm
from companies.models import Company, Merge
from companies.policies import (
    can_answer_merge,
    can_look_for_duplicates,
    can_merge_companies,
    can_undo_merge,
    require,
)
from companies.services.duplicates import shown_to, suspicions_about
from companies.services.merging.merges import merge_companies
from companies.services.merging.previews import preview_of
from companies.services.merging.requests import ask_for_merge, decline_merge, tell_apart
from companies.services.merging.undoing import changed_since, sentence_of, undo_merge
from tibs.accounts.actor import Actor
from tibs.accounts.middleware import actor_in
from tibs.core.errors import BadInputError, WrongStateError


@require_http_methods(["GET", "HEAD", "POST"])
def duplicates(request: HttpRequest, public_id: str) -> HttpResponse:
    """Companies that look like this one, requests to merge it, and merges that can be undone."""
    actor = actor_in(request)
    company = get_object_or_404(
        Company.objects.visible_to(actor).select_related("country", "host"), public_id=public_id
    )
    require(can_look_for_duplicates(actor, company))
    if request.method == "POST":
        return _answer(request, company, actor)
    concerning = Merge.objects.filter(Q(kept=company) | Q(absorbed=company)).select_related(
        "kept__host", "absorbed__host", "asked_by", "waits_for", "made_by"
    )
    asked = concerning.filter(status=MergeStatus.ASKED).order_by("pk")
    context = {
        "company": company,
        "crumbs": _crumbs(company),
        "alike": shown_to(suspicions_about(company), actor),
        "may_ask": company.host_id in actor.coordinates,
        "requests": [(merge, can_answer_merge(actor, merge)) for merge in asked],
        "merges": concerning.filter(kept=company, status=MergeStatus.MADE).order_by("-pk"),
    }
    return render(request, "companies/duplicates.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def merge_preview(request: HttpRequest, public_id: str, other: str) -> HttpResponse:
    """Both entries beside each other; the value that stays is chosen fact by fact."""
    actor = actor_in(request)
    kept, absorbed = _pair(actor, public_id, other)
    form = MergeForm(request.POST or None)
    problem = ""
    if request.method == "POST" and form.is_valid():
        try:
            merge_companies(kept=kept, absorbed=absorbed, by=actor, take=form.take, versions=form.versions)
        except (WrongStateError, BadInputError) as error:
            problem = str(error)
        else:
            messages.success(
                request,
                gettext("%(name)s is part of this company now. You can undo that under “Similar companies”.")
                % {"name": absorbed.name},
            )
            return _onward(actor, kept)
    elif request.method == "POST":
        problem = gettext("This answer was not understood. Please look at both entries again.")
    context = {
        "preview": preview_of(kept, absorbed, form.take if form.is_bound else ()),
        "crumbs": _crumbs(kept),
        "problem": problem,
    }
    return render(request, "companies/merge.html", context, status=400 if problem else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def merge_undo(request: HttpRequest, public_id: str, merge_id: str) -> HttpResponse:
    """What was merged, what cannot go back, and a button that takes the two apart again."""
    actor = actor_in(request)
    merges = Merge.objects.select_related("kept__host", "absorbed__host", "made_by")
    merge = get_object_or_404(merges, kept__public_id=public_id, public_id=merge_id, made_at__isnull=False)
    sees_kept = Company.objects.visible_to(actor).filter(pk=merge.kept_id).exists()
    if not sees_kept and not can_undo_merge(actor, merge):  # the side of the absorbed entry may undo it, too
        raise Http404
    require(can_undo_merge(actor, merge))
    if request.method == "POST":
        try:
            problems = undo_merge(merge=merge, by=actor)
        except (WrongStateError, BadInputError) as error:
            messages.error(request, str(error))
            return redirect("company_duplicates", public_id) if sees_kept else redirect("companies")
        messages.success(request, gettext("The merge is undone: both entries are there again."))
        for problem in problems:
            messages.warning(request, problem)
        return redirect("company_duplicates", public_id if sees_kept else merge.absorbed.public_id)
    context = {
        "merge": merge,
        "crumbs": _crumbs(merge.kept) if sees_kept else [(gettext("Companies"), reverse("companies"))],
        "staying": [sentence_of(name) for name in changed_since(merge)] if merge.snapshot else [],
    }
    return render(request, "companies/merge_undo.html", context)


def _pair(actor: Actor, public_id: str, other: str) -> tuple[Company, Company]:
    """The entries to keep and to absorb; 404 unless both may be seen, or one was asked to be merged with it."""
    present = Company.objects.filter(merged_into=None, erased_at=None)
    entries: QuerySet[Company] = present.select_related("country", "region", "nace", "host")
    kept = get_object_or_404(entries, public_id=public_id)
    absorbed = get_object_or_404(entries, public_id=other)
    pair = {kept.pk, absorbed.pk}
    visible = set(Company.objects.visible_to(actor).filter(pk__in=pair).values_list("pk", flat=True))
    asked = Merge.objects.filter(kept=kept, absorbed=absorbed, status=MergeStatus.ASKED).first()
    may_answer = asked is not None and can_answer_merge(actor, asked)
    if visible != pair and not (may_answer and visible):
        raise Http404
    require(may_answer or can_merge_companies(actor, kept, absorbed))
    return kept, absorbed


def _answer(request: HttpRequest, company: Company, actor: Actor) -> HttpResponse:
    """Carry out what a button of the page says, about a company that stands on it."""
    form = DuplicateForm(request.POST)
    if not form.is_valid():
        raise BadInputError(gettext("This answer was not understood. Please use the buttons of the page."))
    other, act = _other(company, form.cleaned_data["other"]), form.cleaned_data["act"]
    try:
        if act == "apart":
            tell_apart(company=company, other=other, by=actor)
            messages.success(request, gettext("Noted: these are two companies."))
        elif act == "decline":
            merges = Merge.objects.filter(Q(kept=company, absorbed=other) | Q(kept=other, absorbed=company))
            decline_merge(merge=get_object_or_404(merges, status=MergeStatus.ASKED), by=actor)
            messages.success(request, gettext("The request is declined."))
        else:
            ours = act == "ask_to_keep_ours"
            kept, absorbed = (company, other) if ours else (other, company)
            ask_for_merge(kept=kept, absorbed=absorbed, by=actor)
            messages.success(request, gettext("The other organisation was asked."))
    except (WrongStateError, BadInputError) as error:
        messages.error(request, str(error))
    return redirect("company_duplicates", company.public_id)


def _other(company: Company, public_id: str) -> Company:
    """A company that the page names: one that looks alike, or one whose merge was asked for."""
    alike = [one.company for one in suspicions_about(company) if one.company.public_id == public_id]
    if alike:
        return alike[0]
    asked = Merge.objects.filter(status=MergeStatus.ASKED)
    linked = Q(pk__in=asked.filter(kept=company).values("absorbed")) | Q(
        pk__in=asked.filter(absorbed=company).values("kept")
    )
    return get_object_or_404(Company.objects.filter(linked), public_id=public_id)


def _onward(actor: Actor, kept: Company) -> HttpResponse:
    """To the merged company, for those who may see it."""
    if Company.objects.visible_to(actor).filter(pk=kept.pk).exists():
        return redirect(kept)
    return redirect("companies")


def _crumbs(company: Company) -> list[tuple[str, str]]:
    return [(gettext("Companies"), reverse("companies")), (company.name, company.get_absolute_url())]
