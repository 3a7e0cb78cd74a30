import pytest

from regions.postcodes import digits_of, prefixes_of


@pytest.mark.parametrize(
    ("written", "country", "length", "digits"),
    [
        ("15-351", "PL", 5, "15351"),
        ("PL 15-351", "PL", 5, "15351"),
        ("LV-4101", "LV", 4, "4101"),
        ("lv4101", "LV", 4, "4101"),
        (" 6200 ", "DK", 4, "6200"),
        ("6200", "DE", 5, None),
        ("4101A", "LV", 4, None),
        ("LV-4101", "LT", 5, None),
        ("٤١٠١", "LV", 4, None),
        ("", "PL", 5, None),
    ],
)
def test_digits_are_read_only_from_a_postcode_of_the_country(written, country, length, digits):
    assert digits_of(written, country=country, length=length) == digits


def test_prefixes_begin_with_the_longest():
    assert prefixes_of("4101") == ["4101", "410", "41", "4"]
