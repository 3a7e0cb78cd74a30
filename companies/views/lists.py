"""The table of companies."""

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse, QueryDict, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from companies.choices import ListPlace
from companies.lists import COLUMNS, Column, cells, with_open_step
from companies.models import Company
from companies.querysets import CompanyQuerySet
from companies.selectors import with_open_profiles
from companies.views.list_state import context_of, state_of, views_for
from companies.views.saved_views import opening
from tibs.accounts.middleware import actor_in
from tibs.core.counting import capped_count
from tibs.core.htmx import wants_part
from tibs.core.paging import BadCursorError, Page, links_of, page_of
from tibs.rendering.csv_export import CsvValue, csv_lines

ON_A_PAGE = 50
MOST_COUNTED = 1001


@require_safe
def companies(request: HttpRequest) -> HttpResponse:
    """The companies that the reader may see; the address holds the whole state of the list."""
    views = views_for(request, ListPlace.COMPANIES)
    if first := opening(request, views, actor_in(request)):
        return first
    state = state_of(request)
    columns = [COLUMNS[code] for code in state.form.columns]
    page, is_lost = _page(rows_with(state.companies, columns), state.by, request.GET.get("cursor", ""))
    context = context_of(state, request, views) | {
        "columns": columns,
        "rows": [(company, cells(company, columns)) for company in page.rows],
        "page": page,
        "links": links_of(page, request),
        "count": capped_count(state.companies, MOST_COUNTED),
        "is_lost": is_lost,
    }
    template = "companies/company_list.html#results" if wants_part(request) else "companies/company_list.html"
    response = render(request, template, context, status=400 if is_lost else state.status)
    patch_vary_headers(response, ["HX-Request"])
    return response


@require_safe
def export(request: HttpRequest) -> StreamingHttpResponse:
    """The list as a CSV file: the same companies, order and columns as on the screen, all pages of it.

    From the ticked rows of the table come `company` and the `state` of the list.
    """
    query = QueryDict(request.GET["state"], mutable=True) if "state" in request.GET else None
    state = state_of(request, query=query)
    companies = state.companies
    if (chosen := request.GET.getlist("company")) and "all" not in request.GET:
        companies = Company.objects.visible_to(state.actor).filter(public_id__in=chosen)
        companies = with_open_step(companies)
    columns = [COLUMNS[code] for code in state.form.columns]
    rows = rows_with(companies, columns).order_by(*state.by)
    header = [gettext("Company"), *(str(column.label) for column in columns), gettext("TIBS number")]
    response = StreamingHttpResponse(
        csv_lines(header, _values(rows, columns)), content_type="text/csv; charset=utf-8", status=state.status
    )
    response["Content-Disposition"] = f'attachment; filename="tibs-companies-{timezone.localdate()}.csv"'
    return response


def rows_with(companies: CompanyQuerySet, columns: list[Column]) -> CompanyQuerySet:
    """With what the columns show, and nothing that no column asks for."""
    codes = {column.code for column in columns}
    related = {"place": "country", "owner": "owner", "region": "region", "activity": "nace"}
    rows = companies.select_related("country", *(related[code] for code in codes & related.keys()))
    return with_open_profiles(rows) if "profiles" in codes else rows


def _page(rows: CompanyQuerySet, by: tuple[str, str], cursor: str) -> tuple[Page[Company], bool]:
    """The page, and whether the link to it was lost, so that it is the first one."""
    try:
        return page_of(rows, by=by, size=ON_A_PAGE, cursor=cursor), False
    except BadCursorError:
        return page_of(rows, by=by, size=ON_A_PAGE), True


def _values(rows: CompanyQuerySet, columns: list[Column]) -> Iterator[list[CsvValue]]:
    for company in rows.iterator(chunk_size=500):
        yield [company.name, *(column.text(company) for column in columns), company.public_id]
