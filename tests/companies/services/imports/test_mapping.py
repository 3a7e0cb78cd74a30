import pytest

from companies.services.imports.mapping import map_columns, read_mapping
from companies.services.imports.problems import BadFileError

HEADING = ["external_id", "name", "country", "description"]


def test_common_headings_are_understood():
    mapping = map_columns(["ID", "Company name:", "Country code", "URL", "Description_DE", "Ticker"], {})

    assert mapping.places == {"external_id": 0, "name": 1, "country": 2, "website": 3, "offered": 4}
    assert mapping.columns["name"] == "Company name:"
    assert mapping.unused == ("Ticker",)
    assert mapping.language == "de"


def test_language_is_the_given_one_where_no_heading_says_it():
    assert map_columns(HEADING, {}, "lv").language == "lv"


def test_what_is_told_overrides_the_guess():
    mapping = map_columns([*HEADING, "Firma"], {"name": "Firma"})

    assert mapping.columns["name"] == "Firma"
    assert mapping.unused == ("name",)


def test_column_is_found_by_its_exact_name_before_a_similar_one():
    assert map_columns([*HEADING, "firma", "Firma"], {"city": "Firma"}).places["city"] == 5


def test_empty_name_leaves_a_field_out():
    assert "city" not in map_columns([*HEADING, "city"], {"city": ""}).places


def test_request_alone_is_enough():
    assert map_columns(["id", "name", "country", "sought"], {}).places["sought"] == 3


def test_missing_columns_are_named_together_with_those_that_exist():
    with pytest.raises(BadFileError) as refused:
        map_columns(["Firma", "Ort"], {})

    assert str(refused.value) == (
        "The file has no column for: external_id, name, country, offered. Name it by --mapping field=column. "
        "Its columns are: Firma, Ort."
    )


def test_told_column_that_is_not_there_is_refused():
    with pytest.raises(BadFileError, match=r"no column “Ort”.*external_id, name, country, description"):
        map_columns(HEADING, {"city": "Ort"})


def test_long_list_of_columns_is_cut():
    with pytest.raises(BadFileError) as refused:
        map_columns([f"column {number}" for number in range(300)], {})

    assert "column 29, …" in str(refused.value)
    assert "column 30" not in str(refused.value)


def test_column_that_is_there_twice_is_refused_where_it_matters():
    with pytest.raises(BadFileError, match="“Name” twice"):
        map_columns(["id", "Name", "name", "country", "offered"], {})

    assert map_columns([*HEADING, "x", "x"], {}).unused == ("x", "x")


def test_mapping_is_read_from_pairs():
    assert read_mapping("name=Firma Name, city = Ort") == {"name": "Firma Name", "city": "Ort"}
    assert read_mapping("") == {}


def test_mapping_is_read_from_a_file(tmp_path):
    path = tmp_path / "columns.toml"
    path.write_text('name = "Firma, Name"\n', encoding="utf-8")

    assert read_mapping(str(path)) == {"name": "Firma, Name"}


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("name", "“name” is not a mapping"),
        ("title=Firma", "fields that do not exist: title. Fields are: external_id, name"),
        ("nowhere.toml", "cannot be read"),
    ],
)
def test_bad_mapping_is_refused(text, reason):
    with pytest.raises(BadFileError, match=reason):
        read_mapping(text)


@pytest.mark.parametrize("content", ["name = 3", "name = [", "[name]\na = 1"])
def test_bad_mapping_file_is_refused(tmp_path, content):
    path = tmp_path / "columns.toml"
    path.write_text(content, encoding="utf-8")

    with pytest.raises(BadFileError):
        read_mapping(str(path))
