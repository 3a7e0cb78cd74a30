import pytest

from matching.engine import nace


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("25.62", "25.62"),
        ("C25.62", "25.62"),
        ("c 25.6", "25.6"),
        ("2562", "25.62"),
        ("25.62.1", "25.62"),
        ("25", "25"),
        ("C", "C"),
        ("", ""),
        ("7", ""),
        ("n/a", ""),
    ],
)
def test_any_usual_writing_gives_one_code(written: str, code: str) -> None:
    assert nace.normalise(written) == code


@pytest.mark.parametrize(
    ("code", "section", "division", "group"),
    [
        ("01.11", "A", "01", "01.1"),
        ("25.6", "C", "25", "25.6"),
        ("33", "C", "33", ""),
        ("58.1", "J", "58", "58.1"),
        ("62.10", "K", "62", "62.1"),
        ("99", "V", "99", ""),
        ("F", "F", "", ""),
        ("", "", "", ""),
        ("00.1", "", "00", "00.1"),
    ],
)
def test_a_code_knows_the_levels_above_it(code: str, section: str, division: str, group: str) -> None:
    assert (nace.section(code), nace.division(code), nace.group(code)) == (section, division, group)
