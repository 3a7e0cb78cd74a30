"""Pages about the API."""

import pytest


@pytest.mark.parametrize("address", ["/api/", "/api/problems/invalid_parameters"])
def test_pages_about_the_api_have_no_fault_in_any_look(page, live_server, faults, address):
    page.goto(f"{live_server.url}{address}")

    assert faults() == []


def test_the_examples_fit_a_phone(page, live_server):
    page.set_viewport_size({"width": 320, "height": 700})

    page.goto(f"{live_server.url}/api/")

    assert page.evaluate("document.documentElement.scrollWidth") <= 320
