"""A visitor's answers are counted, so that no program fills the database, and no human notices."""

import pytest
from django.urls import reverse

from companies.assessments.versions import instrument
from companies.models import Answer
from companies.services.assessments import visitor_limits
from tibs.core.limits import CounterAwayError


@pytest.fixture
def visitor(client, db):
    client.post(reverse("self_assessment"))
    return client


def autosave(page, item):
    sent = {"area": "PRC", "item": item, "value": "3", "sequence": "5"}
    return page.post(reverse("self_assessment_answer"), sent)


def test_an_answer_too_many_is_told_to_wait_and_not_kept(visitor, monkeypatch):
    """The page keeps it and sends it again: 429 is no refusal of the answer."""
    monkeypatch.setattr(visitor_limits, "SELF_ASSESSMENT_ANSWERS", 2)
    first = [autosave(visitor, item).status_code for item in ("V1", "V2")]

    answer = autosave(visitor, "V3")

    assert first == [200, 200]
    assert (answer.status_code, answer.json()["code"]) == (429, "too_many_attempts")
    assert int(answer["Retry-After"]) > 0
    assert not Answer.objects.filter(item="V3").exists()


def test_a_page_of_answers_counts_as_one(visitor, monkeypatch):
    monkeypatch.setattr(visitor_limits, "SELF_ASSESSMENT_ANSWERS", 1)
    address = reverse("self_assessment_part", args=["quick"])

    answers = [visitor.post(address, {"q_PRC_V1": "4"}) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [302, 429]


def test_one_visitor_does_not_use_up_the_answers_of_another(visitor, client, monkeypatch):
    monkeypatch.setattr(visitor_limits, "SELF_ASSESSMENT_ANSWERS", 1)
    autosave(visitor, "V1")
    client.session.flush()
    client.post(reverse("self_assessment"))

    assert autosave(client, "V1").status_code == 200


def test_somebody_who_answers_as_fast_as_they_read_is_never_stopped():
    """Ten minutes with an answer each second, or every question ten times over."""
    asked = instrument()
    questions = len(asked.firm_items) + len(asked.area_codes) * len(asked.quick_items)

    assert max(10 * questions, 600) <= visitor_limits.SELF_ASSESSMENT_ANSWERS


def test_without_the_counter_answers_are_kept(visitor, monkeypatch):
    def away(_limits):
        raise CounterAwayError

    monkeypatch.setattr(visitor_limits, "take", away)

    assert autosave(visitor, "V1").status_code == 200
