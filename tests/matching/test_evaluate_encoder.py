"""The command that judges the encoder."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

ROWS = (
    "code\ten\tde\n1\tsaw mill\tSägewerk mill\n2\trye bread\tRoggenbrot bread\n3\toak stairs\tEichentreppe\n"
)


def run(path, **options):
    out = StringIO()
    call_command("evaluate_encoder", path, stdout=out, **options)
    return out.getvalue()


def test_it_names_the_encoder_and_measures_with_and_without_means(tmp_path):
    path = tmp_path / "names.tsv"
    path.write_text(ROWS, encoding="utf-8")

    told = run(path)

    assert "3 things in 2 languages" in told
    assert "a stand-in that sees letters only" in told
    assert told.count("| 1.000 |") == 4, "with three rows everything is among the first ten"


def test_a_sample_is_the_same_each_time(tmp_path):
    path = tmp_path / "names.tsv"
    path.write_text(ROWS, encoding="utf-8")

    assert run(path, sample=2) == run(path, sample=2)
    assert "2 things" in run(path, sample=2)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"code\ten\n1\tsaw\n", "at least two of"),
        (b"", "at least two of"),
        (b"code\ten\tde\n1\tsaw\t\n", "no row with a name in each language"),
        (b"code\ten\tde\n1\t\xff\xfe\tb\n", "cannot be read"),
    ],
)
def test_another_file_is_refused_with_a_reason(tmp_path, content, said):
    path = tmp_path / "names.tsv"
    path.write_bytes(content)

    with pytest.raises(CommandError, match=said):
        run(path)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(CommandError, match=r"nowhere\.tsv cannot be read"):
        run(tmp_path / "nowhere.tsv")
