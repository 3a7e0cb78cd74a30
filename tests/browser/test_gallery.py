"""Every component looks right to axe, in every look; and the bench of the browser would notice if it did not."""

import pytest

pytestmark = pytest.mark.urls("tests.demo.test_gallery")


def test_no_component_has_a_fault_in_any_look(page, live_server, faults):
    page.goto(f"{live_server.url}/_gallery")

    assert faults() == []


def test_no_component_is_wider_than_a_phone(page, live_server):
    page.set_viewport_size({"width": 320, "height": 700})

    page.goto(f"{live_server.url}/_gallery")

    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_axe_finds_a_fault_that_is_there(page, live_server, axe):
    page.goto(f"{live_server.url}/_gallery")
    page.evaluate("document.querySelector('label[for=id_name]').remove()")

    assert any(line.startswith("label") for line in axe(page))
