"""The report of the corridors in a real browser."""

from tests import factories


def test_corridors_have_no_barrier_in_any_look(page, live_server, faults, sign_in, signe):
    pairs = [factories.profile(factories.company(f"Firm {c}", host=factories.host(c))) for c in ("PL", "FI")]
    factories.match(*pairs)
    sign_in(signe)

    page.goto(f"{live_server.url}/reports/corridors/")
    page.get_by_text("The matrices as one list").click()

    assert faults() == []


def test_corridors_fit_a_small_phone(page, live_server, sign_in, signe):
    sign_in(signe)
    page.set_viewport_size({"width": 320, "height": 640})

    page.goto(f"{live_server.url}/reports/corridors/")

    assert page.evaluate("document.documentElement.scrollWidth") <= 320
