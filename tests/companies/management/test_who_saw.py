"""After a breach one command says whose data an account had shown (G-12)."""

from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from companies.services.disclosures import reveal_contact
from tests import factories
from tests.standing_scenes import standing

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)


def said(**options):
    out = StringIO()
    call_command("who_saw", stdout=out, **options)
    return out.getvalue().splitlines()


@standing
def readings(polish_company, aleksandra):
    eva = factories.contact(polish_company, "Eva Kask")
    jan = factories.contact(polish_company, "Jan Kos")
    reader = factories.actor(aleksandra)
    for contact, hours in ((eva, 0), (jan, 1), (eva, 2), (jan, 30)):
        reveal_contact(contact=contact, by=reader, now=NOON + timedelta(hours=hours))
    return eva, jan


def test_people_and_moments_of_one_account_are_listed(readings, aleksandra, polish_company):
    eva, jan = readings

    lines = said(account=aleksandra.email, start="2026-11-01", end="2026-11-02")

    assert (
        lines[0]
        == f"2026-11-01T12:00:00Z\t{polish_company.public_id}\tStolarnia Dąb\t{eva.email}\temail\tpage"
    )
    assert [line.split("\t")[3] for line in lines[:-1]] == [eva.email, jan.email, eva.email]
    assert lines[-1] == "2 people of 1 companies."


def test_the_end_does_not_count_and_other_accounts_do_not(readings, aleksandra, johanna):
    until_one = said(account=aleksandra.public_id, start="2026-11-01T12:00", end="2026-11-01T13:00")
    other = said(account=johanna.email, start="2026-11-01", end="2026-12-01")

    assert until_one[-1] == "1 people of 1 companies."
    assert other == ["0 people of 0 companies."]


@pytest.mark.parametrize(("account", "start"), [("nobody@example.org", "2026-11-01"), ("usr_1", "yesterday")])
def test_unknown_address_and_bad_moment_are_refused(account, start):
    with pytest.raises(CommandError):
        said(account=account, start=start, end="2026-12-01")
