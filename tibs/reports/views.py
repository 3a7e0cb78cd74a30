"""Reports for those who answer for the whole network."""

from collections.abc import Iterator, Sequence

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from companies.policies import require
from tibs.accounts.middleware import actor_in
from tibs.rendering.csv_export import CsvValue, csv_lines
from tibs.reports import presenting
from tibs.reports.bases import count_bases
from tibs.reports.corridors import Corridors, count_corridors, newest_run_at
from tibs.reports.policies import can_read_reports, can_read_small_figures


@require_safe
@never_cache
def corridors(request: HttpRequest) -> HttpResponse:
    """Companies, profiles and matches by pair of countries."""
    actor = actor_in(request)
    require(can_read_reports(actor))
    sees_all = can_read_small_figures(actor)
    counted = count_corridors(with_small_figures=sees_all)
    bases = count_bases(counted, with_small_figures=sees_all)
    context = {
        "measures": presenting.measures(counted),
        "rules": presenting.rules(with_small_figures=sees_all),
        "bases": presenting.bases_table(bases),
        "pairs": presenting.pairs_table(counted),
        "as_of": timezone.now(),
        "run_at": newest_run_at(),
    }
    return render(request, "reports/corridors.html", context)


@require_safe
@never_cache
def corridors_csv(request: HttpRequest) -> StreamingHttpResponse:
    """The same figures as a file; what they mean stands below them."""
    actor = actor_in(request)
    require(can_read_reports(actor))
    sees_all = can_read_small_figures(actor)
    lines = csv_lines(
        presenting.pair_columns(), _lines(count_corridors(with_small_figures=sees_all), sees_all=sees_all)
    )
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="tibs-corridors.csv"'
    return response


def _lines(counted: Corridors, *, sees_all: bool) -> Iterator[Sequence[CsvValue]]:
    for own, partner, counts in counted.pairs():
        yield [own, partner, counts.companies, counts.profiles, counts.matches]
    yield []
    yield [_("As of"), date_format(timezone.now(), "DATETIME_FORMAT")]
    yield from ([code, definition] for code, definition in presenting.definitions().items())
    yield from ([_("Rule"), rule] for rule in presenting.rules(with_small_figures=sees_all))
