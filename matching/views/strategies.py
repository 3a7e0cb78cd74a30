"""Pages of joint smart strategies."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from companies.policies import can_decide_for_company, require
from companies.services.conflicts import ChangedMeanwhileError
from companies.views.acts import done_or_told, sent
from matching.forms.signing import SignerForm
from matching.forms.strategies import ActivityForm, MemberForm, StrategyForm
from matching.models import JointStrategy
from matching.policies import can_begin_strategy, can_lead_strategy
from matching.presenting.strategies import page_of_strategy
from matching.services import strategies as services
from matching.services import strategy_answers as answers
from matching.services.strategy_print import strategy_pdf
from matching.views.cooperation_pages import FormPage, form_page, two_versions
from tibs.accounts.middleware import actor_in
from tibs.core.errors import BadInputError, DomainError, NotAllowedError
from tibs.core.paging import BadCursorError, links_of, page_of
from tibs.core.refusals import show_in

ON_A_PAGE = 30
NEWEST_FIRST = ("-created_at", "-id")


def strategy_for(request: HttpRequest, public_id: str) -> JointStrategy:
    """A strategy for its members, their organisations and its lead; others get 404."""
    rows = JointStrategy.objects.visible_to(actor_in(request)).select_related("lead", "domain")
    rows = rows.prefetch_related("members__company__country", "activities__responsible__company")
    found: JointStrategy = get_object_or_404(rows, public_id=public_id)
    return found


def strategy_led(request: HttpRequest, public_id: str) -> JointStrategy:
    found = strategy_for(request, public_id)
    require(can_lead_strategy(actor_in(request), found))
    return found


def address_of(found: JointStrategy) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("strategy", args=[found.public_id]))


@require_safe
def strategies(request: HttpRequest) -> HttpResponse:
    """Joint strategies in which firms of the reader take part, or which the reader leads."""
    actor = actor_in(request)
    rows = JointStrategy.objects.visible_to(actor).select_related("lead", "domain")
    try:
        page = page_of(rows, by=NEWEST_FIRST, size=ON_A_PAGE, cursor=request.GET.get("cursor", ""))
    except BadCursorError:
        page = page_of(rows, by=NEWEST_FIRST, size=ON_A_PAGE)
    context = {"page": page, "links": links_of(page, request), "can_begin": can_begin_strategy(actor)}
    return render(request, "matching/strategy_list.html", context)


@require_http_methods(["GET", "POST"])
def strategy_new(request: HttpRequest) -> HttpResponse:
    """Begin a joint strategy."""
    actor = actor_in(request)
    require(can_begin_strategy(actor))
    form = StrategyForm(sent(request))
    if form.is_valid():
        try:
            made = services.draft_strategy(values=form.cleaned_data, by=actor)
        except DomainError as error:
            show_in(form, error)
        else:
            messages.success(request, gettext("The draft is begun. Add the firms that take part."))
            return address_of(made)
    return _text_page(request, form, gettext("Begin a joint strategy"), reverse("strategies"))


@require_http_methods(["GET", "POST"])
def strategy_edit(request: HttpRequest, public_id: str) -> HttpResponse:
    """Correct the texts of a draft."""
    found, actor = strategy_led(request, public_id), actor_in(request)
    title, back = gettext("Correct the joint strategy"), reverse("strategy", args=[found.public_id])
    form = StrategyForm(sent(request), row=found)
    if form.is_valid():
        try:
            version = form.cleaned_data["version"]
            services.change_strategy(strategy=found, values=form.cleaned_data, version=version, by=actor)
        except NotAllowedError:
            raise
        except ChangedMeanwhileError as error:
            return _text_page(request, form, title, back, theirs=StrategyForm(row=error.current))
        except DomainError as error:
            show_in(form, error)
        else:
            messages.success(request, gettext("The strategy is changed. All firms sign these words."))
            return address_of(found)
    return _text_page(request, form, title, back)


@require_safe
def strategy(request: HttpRequest, public_id: str) -> HttpResponse:
    """A joint strategy: its words, its firms, what they do together, and who has signed."""
    return _page(request, strategy_for(request, public_id))


@require_POST
def strategy_member(request: HttpRequest, public_id: str) -> HttpResponse:
    """Let a firm take part, or take it out (`remove` holds the key of the member)."""
    found, actor = strategy_led(request, public_id), actor_in(request)
    if key := request.POST.get("remove"):
        member = next((one for one in found.members.all() if str(one.pk) == key), None)
        if member:
            firm = member.company
            done_or_told(
                request,
                lambda: services.remove_member(strategy=found, company=firm, by=actor),
                gettext("%(company)s does not take part any more.") % {"company": firm.name},
            )
        return address_of(found)
    form = MemberForm(request.POST, candidates=services.candidates(actor))

    def add() -> object:
        values = form.cleaned_data
        return services.add_member(
            strategy=found, company=values["firm"], contribution=values["contribution"], by=actor
        )

    return _added(request, found, "member_form", form, add)


@require_POST
def strategy_activity(request: HttpRequest, public_id: str) -> HttpResponse:
    """Add an activity, take one out of a draft (`remove`), or note that one is done (`done`)."""
    found, actor = strategy_led(request, public_id), actor_in(request)
    acts: dict[str, Callable[..., object]] = {
        "remove": services.remove_activity,
        "done": services.finish_activity,
    }
    if wanted := next((name for name in acts if name in request.POST), ""):
        rows = [one for one in found.activities.all() if str(one.pk) == request.POST[wanted]]
        for row in rows:
            change = partial(acts[wanted], activity=row, by=actor)
            done_or_told(request, change, gettext("The activities are changed."))
        return address_of(found)
    form = ActivityForm(request.POST, strategy=found)

    def add() -> object:
        return services.add_activity(strategy=found, by=actor, **form.cleaned_data)

    return _added(request, found, "activity_form", form, add)


@require_POST
def strategy_sign(request: HttpRequest, public_id: str) -> HttpResponse:
    """Sign the words for a firm that takes part."""
    found, actor = strategy_for(request, public_id), actor_in(request)
    form = SignerForm(request.POST)
    companies = {member.company.public_id: member.company for member in found.members.all()}
    require(any(can_decide_for_company(actor, company) for company in companies.values()))
    if form.is_valid():
        values = form.cleaned_data
        require(values["company"] in companies)

    def sign() -> object:
        return answers.sign_strategy(
            strategy=found,
            company=companies[values["company"]],
            signer=values["signer"],
            shown_hash=values["shown_hash"],
            by=actor,
        )

    return _added(request, found, "signer_form", form, sign)


@require_POST
def strategy_answer(request: HttpRequest, public_id: str) -> HttpResponse:
    """Let a firm be named (`named`), or say that it does not take part (`left`); each holds the firm's public id."""
    found, actor = strategy_for(request, public_id), actor_in(request)
    companies = {member.company.public_id: member.company for member in found.members.all()}
    require(any(can_decide_for_company(actor, company) for company in companies.values()))
    leaves = "left" in request.POST
    company = companies.get(request.POST.get("left" if leaves else "named", ""))
    if company is None:
        raise BadInputError(gettext("This company does not take part."))
    if leaves:
        words = gettext("%(company)s does not take part any more.") % {"company": company.name}
        act = partial(answers.leave_strategy, strategy=found, company=company, by=actor)
        done_or_told(request, act, words)
        is_seen = JointStrategy.objects.visible_to(actor).filter(pk=found.pk).exists()
        return address_of(found) if is_seen else HttpResponseRedirect(reverse("strategies"))
    say_yes = partial(answers.agree_to_be_named, strategy=found, company=company, by=actor)
    done_or_told(request, say_yes, gettext("The other firms can read the name of your firm now."))
    return address_of(found)


@require_POST
def strategy_move(request: HttpRequest, public_id: str) -> HttpResponse:
    """Ask for signatures (`ask`), give a draft up (`give_up`), or take the strategy to its next status."""
    found, actor = strategy_led(request, public_id), actor_in(request)
    if "give_up" in request.POST:
        done_or_told(
            request,
            lambda: services.give_up_strategy(strategy=found, by=actor),
            gettext("The strategy is given up. The firms that were asked are told."),
        )
    elif "ask" in request.POST:
        done_or_told(
            request,
            lambda: services.ask_for_signatures(strategy=found, by=actor),
            gettext("Every firm that has not signed yet is asked."),
        )
    else:
        done_or_told(
            request,
            lambda: services.move_strategy(strategy=found, by=actor),
            gettext("The status is changed."),
        )
    return address_of(found)


@require_safe
def strategy_printed(request: HttpRequest, public_id: str) -> HttpResponse:
    """The strategy as a PDF file."""
    found = strategy_for(request, public_id)
    headers = {
        "Content-Disposition": f'attachment; filename="{found.public_id}.pdf"',
        "Cache-Control": "no-store",
    }
    content = strategy_pdf(found, get_language() or "en", actor_in(request))
    return HttpResponse(content, content_type="application/pdf", headers=headers)


def _added(
    request: HttpRequest, found: JointStrategy, name: str, form: BaseForm, act: Callable[[], object]
) -> HttpResponse:
    """Do what the form says; the page with the form as it was sent where it cannot be done."""
    if form.is_valid():
        try:
            act()
        except NotAllowedError:
            raise
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, gettext("Saved."))
            return address_of(found)
    return _page(request, found, **{name: form})


def _text_page(
    request: HttpRequest, form: StrategyForm, title: str, back: str, theirs: StrategyForm | None = None
) -> HttpResponse:
    page = FormPage(
        title=title,
        save=gettext("Save"),
        back=back,
        crumbs=[(gettext("Joint strategies"), reverse("strategies"))],
        notice=gettext(
            "All firms sign these exact words; a changed word asks them anew. Name no firm in them: not all know each "
            "other yet."
        ),
    )
    return two_versions(request, page, form, theirs) if theirs else form_page(request, page, form)


def _page(request: HttpRequest, found: JointStrategy, **forms: Any) -> HttpResponse:
    context = page_of_strategy(found, actor_in(request)) | {
        "crumbs": [(gettext("Joint strategies"), reverse("strategies"))],
        "page_forms": list(forms.values()),
        **forms,
    }
    status = 400 if any(form.errors for form in forms.values()) else 200
    return render(request, "matching/strategy.html", context, status=status)
