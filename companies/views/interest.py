"""Interest in a profile: the pages of the visitor who writes it, and of the broker who gets it."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_http_methods, require_safe

from companies.choices import InterestEnd, InterestStatus
from companies.forms.interest import CloseInterestForm, InterestForm
from companies.masks import masked_email
from companies.models import CooperationProfile, ExpressionOfInterest
from companies.policies import (
    can_change_company,
    can_read_company_file,
    can_see_contacts,
    can_work_on_companies,
    require,
)
from companies.services.disclosures import reveal_visitor
from companies.services.expression_letters import answer_day
from companies.services.expressions import (
    InterestLinkTooOldError,
    SameCountryError,
    broker_of,
    close_interest,
    confirm_interest,
    express_interest,
    interest_of_link,
)
from companies.services.visitor_limits import count_interest
from companies.texts import best_text
from companies.views.acts import done_or_told
from companies.views.acts import sent as sent_by
from tibs.accounts.middleware import actor_in
from tibs.core.addresses import network_of
from tibs.core.errors import DomainError
from tibs.core.languages import language_name
from tibs.core.limits import LimitReachedError
from tibs.core.paging import BadCursorError, links_of, page_of
from tibs.core.refusals import show_in

ON_A_PAGE = 50
NEWEST_FIRST = ("-created_at", "-id")
page = require_http_methods(["GET", "HEAD", "POST"])


@login_not_required
@page
def express(request: HttpRequest, reference: str) -> HttpResponse:
    """The form of a visitor. Everything that was written stays, whatever is wrong with it."""
    published = CooperationProfile.objects.published().select_related("company__country")
    profile = get_object_or_404(published.prefetch_related("texts"), reference=reference)
    if not profile.open_for_interest:
        return redirect("opportunity", reference)
    form = InterestForm(sent_by(request), now=timezone.now().timestamp())
    if request.method != "POST" or not form.is_valid():
        return _draw(request, profile, form)
    try:
        _keep(request, profile, form)
    except LimitReachedError as error:
        form.add_error(None, str(error))
        response = _draw(request, profile, form, status=429)
        response.headers["Retry-After"] = str(error.seconds)
        return response
    except DomainError as error:
        show_in(form, error)
        return _draw(request, profile, form, same_country=isinstance(error, SameCountryError))
    return redirect("interest_sent")


def _draw(
    request: HttpRequest,
    profile: CooperationProfile,
    form: InterestForm,
    *,
    status: int = 0,
    same_country: bool = False,
) -> HttpResponse:
    address = reverse("opportunity", args=[profile.reference])
    context = {
        "form": form,
        "profile": profile,
        "title": best_text(profile, "title", get_language() or "en"),
        "same_country": same_country,
        "crumbs": [
            (gettext("Opportunities"), reverse("opportunities")),
            (str(profile.reference), address),
        ],
    }
    status = status or (400 if form.errors else 200)
    return render(request, "companies/interest_form.html", context, status=status)


def _keep(request: HttpRequest, profile: CooperationProfile, form: InterestForm) -> None:
    network = network_of(request)
    count_interest(network)
    express_interest(
        profile=profile,
        said=form.said,
        form_token=form.token,
        language=get_language() or "en",
        network=network,
        source="web",
        is_trapped=form.is_trapped,
    )


@login_not_required
@require_safe
def sent(request: HttpRequest) -> HttpResponse:
    """What happens now; it reads the same whatever became of the form."""
    return render(request, "companies/interest_sent.html")


@login_not_required
@page
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """The page of the mailed link: opening changes nothing, the button confirms and then tells who answers."""
    try:
        if request.method == "POST":
            confirm_interest(token=token)
            return redirect("interest_confirm", token)
        expression = interest_of_link(token, timezone.now())
    except InterestLinkTooOldError as error:
        return _dead(request, error, 410)
    except DomainError as error:
        return _dead(request, error, 409)
    company = expression.company
    broker = broker_of(company) if company else None
    context = {
        "expression": expression,
        "is_waiting": expression.status == InterestStatus.WAITING,
        "host": company.host.name if company else "",
        "broker": broker.name if broker else "",
        "due": answer_day(expression, get_language() or "en"),
    }
    return render(request, "companies/interest_confirm.html", context)


def _dead(request: HttpRequest, error: DomainError, status: int) -> HttpResponse:
    context = {"title": gettext("This cannot be confirmed any more"), "reason": str(error)}
    return render(request, "pages/dead_link.html", context, status=status)


@require_safe
def interests(request: HttpRequest) -> HttpResponse:
    """Interest of the firms of the reader's organisations: what waits, or with `?all=1` everything."""
    actor = actor_in(request)
    require(can_work_on_companies(actor))
    rows = ExpressionOfInterest.objects.visible_to(actor).select_related("company", "profile")
    shows_all = "all" in request.GET
    rows = rows if shows_all else rows.filter(status=InterestStatus.ROUTED)
    try:
        found = page_of(rows, by=NEWEST_FIRST, size=ON_A_PAGE, cursor=request.GET.get("cursor", ""))
    except BadCursorError:
        found = page_of(rows, by=NEWEST_FIRST, size=ON_A_PAGE)
    context = {"page": found, "links": links_of(found, request), "shows_all": shows_all}
    return render(request, "companies/interests.html", context)


@page
def interest(request: HttpRequest, public_id: str) -> HttpResponse:
    """What a visitor wrote, for the broker of the visitor's own firm; closing it asks for a reason."""
    actor = actor_in(request)
    related = (
        "closed_by",
        "company__host",
        "company__owner",
        "company__country",
        "profile__company__country",
        "country",
    )
    visible = ExpressionOfInterest.objects.visible_to(actor).select_related(*related)
    expression = get_object_or_404(visible, public_id=public_id)
    company = expression.company
    if company is None:
        raise ValueError("Confirmed interest belongs to a firm.")
    require(can_read_company_file(actor, company))
    if is_shown := request.method == "POST" and "reveal" in request.POST:
        reveal_visitor(expression=expression, by=actor)
    form = CloseInterestForm(None if is_shown else sent_by(request))
    if form.is_valid():
        reason = InterestEnd(form.cleaned_data["reason"])
        done_or_told(
            request,
            lambda: close_interest(expression=expression, reason=reason, by=actor),
            gettext("The interest is closed, and the visitor gets a letter."),
        )
        return redirect("interest", public_id)
    context = {
        "expression": expression,
        "company": company,
        "page_language": get_language(),
        "texts": _texts(expression),
        "facts": _facts(expression, is_shown=is_shown),
        "may_reveal": bool(expression.email) and not is_shown and can_see_contacts(actor, company),
        "is_shown": is_shown,
        "form": form,
        "may_act": expression.status == InterestStatus.ROUTED and can_change_company(actor, company),
        "crumbs": [(company.name, company.get_absolute_url())],
    }
    return render(request, "companies/interest.html", context, status=400 if form.errors else 200)


def _texts(expression: ExpressionOfInterest) -> list[tuple[str, str]]:
    return [
        (gettext("Who they are"), expression.presentation),
        (gettext("What interests them"), expression.interest),
        (gettext("What they would like to know"), expression.question),
    ]


def _facts(expression: ExpressionOfInterest, *, is_shown: bool) -> list[tuple[str, str]]:
    language = get_language() or "en"
    title = best_text(expression.profile, "title", language)
    return [
        (gettext("Organisation"), expression.organisation_name),
        (gettext("Country"), expression.country.name),
        *([(gettext("Postcode"), expression.postcode)] if expression.postcode else []),
        (gettext("Name"), expression.name),
        (gettext("E-mail address"), expression.email if is_shown else masked_email(expression.email)),
        (gettext("Language"), language_name(expression.language)),
        (gettext("Profile"), f"{expression.profile.reference} {title.title if title else ''}"),
        (gettext("Written on"), date_format(expression.created_at)),
        *(_end(expression) or [(gettext("Answer due"), answer_day(expression, language))]),
    ]


def _end(expression: ExpressionOfInterest) -> list[tuple[str, str]]:
    """Why nothing became of it, and who said so; the platform did where that is nobody."""
    if expression.status != InterestStatus.CLOSED:
        return []
    reason = InterestEnd(expression.close_reason).label if expression.close_reason else ""
    closed_by = expression.closed_by.name if expression.closed_by else "TIBS"
    return [(gettext("Reason"), str(reason)), (gettext("Closed by"), closed_by)]
