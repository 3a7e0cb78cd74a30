"""How the assessment is answered and what it recommends, for those who answer for the whole network."""

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from companies.assessments.versions import instrument
from companies.assessments.words import words
from companies.policies import require
from tibs.accounts.middleware import actor_in
from tibs.rendering.csv_export import csv_lines
from tibs.rendering.xlsx_export import CONTENT_TYPE, Sheet, workbook
from tibs.reports.assessments import files, presenting
from tibs.reports.assessments.areas import Distribution, count_areas
from tibs.reports.assessments.items import Questions, count_items
from tibs.reports.policies import can_read_reports, can_read_small_figures


@require_safe
@never_cache
def assessments(request: HttpRequest) -> HttpResponse:
    """Recommended areas by country and stage, the reliability of blocks, and every question."""
    counted, questions, rules = _figures(request)
    spoken = words(questions.instrument, get_language() or "en")
    context = {
        "counted": counted,
        "finding": presenting.finding(counted, spoken),
        "bars": presenting.area_bars(counted, spoken),
        "matrices": [
            (title, presenting.matrix(counted, kind, spoken)) for kind, title in presenting.titles().items()
        ],
        "reliability": presenting.reliability_table(questions, spoken),
        "firm": presenting.firm_table(questions, spoken),
        "groups": presenting.item_groups(questions, spoken),
        "rules": rules,
        "as_of": timezone.now(),
    }
    return render(request, "reports/assessments.html", context)


@require_safe
@never_cache
def assessments_csv(request: HttpRequest) -> StreamingHttpResponse:
    """The same figures as one file of text."""
    tables = _tables(request)
    head = [_("As of"), date_format(timezone.now(), "DATETIME_FORMAT")]
    response = StreamingHttpResponse(
        csv_lines(head, files.lines(tables)), content_type="text/csv; charset=utf-8"
    )
    response.headers["Content-Disposition"] = 'attachment; filename="tibs-assessments.csv"'
    return response


@require_safe
@never_cache
def assessments_xlsx(request: HttpRequest) -> HttpResponse:
    """The same figures as a workbook."""
    response = HttpResponse(workbook(_tables(request)), content_type=CONTENT_TYPE)
    response.headers["Content-Disposition"] = 'attachment; filename="tibs-assessments.xlsx"'
    return response


def _figures(request: HttpRequest) -> tuple[Distribution, Questions, list[str]]:
    """What this reader sees."""
    actor = actor_in(request)
    require(can_read_reports(actor))
    sees_all = can_read_small_figures(actor)
    rules = presenting.rules(least=instrument().rules.reliability_from, with_small_figures=sees_all)
    return count_areas(with_small_figures=sees_all), count_items(with_small_figures=sees_all), rules


def _tables(request: HttpRequest) -> list[Sheet]:
    counted, questions, rules = _figures(request)
    return files.sheets(counted, questions, words(questions.instrument, get_language() or "en"), rules)
