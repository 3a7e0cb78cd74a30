"""Which assessments count, and where."""

from companies.models import Assessment
from tests import factories
from tibs.reports.assessments.areas import COUNTRY, STAGE, count_areas


def test_companies_are_counted_by_country_by_stage_and_in_all(assessed):
    assessed(2, "PL", area="MKT", stage="active")
    assessed(1, "FI", area="MKT", stage="")

    counted = count_areas(with_small_figures=True)

    assert counted.cell(COUNTRY, "PL", "MKT") == 2
    assert counted.cell(STAGE, "", "MKT") == 1
    assert counted.of_area("MKT") == counted.total == 3
    assert counted.of_group(COUNTRY, "FI") == 1
    assert counted.cell(COUNTRY, "FI", "PRC") == 0


def test_a_company_counts_once_by_its_newest_completed_assessment(assessed, polish_company):
    for number, area in enumerate(["MKT", "PRC"]):
        made = Assessment.objects.create(company=polish_company, instrument_version=1, number=number)
        Assessment.objects.filter(pk=made.pk).update(completed_at=made.created_at, recommended_area=area)
    Assessment.objects.create(company=polish_company, instrument_version=1, number=2)

    counted = count_areas(with_small_figures=True)

    assert (counted.total, counted.of_area("PRC"), counted.of_area("MKT")) == (1, 1, 0)


def test_companies_that_were_erased_do_not_count(assessed):
    assessed(1)
    company = Assessment.objects.get().company
    type(company).objects.filter(pk=company.pk).update(erased_at=company.created_at)

    assert count_areas(with_small_figures=True).total == 0


def test_analyst_sees_large_figures_and_no_small_one(assessed):
    assessed(6, "PL", area="MKT")
    assessed(6, "FI", area="PRC")
    assessed(2, "DK", area="PRC", stage="future")

    counted = count_areas(with_small_figures=False)

    assert counted.cell(COUNTRY, "PL", "MKT") == 6
    assert counted.cell(COUNTRY, "DK", "PRC") is None
    assert counted.of_area("PRC") is None
    assert counted.total == 14


def test_fewer_than_five_in_all_show_nothing(assessed):
    assessed(4)

    counted = count_areas(with_small_figures=False)

    assert counted.total is None
    assert set(counted.figures.values()) == {None}
    assert factories.host("PL").country_id in counted.countries
