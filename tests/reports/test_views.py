"""The corridors as people read them, on the page and in the file."""

import csv
import io
import re

import pytest

from tests import factories
from tibs.accounts.roles import RoleCode


@pytest.fixture
def matches(firms):
    """Six Polish firms with a Finnish partner each, one of them with a Latvian one too."""
    polish, finnish, latvian = firms("PL", 6), firms("FI", 6), firms("LV", 1)
    for own, partner in zip(polish, finnish, strict=True):
        factories.match(own, partner)
    factories.match(polish[0], latvian[0])


@pytest.fixture
def as_role(client, db):
    def sign_in(role):
        client.force_login(factories.person("Signe Holm", role=role))
        return client

    return sign_in


def rows_of(response) -> list[list[str]]:
    return list(csv.reader(io.StringIO(response.getvalue().decode("utf-8-sig"))))


@pytest.mark.usefixtures("matches")
class TestCorridors:
    def test_staff_reads_the_finding_the_date_and_the_definition(self, as_role):
        page = as_role(RoleCode.STAFF).get("/reports/corridors/").text

        assert "6 companies from Finland have a possible partner in Poland" in page
        assert re.search(r"As of\s+\d+ \w+ \d{4}, \d\d:\d\d", page)
        assert "Companies of the row&#x27;s country with a profile that has a match" in page
        assert "withheld" not in page

    def test_analyst_reads_that_small_figures_are_withheld(self, as_role):
        page = as_role(RoleCode.ANALYST).get("/reports/corridors/").text

        assert "Figures from 1 to 4 are withheld" in page
        assert '<span class="visually-hidden">withheld</span>' in page

    @pytest.mark.parametrize(("role", "latvian"), [(RoleCode.STAFF, "1"), (RoleCode.ANALYST, "")])
    def test_file_holds_the_figures_that_the_reader_sees(self, as_role, role, latvian):
        response = as_role(role).get("/reports/corridors.csv")

        rows = rows_of(response)
        assert response["Content-Type"] == "text/csv; charset=utf-8"
        assert ["PL", "FI", "6", "6", "6"] in rows
        assert ["PL", "LV", latvian, latvian, latvian] in rows

    def test_file_has_a_row_for_every_figure_of_the_page(self, as_role):
        staff = as_role(RoleCode.STAFF)

        measures = staff.get("/reports/corridors/").context["measures"]
        rows = rows_of(staff.get("/reports/corridors.csv"))

        shown = {
            (cell.row.code, cell.column.code): cell.value
            for row in measures[2].matrix.rows
            for cell in row.cells
            if cell.row != cell.column
        }
        assert {(row[0], row[1]): int(row[4]) for row in rows[1 : len(shown) + 1]} == shown

    def test_file_says_when_and_what_it_counts(self, as_role):
        last = rows_of(as_role(RoleCode.ANALYST).get("/reports/corridors.csv"))[-8:]

        assert last[0][0] == "As of"
        assert [row[0] for row in last[1:]] == ["companies", "profiles", "matches", *["Rule"] * 4]

    def test_names_of_companies_stand_nowhere(self, as_role):
        page = as_role(RoleCode.STAFF).get("/reports/corridors/").text

        assert "Firm PL" not in page


def test_empty_network_says_that_nothing_is_there_yet(as_role):
    page = as_role(RoleCode.STAFF).get("/reports/corridors/").text

    assert "There is nothing to show for any pair of countries yet." in page


def test_broker_is_refused(client, johanna):
    client.force_login(johanna)

    assert client.get("/reports/corridors/").status_code == 403
    assert client.get("/reports/corridors.csv").status_code == 403


def test_visitor_is_asked_to_log_in(client, db):
    assert "/account/login/" in client.get("/reports/corridors/")["Location"]
