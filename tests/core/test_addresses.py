"""Where a request comes from."""

import pytest
from django.test import RequestFactory

from tibs.core.addresses import network_of


def network(settings, *, sent_by, claims="", behind_proxy=False):
    settings.BEHIND_PROXY = behind_proxy
    headers = {"X-Forwarded-For": claims} if claims else {}
    return network_of(RequestFactory().get("/", REMOTE_ADDR=sent_by, headers=headers))


def test_a_claimed_address_changes_nothing_without_a_proxy(settings):
    assert network(settings, sent_by="192.0.2.1", claims="198.51.100.7") == "192.0.2.1"


def test_only_what_our_proxy_wrote_counts_behind_it(settings):
    found = network(settings, sent_by="127.0.0.1", claims="198.51.100.7, 192.0.2.1", behind_proxy=True)

    assert found == "192.0.2.1"


@pytest.mark.parametrize(
    ("sent_by", "expected"),
    [
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("", ""),
        ("not an address", ""),
    ],
)
def test_addresses_are_counted_by_customer(settings, sent_by, expected):
    assert network(settings, sent_by=sent_by) == expected
