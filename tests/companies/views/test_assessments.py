"""The pages of assessments: answers by form and by autosave, the result, the plan, the visitor's own way."""

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from companies.models import Answer, Assessment
from companies.services.assessments.answering import Given, answer_items, milliseconds
from companies.services.assessments.completing import complete_assessment
from companies.services.assessments.starting import repeat_assessment, start_assessment
from companies.services.assessments.steps import add_step
from companies.views.assessments.documents import document_of
from companies.views.assessments.results import result_page_of
from companies.views.assessments.sittings import Sitting
from tests import factories
from tests.companies.assessments.sheets import BEST, as_given, firm, golden, rated
from tests.standing_scenes import standing
from tibs.core.limits import CounterAwayError

HOSTILE = ["\x00", "9" * 30, "5", "-1", "😀", "مرحبا", "<script>", "x" * 1_000_000]


@standing
def assessment(polish_company, aleksandra):
    return start_assessment(company=polish_company, by=factories.actor(aleksandra))


@standing
def answered(assessment, aleksandra):
    given = as_given([*firm(3), *golden()])
    answer_items(assessment=assessment, rater="broker", given=given, by=factories.actor(aleksandra))
    return assessment


@pytest.fixture
def broker_page(client, aleksandra_in_english):
    client.force_login(aleksandra_in_english)
    return client


@pytest.fixture
def owner_page(client, polish_company):
    person = factories.person("Ewa Lis")
    factories.contact(polish_company, user=person)
    client.force_login(person)
    return client


def url(name, assessment, *args):
    return reverse(f"assessment_{name}", args=[assessment.public_id, *args])


def autosave(tab, address, **sent):
    return tab.post(address, {"area": "PRC", "item": "V1", "value": "3", "sequence": "5"} | sent)


def seen_on(page):
    """The area that a result recommends, as its form sends it along."""
    return re.search(r'name="seen"\s+value="(\w*)"', page)[1]


def test_the_button_of_the_list_begins_an_assessment_with_the_quick_scan(broker_page, polish_company):
    answer = broker_page.post(reverse("company_assessments", args=[polish_company.public_id]))

    made = Assessment.objects.get()
    assert answer["Location"] == url("part", made, "quick")
    assert broker_page.get(answer["Location"]).status_code == 200


def test_autosave_keeps_one_answer(broker_page, assessment):
    answer = autosave(broker_page, url("answer", assessment), evidence="documented")

    assert answer.json() == {"kept": "3", "evidence": "documented", "sequence": 5, "left": "", "gaps": []}
    kept = Answer.objects.get()
    assert (kept.rater, kept.area, kept.item, kept.value, kept.evidence) == (
        "broker",
        "PRC",
        "V1",
        3,
        "documented",
    )


@pytest.mark.parametrize(("value", "kept"), [("dk", (None, True)), ("na", (None, False)), ("0", (0, True))])
def test_autosave_tells_not_known_from_not_applicable(broker_page, assessment, value, kept):
    autosave(broker_page, url("answer", assessment), value=value)

    assert Answer.objects.values_list("value", "applies").get() == kept


@pytest.mark.parametrize("field", ["area", "item", "value", "sequence", "evidence"])
@pytest.mark.parametrize("hostile", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_autosave_is_refused_and_nothing_is_stored(broker_page, assessment, field, hostile):
    if (field, hostile) == ("sequence", "5"):
        return
    answer = autosave(broker_page, url("answer", assessment), **{field: hostile})

    assert answer.status_code == 400
    assert not Answer.objects.exists()


def test_another_firms_assessment_does_not_exist(client, johanna, assessment):
    client.force_login(johanna)

    assert autosave(client, url("answer", assessment)).status_code == 404
    assert not Answer.objects.exists()


def test_a_page_drawn_after_an_answer_by_a_clock_ahead_counts_from_there(broker_page, assessment):
    ahead = milliseconds(timezone.now() + timedelta(days=1))
    kept = autosave(broker_page, url("answer", assessment), sequence=str(ahead)).json()["sequence"]

    drawn = broker_page.get(url("part", assessment, "quick")).context["drawn_at"]
    answer = autosave(broker_page, url("answer", assessment), value="1", sequence=str(drawn + 1))

    assert kept <= drawn
    assert answer.json()["kept"] == "1"


def test_an_area_is_left_out_and_brought_back(broker_page, assessment):
    address = url("answer", assessment)
    autosave(broker_page, address, area="SRV", item="out", value="1", sequence="10")
    out = set(Answer.objects.values_list("applies", flat=True))
    autosave(broker_page, address, area="SRV", item="out", value="0", sequence="11")

    assert out == {False}
    assert set(Answer.objects.values_list("applies", flat=True)) == {True}


def test_a_page_without_javascript_saves_all_its_answers_and_goes_on(broker_page, assessment):
    sent = {"q_PRC_V1": "4", "q_PRC_B0": "dk", "out_SRV": "1"}

    answer = broker_page.post(url("part", assessment, "quick"), sent)

    assert answer["Location"] == url("result", assessment)
    assert Answer.objects.get(area="PRC", item="V1").value == 4
    assert set(Answer.objects.filter(area="SRV").values_list("applies", flat=True)) == {False}


def test_a_page_with_one_wrong_answer_saves_none(broker_page, assessment):
    answer = broker_page.post(url("part", assessment, "quick"), {"q_INB_V1": "4", "q_PRC_V1": "7"})

    assert answer.status_code == 400
    assert not Answer.objects.exists()


def test_stage_and_sector_are_kept_and_hostile_ones_refused(broker_page, assessment):
    address = url("part", assessment, "firm")
    assert broker_page.post(address, {"stage": "active", "sector": "making"}).status_code == 302
    assert broker_page.post(address, {"stage": "x" * 1000, "sector": "😀"}).status_code == 400

    assessment.refresh_from_db()
    assert (assessment.stage, assessment.sector) == ("active", "making")


@pytest.mark.parametrize(
    ("part", "kept"),
    [
        ("firm", {"q__FC1": "3", "q__FM1": "3"}),
        ("quick", {"q_PRC_V1": "3", "q_PRC_V3": "2", "q_OPS_V1": "2"}),
        ("PRC", {"q_PRC_V3": "2", "q_PRC_H1": "0", "q_PRC_B_TIME": "2", "q_PRC_F2": "4"}),
    ],
)
def test_kept_answers_are_chosen_on_the_page(broker_page, answered, part, kept):
    page = broker_page.get(url("part", answered, part)).text

    inputs = re.findall(r'<input type="radio"\s+name="(\w+)"\s+value="(\w+)"([^>]*)>', page)
    chosen = {name: value for name, value, rest in inputs if "checked" in rest}
    assert {name: chosen.get(name) for name in kept} == kept
    assert len(chosen) < len(inputs)


def test_a_part_that_does_not_exist_is_not_found(broker_page, assessment):
    assert broker_page.get(url("part", assessment, "XXX")).status_code == 404


def test_the_firm_answers_the_quick_scan_only(owner_page, assessment):
    assert owner_page.get(url("part", assessment, "quick")).status_code == 200
    assert owner_page.get(url("part", assessment, "PRC")).status_code == 404


def test_the_result_names_procurement_with_lead_and_corners(broker_page, answered):
    page = broker_page.get(url("result", answered)).content.decode()

    assert "Procurement has the greatest untapped potential: 6.4 points ahead of Marketing and sales" in page
    assert "16 of 16" in page
    assert "68.2" in page


def test_the_firms_own_answers_stand_beside_the_brokers_with_gaps_marked(
    client, aleksandra_in_english, answered
):
    person = factories.person("Ewa Lis")
    factories.contact(answered.company, user=person)
    own = [Given("PRC", "V1", 0), Given("PRC", "V2", 2)]
    answer_items(assessment=answered, rater="self", given=own, by=factories.actor(person))
    client.force_login(aleksandra_in_english)

    part = " ".join(client.get(url("part", answered, "PRC")).text.split())
    result = client.get(url("result", answered)).content.decode()

    assert "The firm answered: Not at all." in part
    assert 'data-tibs-gap="PRC V1" >Talk about it' in part
    assert 'data-tibs-gap="PRC V2" hidden>Talk about it' in part
    assert "Talk about these answers" in result


def test_autosave_says_what_to_talk_about_in_the_area_after_each_answer(
    client, aleksandra_in_english, answered
):
    person = factories.person("Ewa Lis")
    factories.contact(answered.company, user=person)
    own = [Given("PRC", "V1", 0), Given("PRC", "V2", 2), Given("OPS", "V1", 4)]
    answer_items(assessment=answered, rater="self", given=own, by=factories.actor(person))
    client.force_login(aleksandra_in_english)
    later = milliseconds(timezone.now()) + 10_000

    said = [
        autosave(client, url("answer", answered), item=item, value=value, sequence=later + number).json()[
            "gaps"
        ]
        for number, (item, value) in enumerate(
            [("V3", "3"), ("V2", "0"), ("V1", "1"), ("V1", "dk"), ("V1", "4"), ("out", "1"), ("out", "0")]
        )
    ]

    assert said == [["V1"], ["V1", "V2"], ["V2"], ["V2"], ["V1", "V2"], [], ["V1", "V2"]]


def test_the_firm_is_not_told_where_its_broker_differs(owner_page, answered):
    assert autosave(owner_page, url("answer", answered), value="0").json()["gaps"] == []


def test_a_ranking_that_changed_before_the_button_was_pressed_is_shown_again(broker_page, answered):
    page = broker_page.get(url("result", answered)).text
    given = as_given(rated("OPS", BEST))
    answer_items(assessment=answered, rater="broker", given=given, by=factories.actor(answered.company.owner))

    answer = broker_page.post(url("complete", answered), {"seen": "PRC"})

    assert seen_on(page) == "PRC"
    assert answer.status_code == 400
    assert "The ranking has changed since you saw it." in answer.text
    assert seen_on(answer.text) == "OPS"
    answered.refresh_from_db()
    assert answered.completed_at is None


def test_a_recommendation_that_nobody_saw_is_shown_before_it_is_final(broker_page, assessment, aleksandra):
    page = broker_page.get(url("result", assessment)).text
    given = as_given([*firm(3), *golden()])
    answer_items(assessment=assessment, rater="broker", given=given, by=factories.actor(aleksandra))

    answer = broker_page.post(url("complete", assessment), {"seen": seen_on(page)})

    assert "The ranking has changed since you saw it." in answer.text
    assessment.refresh_from_db()
    assert assessment.completed_at is None


def test_the_list_offers_to_assess_again_with_the_answers_of_the_last_one(broker_page, answered, aleksandra):
    address = reverse("company_assessments", args=[answered.company.public_id])
    before = broker_page.get(address).text
    complete_assessment(assessment=answered, by=factories.actor(aleksandra))
    opened = start_assessment(company=answered.company, by=factories.actor(aleksandra))

    after = broker_page.get(address).text
    result = broker_page.get(url("result", answered)).text
    answer = broker_page.post(url("repeat", answered))

    assert "Assess again" not in before
    for page in (after, result):
        assert f'action="{url("repeat", answered)}"' in page
        assert "come along wherever nothing is answered yet" in page
    assert answer["Location"] == url("part", opened, "quick")
    assert opened.answers.exists()


def test_completing_makes_the_result_final(broker_page, answered):
    broker_page.post(url("complete", answered))

    answered.refresh_from_db()
    assert answered.chosen_area == "PRC"
    assert autosave(broker_page, url("answer", answered)).status_code == 400
    assert broker_page.get(url("part", answered, "quick"))["Location"] == url("result", answered)


def test_another_area_without_a_reason_is_asked_for_one(broker_page, answered):
    answer = broker_page.post(url("complete", answered), {"area": "MKT", "reason": ""})

    assert answer.status_code == 400
    assert "Say why another area" in answer.content.decode()


def test_the_area_that_was_asked_for_is_still_chosen_when_the_reason_was_forgotten(broker_page, answered):
    refused = broker_page.post(url("complete", answered), {"area": "MKT", "reason": ""})
    asked = [code for code, _name, is_asked in refused.context["areas"] if is_asked]
    broker_page.post(url("complete", answered), {"area": asked[0], "reason": "A fair is near."})

    answered.refresh_from_db()
    assert refused.status_code == 400
    assert '<option value="MKT" selected>' in refused.text
    assert (answered.chosen_area, answered.override_reason) == ("MKT", "A fair is near.")


def test_the_result_leads_to_the_questions_about_the_firm_as_long_as_they_are_open(broker_page, answered):
    asked = "Answer the questions about the firm first."
    after = broker_page.get(url("result", answered)).text
    Answer.objects.filter(area="").delete()
    before = broker_page.get(url("result", answered)).text

    assert asked in before
    assert asked not in after


@pytest.mark.parametrize("hostile", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_choices_never_fail(broker_page, answered, hostile):
    complete = broker_page.post(url("complete", answered), {"area": hostile, "reason": hostile})

    assert complete.status_code == 400


@pytest.mark.parametrize("hostile", ["\x00", "9" * 30, "<script>", "x" * 1_000_000], ids=range(4))
def test_hostile_steps_never_fail(broker_page, answered, aleksandra, hostile):
    done = complete_assessment(assessment=answered, by=factories.actor(aleksandra))

    for field in ("what", "waits_for", "due_date", "barrier", "goal"):
        sent = {"what": "Call", "waits_for": "us", field: hostile}
        assert broker_page.post(url("plan", done), sent).status_code in {302, 400, 404}


def test_a_later_assessment_shows_what_changed(broker_page, answered, aleksandra):
    by = factories.actor(aleksandra)
    later = repeat_assessment(assessment=complete_assessment(assessment=answered, by=by), by=by)
    answer_items(assessment=later, rater="broker", given=[Given("PRC", "V3", 4)], by=by)

    page = broker_page.get(url("result", later)).content.decode()

    assert "Since the last one" in page
    assert "+5.5" in page


@pytest.mark.parametrize("language", ["en", "lt", "pl"])
def test_the_result_can_be_taken_along_as_a_tagged_pdf(client, aleksandra, answered, language):
    aleksandra.language = language
    aleksandra.save()
    client.force_login(aleksandra)

    answer = client.get(url("pdf", answered))

    assert answer["Content-Type"] == "application/pdf"
    assert b"pdfuaid" in answer.content
    assert f"/Lang({language})".encode() in answer.content


def test_before_the_first_question_the_visitor_reads_what_becomes_of_the_answers(client, db):
    page = client.get(reverse("self_assessment")).content.decode()

    assert "deleted 90 days after the last one" in page
    assert "63 short questions" in page
    assert not Assessment.objects.exists()


@pytest.mark.parametrize(
    ("figure", "most", "asked"),
    [
        ("SELF_ASSESSMENTS_NETWORK", 1, lambda client: client.post(reverse("self_assessment"))),
        ("SELF_ASSESSMENT_PDFS_NETWORK", 0, lambda client: client.get(reverse("self_assessment_pdf"))),
    ],
)
def test_a_network_that_asks_too_often_waits(client, db, monkeypatch, figure, most, asked):
    monkeypatch.setattr(f"companies.services.assessments.visitor_limits.{figure}", most)
    client.post(reverse("self_assessment"))

    answer = asked(client)

    assert answer.status_code == 429
    assert "Too many attempts" in answer.text
    assert int(answer.headers["Retry-After"]) > 0
    assert Assessment.objects.count() == 1


def test_without_the_counter_visitors_still_begin(client, db, monkeypatch):
    def away(*_args):
        raise CounterAwayError

    monkeypatch.setattr("companies.services.assessments.visitor_limits.take", away)

    client.post(reverse("self_assessment"))

    assert Assessment.objects.count() == 1


def visited(client, **place):
    client.post(reverse("self_assessment"))
    return client.get(reverse("self_assessment_result"), place)


def test_a_visitors_result_names_the_broker_of_their_country(client, aleksandra):
    answer = visited(client, country="PL", postcode="", region="")

    assert aleksandra.name in answer.content.decode()
    assert reverse("register") in answer.content.decode()


@pytest.mark.parametrize("field", ["country", "postcode", "region"])
@pytest.mark.parametrize("hostile", ["\x00", "9" * 30, "😀", "x" * 10_000], ids=range(4))
def test_hostile_places_are_refused_on_the_visitors_result(client, aleksandra, field, hostile):
    assert visited(client, **{"country": "PL", field: hostile}).status_code == 400


def test_the_broker_sees_which_areas_to_ask_in_full_after_the_quick_scan(broker_page, assessment, aleksandra):
    page = broker_page.get(url("part", assessment, "quick")).content.decode()
    assert "the full questions are worth asking in" not in page

    scan = [Given("PRC", item, 4) for item in ("V1", "V2", "V3", "R0")] + [Given("PRC", "B0", 0)]
    answer_items(assessment=assessment, rater="broker", given=scan, by=factories.actor(aleksandra))
    page = broker_page.get(url("part", assessment, "quick")).content.decode()

    assert "the full questions are worth asking in" in page


def test_the_broker_sees_how_many_profiles_abroad_fit_an_area(broker_page, assessment, finnish_company):
    factories.profile(finnish_company, cooperation_types=["SUPPLY"])

    fits, other = (broker_page.get(url("part", assessment, area)).content.decode() for area in ("PRC", "HRM"))

    assert "1 published profile from another country fits" in fits
    assert "0 published profiles" in other


def test_the_firm_sees_the_brokers_score_once_it_is_completed(
    broker_page, answered, aleksandra, polish_company
):
    page = broker_page
    factories.contact(polish_company, user=(owner := factories.person("Ewa Lis")))
    page.force_login(owner)
    before = page.get(url("result", answered)).content.decode()
    complete_assessment(assessment=answered, by=factories.actor(aleksandra))
    after = page.get(url("result", answered)).content.decode()

    assert "What your broker found" not in before
    assert "What your broker found" in after
    assert "Procurement" in after.split("What your broker found")[1][:300]


def test_the_firm_reads_the_brokers_result_first_and_its_plan_once_it_is_completed(
    broker_page, answered, aleksandra, polish_company
):
    by = factories.actor(aleksandra)
    done = complete_assessment(assessment=answered, by=by)
    add_step(assessment=done, what="Ask three carriers", by=by, due_date=date(2031, 5, 4))
    factories.contact(polish_company, user=(owner := factories.person("Ewa Lis")))
    broker_page.force_login(owner)

    page = broker_page.get(url("result", done)).text
    document = document_of(result_page_of(Sitting(done, "self", factories.actor(owner))))

    assert "too few answers" not in page
    assert "Ask three carriers" in page
    assert "2031" in page
    assert "Procurement" in " ".join(document["intro"])
    planned = next(one for one in document["sections"] if one["heading"] == "Action plan")
    assert planned["points"][0].startswith("Ask three carriers")


def test_the_visitors_link_stands_below_every_part_and_the_open_one_is_gone_on_with(client, db):
    client.post(reverse("self_assessment"))
    token = client.session["self_assessment"]["token"]
    parts = [client.get(reverse("self_assessment_part", args=[part])).text for part in ("firm", "quick")]
    welcome = client.get(reverse("self_assessment")).text

    assert all(reverse("self_assessment_resume", args=[token]) in page for page in parts)
    assert welcome.index("Go on with your open self-assessment") < welcome.index("Begin anew")
