"""The command as the operator sees it, with files that nobody meant well."""

import csv
import io

import pytest
import xlsxwriter
from django.core.management import CommandError, call_command

from companies.models import Company, ProfileText
from tests import factories

pytestmark = pytest.mark.django_db
HEADING = "external_id,name,country,description"
GOOD = "1,Oak Oy,FI,We plane oak boards."
LAST = "2,Ash Oy,FI,We plane ash boards."


@pytest.fixture(autouse=True)
def hosts():
    return {code: factories.host(code) for code in ("PL", "FI")}


@pytest.fixture
def run(tmp_path):
    """Imports a file with this content; gives the exit code, what was said, and what was complained about."""

    def run_on(content, name="firms.csv", **options):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        out, err, code = io.StringIO(), io.StringIO(), 0
        try:
            call_command("import_companies", path, stdout=out, stderr=err, no_color=True, **options)
        except SystemExit as ended:
            code = ended.code
        return code, out.getvalue(), err.getvalue()

    return run_on


def imported():
    return list(Company.objects.order_by("external_id").values_list("external_id", flat=True))


def table(*rows):
    return "\n".join([HEADING, *rows]) + "\n"


def test_good_file_is_imported(run):
    code, said, complaints = run(table(GOOD, LAST))

    assert (code, complaints) == (0, "")
    assert "2 created, 0 updated, 0 unchanged, 0 left alone, 0 refused" in said
    assert Company.objects.get(external_id="1").source == "firms"


def test_source_and_mapping_are_what_the_operator_says(run):
    run(
        "Nr;Firma;Land;Text\n1;Oak Oy;FI;Oak.\n",
        source="register",
        mapping="external_id=Nr,name=Firma,country=Land,offered=Text",
    )

    assert Company.objects.get().source == "register"


def test_host_is_what_the_operator_says(run):
    other = factories.host("FI", short_name="Other")

    run(table(GOOD), host=[other.slug])

    assert Company.objects.get().host == other


def test_unknown_host_is_refused_with_those_that_exist(run):
    with pytest.raises(CommandError, match=r"no host organisation nobody. There are: pfrr, kinno\."):
        run(table(GOOD), host=["nobody"])


def test_long_name_of_a_source_is_refused(run):
    with pytest.raises(CommandError, match="longer than 60"):
        run(table(GOOD), source="x" * 61)


def test_columns_that_are_used_and_left_out_are_said(run):
    _code, said, _complaints = run(f"{HEADING},industry\n{GOOD},wood\n")

    assert "offered <- description" in said
    assert "Columns that are left out: industry" in said


def test_dry_run_writes_nothing(run):
    code, said, _complaints = run(table(GOOD, ",,,"), dry_run=True)

    assert code == 0
    assert "1 created" in said
    assert "nothing was written" in said
    assert imported() == []


def test_bad_row_is_named_and_the_exit_code_says_so(run):
    code, said, complaints = run(table(GOOD, "2,,SE,", LAST.replace("2", "3")))

    assert code == 1
    assert "2 created, 0 updated, 0 unchanged, 0 left alone, 1 refused" in said
    assert complaints.splitlines() == [
        "  line 3, name: The cell is empty.",
        "  line 3, country: “SE” is not a country with a host organisation (FI, PL).",
        "  line 3, description: The text is empty.",
    ]
    assert imported() == ["1", "3"]


def test_problems_beyond_fifty_are_counted(run):
    _code, _said, complaints = run(table(*(f"{n},,FI,text" for n in range(60))))

    assert len(complaints.splitlines()) == 51
    assert complaints.splitlines()[-1] == "  and 10 more problems"


COSTS_ONE_ROW = {
    "malformed encoding": (table(GOOD, "9,Żubr,PL,x").encode() + b"3,M\xfcller,FI,text\n", "damaged"),
    "NUL byte": (table(GOOD, "3,A\0B,FI,text"), "NUL character"),
    "duplicate id": (table(GOOD, GOOD), "stands on line 2 already"),
    "unclosed quotation mark": (table(GOOD, '3,"Oak,FI,text'), "never closed"),
    "50 MB field": (table(GOOD, "3,Oak,FI," + "x" * 50_000_000), "longer than 1 MB"),
    "50 MB quoted field": (table(GOOD, '3,Oak,FI,"' + "x" * 50_000_000 + '"'), "longer than 1 MB"),
    "200 kB field": (table(GOOD, "3,Oak,FI," + "x" * 200_000), "longer than 100 kB"),
    "5 kB field": (table(GOOD, "3,Oak,FI," + "x" * 5_000), "4000 fit"),
    "too few cells": (table(GOOD, "3,Oak"), "2 cells, the heading has 4"),
    "too many cells": (table(GOOD, "3,Oak,FI,a,b"), "5 cells, the heading has 4"),
}


@pytest.mark.parametrize("trouble", COSTS_ONE_ROW)
def test_trouble_with_one_row_costs_that_row_only(run, trouble):
    content, reason = COSTS_ONE_ROW[trouble]
    content = content if isinstance(content, bytes) else content.encode()

    code, said, complaints = run(content + LAST.encode() + b"\n")

    assert code == 1
    assert "1 refused" in said
    assert reason in complaints
    assert {"1", "2"} <= set(imported())
    assert "3" not in imported()


COSTS_THE_FILE = {
    "empty file": (b"", "The file is empty"),
    "blank file": (b"\n\n\n", "The file has no rows"),
    "missing columns": (b"name,town\nOak,Kotka\n", "no column for: external_id, country, offered"),
    "column twice": (f"{HEADING},name\n".encode(), "the column “name” twice"),
    "heading in another encoding": (
        "external_id,name,country,Beschreibung łódź".encode("cp1250"),
        "not text",
    ),
    "one huge line": (b"x" * 3_000_000, "longer than 1 MB"),
    "too many columns": (b",".join(b"c%d" % n for n in range(1001)), "more than 1000 columns"),
    "PDF": (b"%PDF-1.7\n", "neither CSV nor XLSX"),
    "gzip": (b"\x1f\x8b\x08\0\0", "neither CSV nor XLSX"),
}


@pytest.mark.parametrize("trouble", COSTS_THE_FILE)
def test_trouble_with_the_file_imports_nothing_and_says_why(run, trouble):
    content, reason = COSTS_THE_FILE[trouble]

    with pytest.raises(CommandError, match=reason):
        run(content)

    assert imported() == []


HARMLESS = {
    "semicolons": table(GOOD).replace(",", ";"),
    "tabs": table(GOOD).replace(",", "\t"),
    "Windows line ends": table(GOOD).replace("\n", "\r\n"),
    "UTF-8 with a mark": table(GOOD).encode("utf-8-sig"),
    "UTF-16": table(GOOD).encode("utf-16"),
    "no line end": table(GOOD).strip(),
    "blank lines": "\n\n" + table(GOOD, "", "", ",,,"),
    "300 columns": ",".join([HEADING, *(f"c{n}" for n in range(296))]) + f"\n{GOOD}" + ",x" * 296,
    "empty columns at the end": f"{HEADING},,\n{GOOD},,\n",
}


@pytest.mark.parametrize("kind", HARMLESS)
def test_harmless_variety_is_understood(run, kind):
    code, _said, complaints = run(HARMLESS[kind])

    assert (code, complaints) == (0, "")
    assert imported() == ["1"]
    assert ProfileText.objects.get().offered == "We plane oak boards."


def test_heading_alone_imports_nothing_and_is_no_error(run):
    code, said, _complaints = run(HEADING)

    assert code == 0
    assert "0 created" in said


def test_western_file_is_read_and_the_guess_is_said(run):
    _code, said, _complaints = run(table("1,Jyväskylän Ölpuu,FI,Öljyä.").encode("cp1252"))

    assert "read as cp1252" in said
    assert Company.objects.get().name == "Jyväskylän Ölpuu"


def test_polish_file_is_read_when_its_encoding_is_said(run):
    content = table("1,Łódź,PL,Dąb.").encode("cp1250")

    assert run(content)[0] == 1
    assert run(content, encoding="cp1250")[0] == 0
    assert Company.objects.get().name == "Łódź"


def test_formula_in_a_cell_stays_text(run):
    run(table("1,=1+1,FI,\"=cmd|' /C calc'!A0\""))

    assert Company.objects.get().name == "=1+1"


def test_workbook_is_imported(run, tmp_path):
    path = tmp_path / "made.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Firms")
        sheet.write_row(0, 0, HEADING.split(","))
        sheet.write_row(1, 0, [1, "Oak Oy", "FI", "We plane oak boards."])
        sheet.write_row(2, 0, [2, "", "FI", "text"])

    code, said, complaints = run(path.read_bytes(), name="firms.xlsx")

    assert code == 1
    assert "The sheet “Firms” was read." in said
    assert complaints == "  line 3, name: The cell is empty.\n"
    assert imported() == ["1"]


@pytest.mark.long
def test_five_thousand_rows_are_imported_and_then_unchanged(run):
    lines = io.StringIO()
    writer = csv.writer(lines)
    writer.writerow(HEADING.split(","))
    writer.writerows([number, f"Firm {number}", "PL", f"Boards, {number} of them."] for number in range(5000))

    first = run(lines.getvalue())
    second = run(lines.getvalue())

    assert "5000 created, 0 updated, 0 unchanged" in first[1]
    assert "0 created, 0 updated, 5000 unchanged" in second[1]
    assert Company.objects.count() == 5000
