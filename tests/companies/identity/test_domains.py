"""A web or mail address tells the firm, unless many share it."""

import pytest

from companies.identity import normalised_domain


@pytest.mark.parametrize(
    ("address", "domain"),
    [
        ("http://www.dab.pl", "dab.pl"),
        ("https://sklep.dab.pl/oferta?strona=2", "dab.pl"),
        ("DAB.PL/", "dab.pl"),
        ("ewa@biuro.dab.com.pl", "dab.com.pl"),
        ("https://jan:tajne@dab.pl:8443/", "dab.pl"),
        ("https://põhjapuit.ee", "xn--phjapuit-e4a.ee"),
    ],
)
def test_an_address_is_brought_down_to_what_the_firm_registered(address, domain):
    assert normalised_domain(address) == domain


@pytest.mark.parametrize(
    "address", ["ewa@gmail.com", "jan@wp.pl", "facebook.com/dab", "dab.wixsite.com", "x@inbox.lv", "com.pl"]
)
def test_addresses_that_many_share_tell_no_firm(address):
    assert normalised_domain(address) == ""


@pytest.mark.parametrize(
    "odd", ["", "dab", "192.168.0.1", "[::1", "a b.pl", "\0.pl", "\ud800.pl", "🙂", "a..pl/", "x" * 1_000_000]
)
def test_what_is_no_address_gives_nothing(odd):
    assert normalised_domain(odd) == ""
