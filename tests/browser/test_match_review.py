"""A broker reviews matches in a real browser: by keys, side by side, and on a phone."""

import pytest

from matching.models import MatchDecision
from matching.services.review import to_review
from tests import factories

OFFERS = {
    "FI": (
        "fi",
        "Valmistamme ruostumattomia terässäiliöitä meijereille.",
        "Etsimme teräslevyjen toimittajaa.",
    ),
    "DE": ("de", "Wir bauen Tanks aus Edelstahl für Molkereien.", "Wir suchen Bleche aus Edelstahl."),
    "LT": ("lt", "Gaminame nerūdijančio plieno talpas pieninėms.", "Ieškome plieno lakštų tiekėjo."),
}


@pytest.fixture
def profile(aleksandra_in_english, polish_company):
    """A profile of Aleksandra's firm with a fitting partner in each of three countries."""
    own = factories.profile(
        polish_company,
        language="pl",
        offered="Blachy i arkusze ze stali nierdzewnej, cięte na wymiar.",
        sought="Szukamy producenta zbiorników ze stali nierdzewnej dla mleczarni.",
    )
    for country, (language, offered, sought) in OFFERS.items():
        company = factories.company(f"Firm {country}", host=factories.host(country))
        partner = factories.profile(company, language=language, offered=offered, sought=sought)
        factories.match(own, partner, forward=0.3 + len(offered) / 1000)
    return own


def test_matches_are_decided_by_keys_and_compared(
    page, live_server, sign_in, aleksandra_in_english, profile, faults
):
    sign_in(aleksandra_in_english)
    waiting = to_review(factories.actor(aleksandra_in_english)).count()
    page.goto(f"{live_server.url}/matches/")
    assert page.locator(".match").count() == waiting
    assert faults() == []

    page.keyboard.press("j")
    page.keyboard.press("s")
    page.get_by_text("The partner is on the shortlist").wait_for()
    page.keyboard.press("j")
    page.keyboard.press("d")
    page.get_by_label("Why").first.select_option("competitor")
    assert faults() == []
    page.get_by_role("button", name="Not relevant").first.click()
    page.get_by_text("Noted as not relevant").wait_for()
    assert set(MatchDecision.objects.values_list("choice", flat=True)) == {"shortlisted", "dismissed"}

    page.goto(f"{live_server.url}/matches/shortlist/")
    assert faults() == []
    page.goto(f"{live_server.url}/profiles/{profile.public_id}/matches/")
    for box in page.get_by_role("checkbox", name="Compare").all()[:2]:
        box.check()
    page.locator("#compare").get_by_role("button", name="Compare the ticked ones").click()
    assert page.get_by_text("differs").first.is_visible()
    assert faults() == []
