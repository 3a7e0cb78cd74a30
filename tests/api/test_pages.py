"""Pages about the API."""

import re

import pytest


@pytest.mark.django_db
def test_every_example_on_the_page_works_as_it_stands(client):
    page = client.get("/api/").content.decode()

    addresses = re.findall(r"curl (?:&quot;|\")http://testserver([^&\"]+)", page)
    complete = [address for address in addresses if "{" not in address]
    assert len(complete) >= 4
    assert {client.get(address).status_code for address in complete} == {200}
