"""Two pages of one assessment, and pages that outlive their person: what was saved last stays."""

import re

import pytest
from django.urls import reverse

from companies.models import Answer, Assessment
from companies.services.assessments.starting import start_assessment
from tests import factories
from tests.companies.views.test_assessments import autosave
from tests.standing_scenes import standing


@standing
def assessment(polish_company, aleksandra):
    return start_assessment(company=polish_company, by=factories.actor(aleksandra))


@pytest.fixture
def tab(client, aleksandra_in_english):
    client.force_login(aleksandra_in_english)
    return client


def url(name, assessment, *args):
    return reverse(f"assessment_{name}", args=[assessment.public_id, *args])


def fields(html):
    """What the button of a page sends when nothing was touched: what is hidden, chosen and ticked."""
    sent = {}
    form = html.split("data-tibs-autosave")[1].split("</form>")[0]
    for tag in re.findall(r"<input[^>]*>", form):
        named = dict(re.findall(r'([a-z-]+)="([^"]*)"', tag))
        if named["type"] == "hidden" or re.search(r"\schecked\b", tag):
            sent[named["name"]] = named["value"]
    for name, options in re.findall(r'<select[^>]*name="(\w+)"[^>]*>(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'value="(\w*)"\s+selected', options)
        sent[name] = chosen[1] if chosen else ""
    return sent


def drawn(page, assessment, part):
    return fields(page.get(url("part", assessment, part)).content.decode())


@pytest.mark.parametrize("part", ["quick", "PRC"])
def test_the_button_of_a_stale_tab_does_not_put_back_older_answers(tab, assessment, part):
    autosave(tab, url("answer", assessment), value="1")
    stale = drawn(tab, assessment, part)
    autosave(tab, url("answer", assessment), value="4", evidence="documented", sequence="6")

    tab.post(url("part", assessment, part), stale | {"q_PRC_V2": "2"})

    kept = {one.item: (one.value, one.evidence) for one in Answer.objects.all()}
    assert kept == {"V1": (4, "documented"), "V2": (2, "claimed")}


def test_what_a_stale_tab_changed_is_saved(tab, assessment):
    autosave(tab, url("answer", assessment), value="1")
    stale = drawn(tab, assessment, "quick")
    autosave(tab, url("answer", assessment), value="4", sequence="6")

    tab.post(url("part", assessment, "quick"), stale | {"q_PRC_V1": "0"})

    assert Answer.objects.get().value == 0


def test_the_button_of_a_stale_tab_keeps_areas_and_description(tab, assessment):
    quick, firm = drawn(tab, assessment, "quick"), drawn(tab, assessment, "firm")
    for item, area, value in (("out", "SRV", "1"), ("stage", "", "active"), ("sector", "", "making")):
        autosave(tab, url("answer", assessment), area=area, item=item, value=value)

    tab.post(url("part", assessment, "quick"), quick)
    tab.post(url("part", assessment, "firm"), firm)

    assessment.refresh_from_db()
    assert set(Answer.objects.values_list("area", "applies")) == {("SRV", False)}
    assert (assessment.stage, assessment.sector) == ("active", "making")


def test_an_area_that_comes_back_by_the_button_has_its_answers_again(tab, assessment):
    autosave(tab, url("answer", assessment), area="SRV", value="4")
    tab.post(url("part", assessment, "quick"), drawn(tab, assessment, "quick") | {"out_SRV": "1"})
    page = drawn(tab, assessment, "quick")

    assert page["q_SRV_V1"] == "4"
    del page["out_SRV"]
    tab.post(url("part", assessment, "quick"), page)

    assert [one.value for one in Answer.objects.all() if one.is_given] == [4]
    assert "q_SRV_V2" not in drawn(tab, assessment, "quick")


@pytest.mark.parametrize(("item", "value"), [("stage", "active"), ("sector", "making")])
def test_stage_and_sector_are_saved_as_they_are_chosen(tab, assessment, item, value):
    answer = autosave(tab, url("answer", assessment), area="", item=item, value=value)
    late = autosave(tab, url("answer", assessment), area="", item=item, value="", sequence="4")

    assessment.refresh_from_db()
    assert answer.json() == {"kept": value, "sequence": 5, "left": "", "gaps": []}
    assert late.json() == {"kept": value, "sequence": 5, "left": "", "gaps": []}
    assert getattr(assessment, item) == value


def test_a_refused_older_answer_is_told_what_is_kept(tab, assessment):
    autosave(tab, url("answer", assessment), value="4", sequence="9")

    late = autosave(tab, url("answer", assessment), value="1", sequence="8")

    assert late.json() == {"kept": "4", "evidence": "claimed", "sequence": 9, "left": "", "gaps": []}


def test_the_quick_page_leaves_evidence_as_it_is(tab, assessment):
    autosave(tab, url("answer", assessment), value="4", evidence="documented")

    autosave(tab, url("answer", assessment), value="3", sequence="6")
    tab.post(url("part", assessment, "quick"), drawn(tab, assessment, "quick") | {"q_PRC_V1": "2"})

    assert Answer.objects.values_list("value", "evidence").get() == (2, "documented")


def test_the_page_of_a_visitor_before_does_not_answer_for_the_next(client, db):
    client.post(reverse("self_assessment"))
    part = reverse("self_assessment_part", args=["quick"])
    before = fields(client.get(part).content.decode())
    client.post(reverse("self_assessment"))
    after = fields(client.get(part).content.decode())

    answer = autosave(client, reverse("self_assessment_answer"), page=before["page"])
    client.post(part, before | {"q_PRC_V1": "4"})

    assert before["page"] != after["page"]
    assert Assessment.objects.count() == 2
    assert answer.status_code == 409
    assert Answer.objects.get().assessment.public_id == before["page"].partition(":")[0]


def test_a_page_of_another_person_does_not_answer_for_who_signed_in_since(tab, assessment):
    answer = autosave(tab, url("answer", assessment), page=f"{assessment.public_id}:broker:usr_other")

    assert answer.status_code == 403
    assert not Answer.objects.exists()
