"""Pages about companies."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from companies.forms.lists import CompanyFilterForm
from companies.models import Company
from companies.policies import can_read_companies, require
from companies.selectors import for_list
from tibs.accounts.middleware import actor_in
from tibs.core.counting import capped_count
from tibs.core.htmx import wants_part
from tibs.core.paging import BadCursorError, links_of, page_of

ON_A_PAGE = 50
MOST_COUNTED = 1001
BY_NAME = ("name", "id")


@require_safe
def companies(request: HttpRequest) -> HttpResponse:
    """The companies that the reader may see, by name; the address holds the whole state of the list."""
    actor = actor_in(request)
    require(can_read_companies(actor))
    form = CompanyFilterForm(request.GET, visible=Company.objects.visible_to(actor))
    found = form.companies()
    rows = for_list(found)
    try:
        page, is_lost = page_of(rows, by=BY_NAME, size=ON_A_PAGE, cursor=request.GET.get("cursor", "")), False
    except BadCursorError:
        page, is_lost = page_of(rows, by=BY_NAME, size=ON_A_PAGE), True
    context = {
        "form": form,
        "page": page,
        "links": links_of(page, request),
        "count": capped_count(found, MOST_COUNTED),
        "is_lost": is_lost,
    }
    template = "companies/company_list.html"
    if wants_part(request):
        template += "#results"
    response = render(request, template, context, status=400 if is_lost or form.errors else 200)
    patch_vary_headers(response, ["HX-Request"])
    return response
