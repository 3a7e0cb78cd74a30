"""A coordinator looks after the team in a real browser."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from brokers.models import Broker
from companies.models import Company
from tests import factories
from tests.letters import letters_to
from tibs.accounts.roles import RoleCode

pytestmark = pytest.mark.django_db(transaction=True)
PASSWORD = "oaks near the quiet river"


@pytest.fixture
def pfrr():
    return factories.host("PL")


@pytest.fixture
def celina(pfrr, sign_in):
    user = factories.person("Celina Wilk", role=RoleCode.COORDINATOR, organisation=pfrr)
    sign_in(user)
    return user


@pytest.fixture
def ana(pfrr):
    broker = factories.broker("Ana Nowak", organisation=pfrr, languages=("pl", "en"))
    today = timezone.localdate()
    factories.training(broker, valid_until=today - timedelta(days=1))
    Broker.objects.filter(pk=broker.pk).update(absent_from=today, absent_until=today + timedelta(days=3))
    return broker


def test_colleague_is_invited_and_joins(page, live_server, celina, pfrr, context, faults):
    page.goto(f"{live_server.url}/team/")
    page.get_by_role("link", name="Invite a colleague").click()
    page.get_by_role("textbox", name="Name", exact=True).fill("Ewa Lis")
    page.get_by_label("E-mail address").fill("ewa@example.org")
    page.get_by_label("Language of the letter").select_option("en")
    page.get_by_role("button", name="Send the invitation").click()
    expect(page.get_by_role("button", name="Send again")).to_be_visible()
    assert not faults()

    context.clear_cookies()
    link = letters_to("ewa@example.org")[0][1].split("/invitation/")[1].split()[0]
    page.goto(f"{live_server.url}/invitation/{link}")
    assert not faults()
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Join").click()

    expect(page.get_by_text("Welcome. You can sign in now.")).to_be_visible()


def test_broker_who_leaves_hands_over(page, live_server, celina, pfrr, ana, faults):
    jan = factories.broker("Jan Kos", organisation=pfrr)
    Broker.objects.filter(pk=ana.pk).update(deputy=jan)
    factories.company("Stolarnia Dąb", host=pfrr, owner=ana.membership.user)
    page.goto(f"{live_server.url}/team/{pfrr.public_id}/")
    assert not faults()

    page.get_by_role("link", name="Let go: Ana Nowak").click()
    assert not faults()
    page.get_by_role("button", name="Hand over and let go").click()

    expect(page.get_by_text("Ana Nowak does not work for PFRR any more.")).to_be_visible()
    assert Company.objects.get().owner == jan.membership.user


def test_pages_of_brokers_and_administrators_have_no_faults(page, live_server, sign_in, ana, pfrr, faults):
    site = factories.site()
    factories.api_key(site)
    sign_in(ana.membership.user)
    for path in ("/brokers/me/", "/brokers/network/"):
        page.goto(f"{live_server.url}{path}")
        assert not faults()

    sign_in(factories.person("Ott Tamm", role=RoleCode.ADMINISTRATOR))
    for path in ("/team/", "/team/defaults/", "/team/sites/", f"/team/sites/{site.public_id}/"):
        page.goto(f"{live_server.url}{path}")
        assert not faults()


def test_visitor_finds_a_broker_by_region(page, live_server, ana, pfrr, faults):
    page.goto(f"{live_server.url}/brokers/")
    page.get_by_label("or region").select_option(pfrr.region.parent_id)
    page.get_by_role("button", name="Find my broker").click()

    expect(page.get_by_text("Ana Nowak")).to_be_visible()
    assert not faults()
