"""A visitor's page is of its own self-assessment, whatever its browser did meanwhile."""

import pytest
from django.urls import reverse

from companies.models import Answer


@pytest.fixture
def begun(client, db):
    """What the page of a visitor who has begun sends along."""
    return begin(client)


def begin(client):
    sitting = client.get(client.post(reverse("self_assessment"))["Location"]).context["sitting"]
    return {"page": sitting.key, "token": sitting.token}


def autosave(client, begun, item="V1"):
    answer = {"area": "PRC", "item": item, "value": "3", "sequence": "5"}
    return client.post(reverse("self_assessment_answer"), answer | begun).status_code


def kept():
    return {(one.assessment.public_id, one.item): one.value for one in Answer.objects.all()}


def test_who_signs_in_or_out_meanwhile_goes_on_answering(client, begun, aleksandra):
    saved = [autosave(client, begun)]
    client.force_login(aleksandra)
    saved.append(autosave(client, begun, "V2"))
    client.logout()
    saved.append(autosave(client, begun, "V3"))

    assert saved == [200, 200, 200]
    assert Answer.objects.count() == 3


def test_a_whole_page_is_saved_where_it_belongs_though_another_one_was_begun_meanwhile(client, begun):
    second, firm = begin(client), reverse("self_assessment_part", args=["firm"])

    answer = client.post(firm, begun | {"q__FC1": "4"}, follow=True)

    assert kept() == {(begun["page"].partition(":")[0], "FC1"): 4}
    assert answer.context["sitting"].key == begun["page"] != second["page"]
    assert "Nothing was saved" not in answer.text


def test_a_page_whose_link_does_not_fit_it_saves_nothing(client, begun):
    second = begin(client)
    sent = begun | {"token": second["token"], "q__FC1": "4"}

    answer = client.post(reverse("self_assessment_part", args=["firm"]), sent, follow=True)

    assert kept() == {}
    assert "Nothing was saved" in answer.text


def test_an_answer_of_a_page_that_is_not_the_open_one_is_told_so(client, begun):
    begin(client)

    assert autosave(client, begun) == 409
    assert kept() == {}


def test_a_visitor_gets_a_result_at_once_and_a_link_that_brings_them_back(client, db):
    begun = client.post(reverse("self_assessment"))
    client.post(begun["Location"], {"q__FC1": "4"})
    quick = reverse("self_assessment_part", args=["quick"])
    client.post(quick, {f"q_PRC_{item}": "4" for item in ("V1", "V2", "V3", "R0")} | {"q_PRC_B0": "0"})

    page = client.get(reverse("self_assessment_result")).content.decode()
    token = page.split("/self-assessment/resume/")[1].split("/")[0]
    client.session.flush()
    client.cookies.clear()

    assert "By the quick scan Procurement is the most promising area" in page
    assert client.get(reverse("self_assessment_result")).status_code == 404
    client.post(reverse("self_assessment_resume", args=[token]))
    assert "Procurement" in client.get(reverse("self_assessment_result")).content.decode()
    assert client.get(reverse("self_assessment_pdf"))["Content-Type"] == "application/pdf"


def test_a_visitor_answers_by_autosave_without_an_account(client, db):
    client.post(reverse("self_assessment"))

    answer = client.post(
        reverse("self_assessment_answer"), {"area": "PRC", "item": "V1", "value": "3", "sequence": "5"}
    )

    assert answer.json()["kept"] == "3"
    assert Answer.objects.get().rater == "self"


def test_a_link_that_ended_leads_to_the_beginning(client, db):
    answer = client.get(reverse("self_assessment_resume", args=["guessed"]))

    assert answer["Location"] == reverse("self_assessment")
