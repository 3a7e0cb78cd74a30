"""The page of firms with which a company is not to be matched."""

import pytest

from matching.choices import Choice
from matching.models import Block, Renewal
from matching.services.blocks import lift_block
from matching.services.decisions import Verdict, decide
from tests import factories
from tests.standing_scenes import standing
from tibs.core.errors import NotAllowedError, WrongStateError
from tibs.events.models import AuditRecord


@standing
def block(aleksandra_in_english, polish_company, finnish_company):
    factories.match_run()
    own, partner = (
        factories.profile(polish_company),
        factories.profile(finnish_company, offered="We saw oak."),
    )
    match = factories.match(own, partner)
    verdict = Verdict(Choice.DISMISSED, "competitor", note="They met in court.", blocks=True)
    decide(match=match, profile=own, verdict=verdict, by=factories.actor(aleksandra_in_english))
    return Block.objects.get()


def page_of(client, company):
    return client.get(f"/companies/{company.public_id}/blocks/")


def test_it_says_who_set_it_and_why_and_never_which_firm_it_is(
    client, aleksandra_in_english, block, finnish_company
):
    client.force_login(aleksandra_in_english)

    text = page_of(client, block.company).text

    for said in ("We saw oak.", "Finland", "They met in court.", "Aleksandra Nowak", "until it is lifted"):
        assert said in text
    assert finnish_company.name not in text


def test_the_page_of_the_company_leads_there(client, aleksandra_in_english, block):
    client.force_login(aleksandra_in_english)

    text = client.get(block.company.get_absolute_url()).text

    assert f"/companies/{block.company.public_id}/blocks/" in text


def test_the_other_side_does_not_learn_of_it(client, johanna, block, finnish_company):
    client.force_login(johanna)

    assert page_of(client, block.company).status_code == 404
    assert "Nobody is kept apart" in page_of(client, finnish_company).text


def test_it_is_lifted_by_one_click_and_the_matches_are_looked_for_again(client, aleksandra_in_english, block):
    client.force_login(aleksandra_in_english)
    Renewal.objects.all().delete()

    client.post(f"/companies/{block.company.public_id}/blocks/{block.pk}/lift/")

    assert not Block.objects.in_force().exists()
    assert Renewal.objects.filter(profile__company=block.company).exists()
    assert AuditRecord.objects.filter(event="matching.block.lifted").count() == 1


def test_it_is_lifted_once(aleksandra_in_english, block):
    lift_block(block=block, by=factories.actor(aleksandra_in_english))

    with pytest.raises(WrongStateError):
        lift_block(block=block, by=factories.actor(aleksandra_in_english))


def test_the_other_side_cannot_lift_it(johanna, block):
    with pytest.raises(NotAllowedError):
        lift_block(block=block, by=factories.actor(johanna))
