import pytest

from companies.choices import CompanyKind, SizeClass
from companies.services.imports.known import Known
from companies.services.imports.mapping import map_columns
from companies.services.imports.raw_rows import RawRow
from companies.services.imports.rows import BadRow, RowReader
from regions.models import PostcodeArea
from tests import factories
from tests.standing_scenes import standing

pytestmark = pytest.mark.django_db
GOOD = {"id": "7", "name": "Oak Oy", "country": "FI", "description": "We plane oak boards."}


@standing
def known():
    for code in ("PL", "FI"):
        factories.host(code)
    factories.nace("25.62")
    PostcodeArea.objects.create(country_id="PL", prefix="15", region_id="PL841")
    return Known.load(frozenset({"PL", "FI"}))


@pytest.fixture
def read(known):
    """Reads one row made of GOOD and other values."""

    def read_one(language="en", **values):
        cells = GOOD | values
        reader = RowReader(map_columns(list(cells), {}, language), known, len(cells))
        (row,) = reader.read(iter([RawRow(12, list(cells.values()))]))
        return row

    return read_one


def test_good_row_holds_the_values_of_its_columns_and_no_others(read):
    row = read()

    assert (row.line, row.external_id, row.country) == (12, "7", "FI")
    assert row.company == {"name": "Oak Oy", "country_id": "FI"}
    assert row.text == {"offered": "We plane oak boards.", "language": "en"}


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"country": "Poland"}, {"country_id": "PL"}),
        ({"country": " fi "}, {"country_id": "FI"}),
        ({"website": "oak.example"}, {"website": "http://oak.example"}),
        ({"website": ""}, {"website": ""}),
        ({"nace": "C25.62"}, {"nace_id": "25.62"}),
        ({"nace": "2562"}, {"nace_id": "25.62"}),
        ({"nace": "25"}, {"nace_id": "25"}),
        ({"nace": "c"}, {"nace_id": "C"}),
        ({"nace": ""}, {"nace_id": None}),
        ({"country": "PL", "postcode": "15-351"}, {"region_id": "PL841"}),
        ({"country": "PL", "postcode": "99-999"}, {"region_id": None}),
        ({"name": "  Oak \n Oy "}, {"name": "Oak Oy"}),
        ({"employees": "9"}, {"size_class": SizeClass.MICRO, "kind": CompanyKind.SME}),
        ({"employees": "1 250"}, {"size_class": SizeClass.LARGE, "kind": CompanyKind.OTHER}),
        ({"employees": ""}, {"size_class": SizeClass.UNKNOWN, "kind": CompanyKind.OTHER}),
        ({"size": "small"}, {"size_class": SizeClass.SMALL, "kind": CompanyKind.SME}),
        ({"employees": "", "size": "medium"}, {"size_class": SizeClass.MEDIUM, "kind": CompanyKind.SME}),
        ({"kind": "research"}, {"kind": CompanyKind.RESEARCH}),
        ({"kind": "cluster", "employees": "5"}, {"kind": CompanyKind.CLUSTER}),
    ],
)
def test_cells_become_values(read, values, expected):
    assert read(**values).company.items() >= expected.items()


def test_text_keeps_its_line_breaks_and_loses_what_nobody_sees(read):
    assert read(description=" one\ntwo\x0b ").text["offered"] == "one\ntwo"


def test_text_that_begins_like_a_formula_stays_text(read):
    row = read(name='=HYPERLINK("http://x.example")', description="=1+1")

    assert (row.company["name"], row.text["offered"]) == ('=HYPERLINK("http://x.example")', "=1+1")


def test_language_of_a_row_comes_before_that_of_the_file(read):
    assert read(lang="PL", language="lv").text["language"] == "pl"
    assert read(lang="", language="lv").text["language"] == "lv"


@pytest.mark.parametrize(
    ("values", "column", "reason"),
    [
        ({"id": " "}, "id", "The cell is empty."),
        ({"name": ""}, "name", "The cell is empty."),
        ({"name": "x" * 201}, "name", "The text has 201 characters; 200 fit."),
        ({"country": "SE"}, "country", "“SE” is not a country with a host organisation (FI, PL)."),
        ({"description": ""}, "description", "The text is empty."),
        ({"description": "x" * 4001}, "description", "The text has 4001 characters; 4000 fit."),
        ({"description": "a\0b"}, "description", "The cell holds a NUL character."),
        ({"name": "M\udcfcller"}, "name", "The text is damaged: bytes do not fit the encoding of the file."),
        ({"website": "not a page"}, "website", "“not a page” is not a web address."),
        (
            {"website": "javascript:alert(1)//x.y"},
            "website",
            "“javascript:alert(1)//x.y” is not a web address.",
        ),
        ({"website": "ftp://files.example"}, "website", "“ftp://files.example” is not a web address."),
        ({"website": "http://[oak"}, "website", "“http://[oak” is not a web address."),
        ({"nace": "99.99"}, "nace", "“99.99” is not a code of NACE Rev. 2.1."),
        ({"employees": "many"}, "employees", "“many” is not a whole number."),
        ({"employees": "-3"}, "employees", "“-3” is not a whole number."),
        ({"size": "tiny"}, "size", "“tiny” is not one of MICRO, SMALL, MEDIUM, LARGE."),
        ({"kind": "club"}, "kind", "“club” is not one of SME, RESEARCH, CLUSTER, OTHER."),
        ({"lang": "sv"}, "lang", "“sv” is not one of the languages en, pl, fi, da, de, et, lt, lv."),
    ],
)
def test_wrong_cell_is_named_with_its_line_and_column(read, values, column, reason):
    row = read(**values)

    (problem,) = row.problems
    assert (problem.line, problem.column, problem.reason) == (12, column, reason)


def test_everything_wrong_with_a_row_is_said_at_once(read):
    row = read(id="", country="XX", description="")

    assert [problem.column for problem in row.problems] == ["id", "country", "description"]


@pytest.mark.parametrize("cells", [["7", "Oak Oy", "FI"], ["7", "Oak Oy", "FI", "text", "more"]])
def test_row_of_another_width_is_refused(known, cells):
    reader = RowReader(map_columns(list(GOOD), {}), known, len(GOOD))

    (row,) = reader.read(iter([RawRow(3, cells)]))

    assert isinstance(row, BadRow)
    assert row.problems[0].reason == f"The row has {len(cells)} cells, the heading has 4."


def test_empty_cells_behind_the_heading_do_no_harm(known):
    reader = RowReader(map_columns(list(GOOD), {}), known, len(GOOD))

    (row,) = reader.read(iter([RawRow(3, [*GOOD.values(), "", ""])]))

    assert row.external_id == "7"


def test_formula_that_was_never_computed_is_reported(known):
    reader = RowReader(map_columns(list(GOOD), {}), known, len(GOOD))

    (row,) = reader.read(iter([RawRow(3, ["7", "", "FI", "text"], uncomputed=frozenset({1}))]))

    assert row.problems[0].reason == "The formula in this cell was never computed."
