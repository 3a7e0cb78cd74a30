"""Pages of agreements: writing one, its evidence, the word of both firms, and the judgement of a third party."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from companies.models import Company
from companies.policies import require
from companies.services.conflicts import ChangedMeanwhileError
from companies.uploads.checking import checked
from companies.views.acts import done_or_told, sent
from matching import sides
from matching.forms.agreements import AgreementForm, DisagreeForm, FileForm, ReturnForm
from matching.forms.signing import SignerForm
from matching.models import Agreement, Cooperation
from matching.policies import can_judge_agreements, can_take_part, can_validate
from matching.presenting.agreements import objection_id, page_of_agreement, title_for
from matching.services.agreements import (
    return_agreement,
    state_agreement,
    validate_agreement,
    write_agreement,
)
from matching.services.disagreeing import disagree
from matching.services.evidence import attach_evidence, read_evidence
from matching.views.cooperation_pages import (
    Crumbs,
    FormPage,
    address,
    cooperation_worked_on,
    crumbs_to,
    form_page,
    title_of,
    two_versions,
)
from tibs.accounts.actor import Actor
from tibs.accounts.middleware import actor_in
from tibs.core.errors import DomainError, NotAllowedError
from tibs.core.paging import BadCursorError, links_of, page_of
from tibs.core.refusals import show_in

ON_A_PAGE = 30
OLDEST_FIRST = ("updated_at", "id")


def agreement_for(request: HttpRequest, public_id: str) -> Agreement:
    """An agreement for both sides, and for a third party while it waits for one; others get 404."""
    actor = actor_in(request)
    known = Agreement.objects.filter(public_id=public_id)
    seen = known.visible_to(actor).values("pk").union(known.judged_by(actor).values("pk"))
    rows = Agreement.objects.filter(pk__in=seen).select_related("evidence", "validated_by", "returned_for")
    found: Agreement = get_object_or_404(
        rows.select_related(*(f"cooperation__{path}" for path in sides.RELATED)).prefetch_related(
            "statements"
        )
    )
    return found


def address_of(agreement: Agreement) -> str:
    return reverse("agreement", args=[agreement.public_id])


@require_http_methods(["GET", "POST"])
def agreement_write(request: HttpRequest, public_id: str) -> HttpResponse:
    """Write down what was agreed, or correct it."""
    cooperation, actor = cooperation_worked_on(request, public_id), actor_in(request)
    known = Agreement.objects.filter(cooperation=cooperation).first()
    form = AgreementForm(sent(request), row=known, initial={"areas": _areas(cooperation)})
    page = FormPage(
        title=gettext("Correct the agreement") if known else gettext("Write down the agreement"),
        save=gettext("Save, and ask both firms"),
        back=address(cooperation),
        crumbs=crumbs_to(cooperation, actor),
        lead=title_of(cooperation),
        notice=gettext("What a firm has confirmed already is asked again if a word changes.")
        if known
        else gettext("Both firms are asked to confirm these words, and then a third party validates them."),
    )
    if form.is_valid():
        values = form.cleaned_data
        try:
            written = write_agreement(
                cooperation=cooperation, values=values, version=values["version"], by=actor
            )
        except NotAllowedError:
            raise
        except ChangedMeanwhileError as error:
            return two_versions(request, page, form, AgreementForm(row=error.current))
        except DomainError as error:
            show_in(form, error)
        else:
            messages.success(request, gettext("Both firms are asked to confirm these words."))
            return HttpResponseRedirect(address_of(written))
    return form_page(request, page, form)


def _areas(cooperation: Cooperation) -> list[str]:
    """The value-chain areas of the two profiles that found each other."""
    introduction = cooperation.introduction
    profiles = (introduction.sender_profile, introduction.receiver_profile)
    return sorted({profile.area for profile in profiles if profile and profile.area})


@require_safe
def agreement(request: HttpRequest, public_id: str) -> HttpResponse:
    """An agreement: its words, who confirmed them, its evidence."""
    return _page(request, agreement_for(request, public_id))


@require_POST
def agreement_evidence(request: HttpRequest, public_id: str) -> HttpResponse:
    """Send the file that proves the agreement."""
    found, actor = agreement_for(request, public_id), actor_in(request)
    require(can_take_part(actor, found.cooperation))
    form = FileForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            file = checked(form.cleaned_data["file"].read(), form.cleaned_data["file"].name)
            attach_evidence(agreement=found, file=file, by=actor)
        except NotAllowedError:
            raise
        except DomainError as error:
            show_in(form, error)
        else:
            messages.success(
                request, gettext("The file is kept. Both firms are asked to confirm the agreement.")
            )
            return HttpResponseRedirect(address_of(found))
    return _page(request, found, file_form=form)


@require_POST
def agreement_file(request: HttpRequest, public_id: str) -> HttpResponse:
    """The evidence, as a file that no browser opens by itself; both firms see that it was read."""
    found = agreement_for(request, public_id)
    content, content_type, name = read_evidence(agreement=found, by=actor_in(request))
    headers = {
        "Content-Disposition": str(content_disposition_header(as_attachment=True, filename=name)),
        "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "default-src 'none'; sandbox",
    }
    return HttpResponse(content, content_type=content_type, headers=headers)


@require_POST
def agreement_state(request: HttpRequest, public_id: str) -> HttpResponse:
    """Confirm the words for a company."""
    found, actor = agreement_for(request, public_id), actor_in(request)
    require(can_take_part(actor, found.cooperation))
    form = SignerForm(request.POST)
    if not form.is_valid():
        return _page(request, found, signer_form=form)
    values = form.cleaned_data
    companies = {company.public_id: company for company in sides.companies_of(found.cooperation)}
    require(values["company"] in companies)
    try:
        state_agreement(
            agreement=found,
            company=companies[values["company"]],
            signer=values["signer"],
            shown_hash=values["shown_hash"],
            by=actor,
        )
    except NotAllowedError:
        raise
    except DomainError as error:
        show_in(form, error)
        return _page(request, found, signer_form=form)
    messages.success(request, gettext("The agreement is confirmed. Thank you."))
    return HttpResponseRedirect(address_of(found))


@require_POST
def agreement_disagree(request: HttpRequest, public_id: str) -> HttpResponse:
    """Say for a company that this is not what was agreed, and why."""
    found, actor = agreement_for(request, public_id), actor_in(request)
    require(can_take_part(actor, found.cooperation))
    companies = {company.public_id: company for company in sides.companies_of(found.cooperation)}
    data = request.POST.copy()
    company = companies.get(data.get("company", ""))
    form = DisagreeForm(data, auto_id=objection_id(company))
    if form.is_valid():
        require(company is not None)
    if not (form.is_valid() and company and _disagreed(found, company, form, actor)):
        data["shown_hash"] = found.text_hash  # the words that stand above the form now
        return _page(request, found, disagree_form=form)
    messages.success(request, gettext("The agreement goes back to the two brokers. Both sides are told."))
    return HttpResponseRedirect(address_of(found))


def _disagreed(found: Agreement, company: Company, form: DisagreeForm, actor: Actor) -> bool:
    """Send the words back; where that is refused the form says why."""
    note, shown_hash = form.cleaned_data["note"], form.cleaned_data["shown_hash"]
    try:
        disagree(agreement=found, company=company, note=note, shown_hash=shown_hash, by=actor)
    except NotAllowedError:
        raise
    except DomainError as error:
        show_in(form, error)
        return False
    return True


@require_POST
def agreement_judge(request: HttpRequest, public_id: str) -> HttpResponse:
    """Validate an agreement as a third party, or send it back with a question."""
    found, actor = _to_judge(request, public_id), actor_in(request)
    if request.POST.get("decision") == "validate":
        done_or_told(
            request,
            lambda: validate_agreement(agreement=found, by=actor),
            gettext("The agreement counts now."),
        )
        return HttpResponseRedirect(reverse("agreements_to_validate"))
    form = ReturnForm(request.POST)
    if not form.is_valid():
        return _page(request, agreement_for(request, public_id), return_form=form)
    done_or_told(
        request,
        lambda: return_agreement(agreement=found, note=form.cleaned_data["note"], by=actor),
        gettext("The agreement goes back to both sides."),
    )
    return HttpResponseRedirect(reverse("agreements_to_validate"))


def _to_judge(request: HttpRequest, public_id: str) -> Agreement:
    """Also one that somebody else of neither side has judged meanwhile: whoever comes second is told so."""
    actor = actor_in(request)
    rows = Agreement.objects.select_related(*(f"cooperation__{path}" for path in sides.RELATED))
    found = rows.filter(public_id=public_id).first()
    if found is None or not can_validate(actor, found.cooperation):
        found = agreement_for(request, public_id)
        require(can_validate(actor, found.cooperation))
    return found


@require_safe
def agreements_to_validate(request: HttpRequest) -> HttpResponse:
    """Agreements that wait for a third party, the oldest first."""
    actor = actor_in(request)
    require(can_judge_agreements(actor))
    rows = Agreement.objects.judged_by(actor).select_related(
        *(f"cooperation__{path}" for path in sides.RELATED), "evidence"
    )
    try:
        page = page_of(rows, by=OLDEST_FIRST, size=ON_A_PAGE, cursor=request.GET.get("cursor", ""))
    except BadCursorError:
        page = page_of(rows, by=OLDEST_FIRST, size=ON_A_PAGE)
    context = {"page": page, "links": links_of(page, request)}
    return render(request, "matching/agreement_list.html", context)


def _page(request: HttpRequest, found: Agreement, **forms: Any) -> HttpResponse:
    """The page with these forms as they were sent; everything else of it is fresh."""
    actor = actor_in(request)
    context = page_of_agreement(found, actor) | {
        "title": title_for(found, actor),
        "crumbs": _crumbs(found.cooperation, actor),
        "file_form": FileForm(),
        "return_form": ReturnForm(),
        "page_forms": list(forms.values()),
        **forms,
    }
    said = forms.get("disagree_form")
    for objector in context["objectors"]:
        if said and said.data.get("company") == objector["company"].public_id:
            objector["form"] = said
    status = 400 if any(form.errors for form in forms.values()) else 200
    return render(request, "matching/agreement.html", context, status=status)


def _crumbs(cooperation: Cooperation, actor: Actor) -> Crumbs:
    if can_take_part(actor, cooperation):
        return crumbs_to(cooperation, actor)
    return [(gettext("Agreements to validate"), reverse("agreements_to_validate"))]
