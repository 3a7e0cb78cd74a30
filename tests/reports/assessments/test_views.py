"""The figures of assessments as people read them, on the page and in the files."""

import csv
import io

import pytest
import python_calamine

from tests import factories
from tibs.accounts.roles import RoleCode


@pytest.fixture
def network(assessed):
    assessed(6, "PL", area="MKT", given={("", "FC1"): 3})
    assessed(2, "FI", area="PRC", given={("", "FC1"): 1})


@pytest.fixture
def as_role(client, db):
    def sign_in(role):
        client.force_login(factories.person("Signe Holm", role=role))
        return client

    return sign_in


def csv_rows(client):
    text = client.get("/reports/assessments.csv").getvalue().decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


def xlsx_tables(client):
    """Title and rows of each sheet, values as the CSV file writes them."""
    book = python_calamine.load_workbook(io.BytesIO(client.get("/reports/assessments.xlsx").content))
    pages = [book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names]
    return {page[0][0]: [[plain(value) for value in row] for row in page[2:]] for page in pages}


def plain(value):
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


@pytest.mark.usefixtures("network")
class TestReport:
    def test_staff_reads_the_finding_and_every_figure(self, as_role):
        page = as_role(RoleCode.STAFF).get("/reports/assessments/").text

        assert "Marketing and sales is recommended most often that may be shown: to 6 companies." in page
        assert "in the row Poland stands out, with 6 companies." in page
        assert "withheld" not in page

    def test_analyst_reads_that_small_figures_are_withheld(self, as_role):
        page = as_role(RoleCode.ANALYST).get("/reports/assessments/").text

        assert "Figures from 1 to 4 are withheld" in page
        assert '<span class="visually-hidden">withheld</span>' in page

    def test_page_says_why_there_is_no_alpha(self, as_role):
        page = as_role(RoleCode.STAFF).get("/reports/assessments/").text

        assert "Alpha needs 30 complete answers to a block" in page
        assert "only 0" in page

    def test_names_of_companies_stand_nowhere(self, as_role):
        staff = as_role(RoleCode.STAFF)

        assert "Firm PL" not in staff.get("/reports/assessments/").text
        assert not any("Firm PL" in cell for row in csv_rows(staff) for cell in row)

    @pytest.mark.parametrize("role", [RoleCode.STAFF, RoleCode.ANALYST])
    def test_both_files_hold_the_same_figures(self, as_role, role):
        reader = as_role(role)

        rows = csv_rows(reader)
        for title, table in xlsx_tables(reader).items():
            start = rows.index([title]) + 1
            of_file = [[plain_text(cell) for cell in row] for row in rows[start : start + len(table)]]
            assert of_file == table

    @pytest.mark.parametrize(("role", "finnish"), [(RoleCode.STAFF, "2"), (RoleCode.ANALYST, "")])
    def test_file_holds_the_figures_that_the_reader_sees(self, as_role, role, finnish):
        rows = csv_rows(as_role(role))

        columns = next(row for row in rows if row and row[0] == "Country")
        finland = next(row for row in rows if row and row[0] == "Finland")
        assert finland[columns.index("Procurement")] == finnish

    def test_matrix_of_the_page_holds_the_figures_of_the_file(self, as_role):
        staff = as_role(RoleCode.STAFF)

        (_title, by_country), _by_stage = staff.get("/reports/assessments/").context["matrices"]
        rows = {row[0]: row[1:] for row in csv_rows(staff) if row}

        for row in by_country.rows:
            assert rows[row.axis.label] == [str(cell.value) for cell in row.cells] + [str(row.total)]


def plain_text(value):
    try:
        return plain(float(value))
    except ValueError:
        return value


def test_empty_network_says_that_nothing_is_there_yet(as_role):
    page = as_role(RoleCode.STAFF).get("/reports/assessments/").text

    assert "There is nothing to show yet." in page


def test_finnish_staff_reads_the_questions_in_finnish(client, assessed):
    assessed(1)
    client.force_login(factories.person("Signe Holm", role=RoleCode.STAFF, language="fi"))

    assert "Hankinta" in client.get("/reports/assessments/").text


def test_broker_is_refused(client, johanna):
    client.force_login(johanna)

    for name in ("assessments/", "assessments.csv", "assessments.xlsx"):
        assert client.get(f"/reports/{name}").status_code == 403
