"""Changing the companies that were chosen in a list."""

import pytest
from django.urls import reverse
from django.utils import timezone

from companies.models import BulkChange, Company
from tests import factories
from tests.standing_scenes import standing


@standing
def lead(aleksandra_in_english):
    return factories.company(
        "Tartak Sosna", host=factories.host("PL"), owner=aleksandra_in_english, stage="lead"
    )


@pytest.fixture
def ask(client, aleksandra_in_english, polish_company):
    client.force_login(aleksandra_in_english)
    return lambda **query: client.get(reverse("companies_change"), query)


@pytest.fixture
def change(client, ask):
    return lambda **data: client.post(reverse("companies_change"), {"back": "/pipeline/", **data})


def test_the_chosen_companies_are_shown_before_anything_changes(ask, lead, polish_company):
    text = ask(act="hand_over", company=[lead.public_id, polish_company.public_id]).text

    assert "Tartak Sosna" in text
    assert "2 companies" in text


def test_all_of_a_list_are_meant_by_one_tick(ask, lead):
    answer = ask(act="move", all="1", state="stage=lead")

    assert answer.context["companies"] == [lead]


def test_a_card_moves_at_once_and_the_way_back_is_offered(client, change, lead):
    answer = change(act="move", company=lead.public_id, to="screening")

    lead.refresh_from_db()
    assert (answer.status_code, answer["Location"]) == (302, "/pipeline/")
    assert lead.stage == "screening"
    assert "1 company was moved to: Screening." in client.get("/pipeline/").text


def test_undo_leads_back_and_says_what_it_did(client, change, lead):
    change(act="move", company=lead.public_id, to="screening")
    made = BulkChange.objects.get()

    answer = client.post(
        reverse("companies_undo", args=[made.public_id]), {"back": "/pipeline/"}, follow=True
    )

    lead.refresh_from_db()
    assert lead.stage == "lead"
    assert "1 company is as it was before." in answer.text
    assert "was moved to" not in answer.text


def test_a_reason_that_is_needed_is_asked_for(change, lead):
    answer = change(act="move", company=lead.public_id, to="withdrawn")

    assert answer.status_code == 400
    assert list(answer.context["form"].errors) == ["reason"]


def test_of_several_each_refusal_is_named(change, lead, polish_company):
    answer = change(act="move", company=[lead.public_id, polish_company.public_id], to="screening")

    lead.refresh_from_db()
    assert answer.status_code == 400
    assert "Nothing was changed" in answer.text
    assert lead.stage == "lead"


def test_a_colleague_is_chosen_from_the_own_organisation(change, lead, johanna):
    jan = factories.person("Jan Kos", organisation=factories.host("PL"))

    assert change(act="hand_over", company=lead.public_id, to=johanna.public_id).status_code == 400
    assert change(act="hand_over", company=lead.public_id, to=jan.public_id).status_code == 302
    assert Company.objects.get(pk=lead.pk).owner == jan


def test_a_colleague_who_left_is_not_offered(ask, lead):
    gone = factories.person("Ola Zimna", organisation=factories.host("PL"))
    gone.memberships.update(ended_at=timezone.now())

    assert "Ola Zimna" not in ask(act="hand_over", company=lead.public_id).text


def test_a_next_step_is_set_for_all(change, lead, polish_company):
    chosen = [lead.public_id, polish_company.public_id]

    change(act="next_step", company=chosen, what="Invite to the fair", due_date="2026-12-01", waits_for="us")

    assert {step.what for company in (lead, polish_company) for step in company.next_steps.all()} == {
        "Invite to the fair"
    }


def test_companies_of_others_are_not_found(change, ask, finnish_company):
    assert ask(act="move", company=finnish_company.public_id).status_code == 404
    assert change(act="move", company=finnish_company.public_id, to="dormant").status_code == 404


def test_nothing_chosen_says_what_to_do(ask):
    assert "No company is chosen" in ask(act="move").text


@pytest.mark.parametrize(
    "back", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "x" * 5000]
)
def test_the_way_back_stays_here(client, ask, lead, back):
    answer = client.post(
        reverse("companies_change"),
        {"act": "move", "company": lead.public_id, "to": "screening", "back": back},
    )

    assert answer["Location"] == "/companies/"


@pytest.mark.parametrize("words", ["‮🪵", "a" * 1_000_000, "<script>", "10" * 30])
def test_any_words_are_answered(change, lead, words):
    for act in ("move", "hand_over", "next_step"):
        answer = change(
            act=act, company=lead.public_id, to=words, reason=words, note=words, what=words, due_date=words
        )
        assert answer.status_code in {400, 413}


def test_an_act_that_does_not_exist_is_not_found(change, lead):
    assert change(act="erase", company=lead.public_id).status_code == 404
