"""What a second reader sees after the answer: the words that were read, and never a later draft of them."""

import pytest

from companies.models import CooperationProfile, ProfileReview, ProfileText
from companies.services.profile_words import hash_of
from companies.services.publishing import take_back_profile
from companies.services.reviews import send_to_review
from tests import factories
from tests.publishing import POINTS, complete

pytestmark = pytest.mark.django_db
TITLE = "Planed oak boards for makers of furniture"
SUMMARY = "A small firm planes oak to measure"
CHANGED = "The text has changed since"


@pytest.fixture
def answered(client, polish_company, aleksandra_in_english, johanna):
    """Johanna found the profile ready, and is signed in."""
    profile = complete(polish_company)
    asked = send_to_review(profile=profile, by=factories.BENCH)
    client.force_login(johanna)
    answer = {"shown": hash_of(profile), **POINTS, "decision": "ready", "comment": "Clear, and to the point."}
    client.post(f"/reviews/{asked.public_id}/", answer)
    return asked


@pytest.fixture
def rewritten(answered):
    """The broker took the profile back and writes on: nobody has looked for names in it yet."""
    take_back_profile(profile=answered.profile, by=factories.BENCH)
    ProfileText.objects.update(title="Boards by Baltwood", summary="Kowalski leads Baltwood of Gdańsk.")
    return answered


def page_of(client, review):
    return client.get(f"/reviews/{review.public_id}/").text


def test_text_that_was_read_stays_with_its_reader(client, answered):
    page, listed = page_of(client, answered), client.get("/reviews/").text

    assert SUMMARY in page
    assert CHANGED not in page + listed
    assert TITLE in listed


def test_later_draft_is_not_on_the_page_of_who_read_the_earlier_one(client, rewritten):
    page = page_of(client, rewritten)

    assert "Baltwood" not in page
    assert "Kowalski" not in page
    assert CHANGED in page
    assert "Clear, and to the point." in page


def test_later_draft_is_not_drawn_after_a_second_answer_either(client, rewritten):
    answer = client.post(f"/reviews/{rewritten.public_id}/", {**POINTS, "decision": "ready", "shown": ""})

    assert "Baltwood" not in answer.text


def test_title_of_a_later_draft_is_not_in_the_list(client, rewritten):
    page = client.get("/reviews/").text

    assert "Baltwood" not in page
    assert CHANGED in page


def test_facts_that_changed_count_as_another_text(client, answered):
    CooperationProfile.objects.update(keywords=["oak boards", "baltwood"])

    assert "baltwood" not in page_of(client, answered).lower()


def test_open_review_draws_the_words_of_now(client, rewritten):
    ProfileReview.objects.update(decided_at=None, decision="", text_hash="")

    assert "Boards by Baltwood" in page_of(client, rewritten)
