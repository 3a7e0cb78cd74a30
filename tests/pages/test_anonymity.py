"""No public page tells who is behind a profile: a name that stands nowhere else is looked for in all of them."""

import pytest
from django.urls import reverse

from companies.choices import Purpose
from tests import factories
from tests.standing_scenes import standing
from tibs.pages.public.urls import urlpatterns

CANARIES = ["Zyxwquartz", "Canarybridge", "REG-74429188", "zyxwquartz.example", "Eulalia Canary"]
# Lists and links that belong to whoever saved a search; they show that search alone.
OF_ONE_READER = {"searches", "search_change", "search_confirm", "search_stop"}


@standing
def profile(network):
    owner = factories.person("Hidden Owner", organisation=factories.host("PL"))
    firm = factories.company(
        "Zyxwquartz Sp. z o.o.",
        host=factories.host("PL"),
        owner=owner,
        city="Canarybridge",
        register_number="REG-74429188",
        website="https://zyxwquartz.example",
    )
    factories.contact(firm, "Eulalia Canary")
    factories.consent(firm, Purpose.SYNDICATE)
    return factories.profile(firm)


@pytest.mark.parametrize(
    "route", [pattern.name for pattern in urlpatterns if pattern.name not in OF_ONE_READER]
)
def test_no_public_page_names_the_company(client, profile, route):
    arguments = [profile.reference] if route == "opportunity" else []

    response = client.get(reverse(route, args=arguments))

    told = response.text + str(response.headers)
    assert response.status_code == 200
    assert [
        canary for canary in [*CANARIES, profile.company.public_id] if canary.lower() in told.lower()
    ] == []


@pytest.mark.parametrize("words", ["Zyxwquartz", "Canarybridge", "REG-74429188"])
def test_search_does_not_confirm_a_name_either(client, profile, words):
    assert "Nothing fits" in client.get("/opportunities/", {"q": words}).text
