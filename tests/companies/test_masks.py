import pytest

from companies.masks import masked_email, masked_phone


@pytest.mark.parametrize(
    ("address", "shown"),
    [("eva.kask@saha.ee", "e•••@saha.ee"), ("no address", "•••"), ("@saha.ee", "•••"), ("", "•••")],
)
def test_address_keeps_its_first_letter_and_domain(address, shown):
    assert masked_email(address) == shown


@pytest.mark.parametrize(("number", "shown"), [("+371 29 555 123", "••• 23"), ("112", "•••"), ("", "•••")])
def test_number_keeps_its_last_two_digits(number, shown):
    assert masked_phone(number) == shown
