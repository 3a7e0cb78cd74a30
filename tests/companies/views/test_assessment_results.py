"""What a result shows, on the page and on paper: the same facts to the same reader."""

import io
import re
from datetime import UTC, date, datetime

import pytest
from django.urls import reverse
from pypdf import PdfReader

from companies.models import Assessment
from companies.services.assessments.answering import Given, answer_items
from companies.services.assessments.completing import complete_assessment
from companies.services.assessments.plans import set_goal
from companies.services.assessments.starting import repeat_assessment, start_assessment
from companies.services.assessments.steps import add_step
from companies.views.assessments.documents import document_of
from companies.views.assessments.results import result_page_of
from companies.views.assessments.sittings import Sitting
from tests import factories
from tests.companies.assessments.sheets import BEST, as_given, firm, golden, rated
from tests.standing_scenes import standing
from tibs.accounts.actor import VISITOR

DAYS = [datetime(2031, month, 2, 9, tzinfo=UTC) for month in (1, 6, 11)]
REASON = "A fair is near."


@standing
def broker(aleksandra_in_english):
    return factories.actor(aleksandra_in_english)


@standing
def owner(polish_company):
    person = factories.person("Ewa Lis")
    factories.contact(polish_company, user=person)
    return person


@standing
def first(polish_company, broker):
    """The golden example, answered and open."""
    made = start_assessment(company=polish_company, by=broker)
    given = as_given([*firm(3), *golden()])
    answer_items(assessment=made, rater="broker", given=given, by=broker)
    return made


@standing
def third(first, broker):
    """T2 of a firm whose procurement gained at T1, and whose sales lost since."""
    done = complete_assessment(assessment=first, by=broker, now=DAYS[0])
    for day, change in zip(DAYS[1:], (Given("PRC", "V3", 4), Given("MKT", "V1", 2)), strict=True):
        later = repeat_assessment(assessment=done, by=broker)
        answer_items(assessment=later, rater="broker", given=[change], by=broker)
        done = complete_assessment(assessment=later, by=broker, now=day)
    return done


@standing
def with_both(first, broker, owner):
    """The same with the firm's own quick scan, far from the broker's in one answer."""
    scan = {("MKT", "V1"): 4, ("MKT", "V2"): 3, ("MKT", "V3"): 4, ("PRC", "V1"): 0}
    scan |= {("PRC", "V2"): 1, ("PRC", "V3"): 1, ("OPS", "V1"): 2, ("OPS", "V2"): 2, ("OPS", "V3"): 2}
    scan |= {(area, item): 2 for area in ("MKT", "PRC", "OPS") for item in ("R0", "B0")}
    given = [Given(area, item, value) for (area, item), value in scan.items()]
    answer_items(assessment=first, rater="self", given=given, by=factories.actor(owner))
    return first


def page_for(broker, assessment):
    return result_page_of(Sitting(assessment, "broker", broker))


def seen(client, person, name, assessment):
    client.force_login(person)
    return client.get(reverse(f"assessment_{name}", args=[assessment.public_id]))


def read(answer):
    """The text of a PDF file, its line breaks taken for spaces."""
    pages = PdfReader(io.BytesIO(answer.content)).pages
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in pages))


def cells(table):
    return {row[0].value: [cell.value for cell in row[1:]] for row in table.rows}


def test_three_assessments_stand_side_by_side_with_what_changed_since_the_first_and_the_last(third, broker):
    table = page_for(broker, third).progress

    assert [column.value for column in table.columns][-2:] == ["Since the first one", "Since the last one"]
    assert [column.value[:2] for column in table.columns[1:4]] == ["T0", "T1", "T2"]
    assert cells(table)["Procurement"] == ["68.2", "73.7", "73.7", "+5.5", "0.0"]
    assert cells(table)["Marketing and sales"] == ["61.8", "61.8", "56.8", "−5.0", "−5.0"]


def test_the_firm_reads_on_page_and_paper_how_it_changed(client, third, owner):
    page, paper = seen(client, owner, "result", third).text, read(seen(client, owner, "pdf", third))

    for said in ("Untapped potential at each assessment", "Since the first one", "73.7", "+5.5", "−5.0"):
        assert said in page
    for said in ("What changed", "Since the first one", "73.7", "+5.5", "−5.0"):
        assert said in paper


def test_of_many_assessments_the_first_and_the_newest_are_shown(third, broker):
    done = third
    for month in (3, 4, 5):
        later = repeat_assessment(assessment=done, by=broker)
        done = complete_assessment(assessment=later, by=broker, now=datetime(2032, month, 2, tzinfo=UTC))

    table = page_for(broker, done).progress

    assert [column.value[:2] for column in table.columns[1:6]] == ["T0", "T2", "T3", "T4", "T5"]


def test_an_earlier_assessment_is_not_compared_with_later_ones(third, broker):
    second = third.company.assessments.get(number=1)

    table = page_for(broker, second).progress

    assert [column.value[:2] for column in table.columns[1:3]] == ["T0", "T1"]
    assert len(table.columns) == 4


def test_another_version_of_the_questions_is_shown_but_not_subtracted(third, broker, monkeypatch):
    monkeypatch.setattr("companies.assessments.progress.is_comparable", lambda one, other: False)
    monkeypatch.setattr("companies.views.assessments.comparisons.is_comparable", lambda one, other: False)

    page = page_for(broker, third)

    assert cells(page.progress)["Procurement"] == ["68.2", "73.7", "73.7", "–", "–"]
    assert "not subtracted" in page.progress_note


def test_a_first_assessment_has_nothing_to_be_compared_with(first, broker):
    assert page_for(broker, first).progress is None


def test_firm_and_broker_are_drawn_by_the_same_figure_and_the_sentence_names_what_is_drawn(with_both, broker):
    page = page_for(broker, with_both)
    drawn = {row.label: row.cells for row in page.radar.rows}

    assert page.radar.headers == ("The broker", "The firm itself")
    assert drawn["Marketing and sales"] == ("72.1", "68.2")
    assert drawn["Procurement"] == ("67.8", "35.4")
    assert "Highest for the broker: Marketing and sales, 72.1." in page.radar.finding
    assert "Highest for the firm: Marketing and sales, 68.2." in page.radar.finding
    assert page.radar.finding.endswith("The ranking goes by all blocks.")
    assert page.finding.startswith("Procurement")


def test_two_quick_scans_are_ranked_by_what_is_drawn(polish_company, broker, owner):
    made = start_assessment(company=polish_company, by=broker)
    for rater, by, value in (("broker", broker, 4), ("self", factories.actor(owner), 2)):
        scan = [Given("PRC", item, value) for item in ("V1", "V2", "V3", "R0")] + [Given("PRC", "B0", 0)]
        answer_items(assessment=made, rater=rater, given=scan, by=by)

    page = page_for(broker, made)

    assert page.radar.rows[0].cells == ("100.0", "62.5")
    assert "all blocks" not in page.radar.finding


def test_without_the_firms_own_answers_untapped_potential_is_drawn(first, broker):
    page = page_for(broker, first)

    assert page.radar.headers == ("Untapped potential",)
    assert page.radar.rows[0].cells == ("68.2",)
    assert "Procurement, 68.2 of 100" in page.radar.finding


def test_answers_about_the_firm_alone_draw_no_line(first, broker, owner):
    answer_items(assessment=first, rater="self", given=[Given("", "FC1", 3)], by=factories.actor(owner))

    assert page_for(broker, first).radar.headers == ("Untapped potential",)


def test_the_ranking_says_what_it_rests_on(first, broker):
    table = page_for(broker, first).reasons

    assert [column.value for column in table.columns] == [
        "Area",
        "Value",
        "Readiness",
        "Feasibility",
        "Barriers",
        "International already",
    ]
    assert cells(table)["Procurement"] == ["67 %", "69 %", "88 %", "31 %", "12 %"]


def test_areas_that_firms_often_take_abroad_are_marked_and_rank_no_higher(client, first, broker, aleksandra):
    ranking = {row.code: row.common for row in page_for(broker, first).ranking}
    client.force_login(aleksandra)
    quick = client.get(reverse("assessment_part", args=[first.public_id, "quick"])).text

    assert {code for code, common in ranking.items() if common} == {"OPS", "OUT", "MKT"}
    assert page_for(broker, first).ranking[0].code == "PRC"
    assert quick.count("Often international") == 3


def test_after_another_area_was_chosen_barriers_and_ways_are_those_of_that_area(first, broker):
    done = complete_assessment(assessment=first, by=broker, chosen_area="MKT", reason=REASON)
    page = page_for(broker, done)

    assert page.focus == "Marketing and sales"
    assert page.barriers[0][0] == "Information about markets abroad"
    assert page.cooperation[0] == (
        "Distribution or agency",
        "distributor, agent, joint offer, online sales",
    )
    assert page.finding.startswith("Procurement")


def test_the_paper_of_the_broker_says_what_the_page_says(client, aleksandra, with_both, broker):
    done = complete_assessment(assessment=with_both, by=broker, chosen_area="MKT", reason=REASON, now=DAYS[0])
    set_goal(assessment=done, goal="Two resellers by May", by=broker)
    add_step(
        assessment=done,
        what="Ask three resellers",
        by=broker,
        due_date=date(2031, 5, 4),
        referral="Export agency",
        barrier="B_MARKETS",
    )

    page, paper = seen(client, aleksandra, "result", done).text, read(seen(client, aleksandra, "pdf", done))

    for said in FACTS:
        assert said in re.sub(r"\s+", " ", page), said
        assert said in paper, said


def test_where_no_single_answer_changes_the_first_place_one_sentence_says_so(first, broker, monkeypatch):
    moved = page_for(broker, first)
    assert moved.changes
    assert moved.why_no_changes == ""

    monkeypatch.setattr("companies.assessments.results.smallest_changes", lambda sheets, instrument: [])
    safe = page_for(broker, first)

    said = "No single other answer would put another area first."
    assert safe.why_no_changes == said
    assert {"heading": "What would change the first place", "paragraphs": [said]} in document_of(safe)[
        "sections"
    ]


@pytest.mark.parametrize(
    ("given", "told"), [([], "no answer"), ([Given("MKT", "F2", None)], "I do not know")]
)
def test_a_change_names_what_was_answered_and_what_nobody_answered(polish_company, broker, given, told):
    """Sales misses one answer only, without which it is not ranked; with it, it would come first."""
    made = start_assessment(company=polish_company, by=broker)
    weak = {"V": (0, 0, 0), "R": (0, 0, 0, 0), "F": (0, 0), "B": (3, 3, 3, 3), "H": (4, 4)}
    sheet = [*firm(3), *rated("PRC", BEST | {"H": (1, 1)}), *rated("OPS", weak)]
    sheet += [one for one in rated("MKT", BEST) if one.item != "F2"]
    answer_items(assessment=made, rater="broker", given=[*as_given(sheet), *given], by=broker)

    changes = page_for(broker, made).changes

    assert f"instead of “{told}”" in changes[0]


def test_a_result_without_ways_says_why(client, aleksandra_in_english, first, broker):
    ready = page_for(broker, first)
    again = [Given("", one.item, 2) for one in firm(2)]
    answer_items(assessment=first, rater="broker", given=again, by=broker)
    complete_assessment(assessment=first, by=broker, chosen_area="OPS", reason=REASON)

    page = seen(client, aleksandra_in_english, "result", first).text
    paper = read(seen(client, aleksandra_in_english, "pdf", first))

    said = (
        "All ways to cooperate in this area ask for more commitment than the firm is known to be ready for."
    )
    assert ready.why_no_ways == ""
    assert said in page
    assert said in paper


def test_the_footer_of_a_visitors_paper_has_no_gap(db):
    made = Assessment.objects.create(instrument_version=1)
    made.updated_at = DAYS[0]

    document = document_of(result_page_of(Sitting(made, "self", VISITOR, token="x")))

    assert document["footer"] == "TIBS · 2 January 2031"


FACTS = (
    "6.4 points ahead of Marketing and sales, and first in 16 of 16",
    "Chosen area: Marketing and sales",
    REASON,
    "68.2",
    "71.8",
    "80 %",
    "Often international",
    "What the ranking rests on",
    "88 %",
    "Too few answers",
    "Highest for the broker: Marketing and sales, 72.1.",
    "Well prepared",
    "150 of 200 points",
    "distributor, agent, joint offer, online sales",
    "Information about markets abroad",
    "Ask the broker for a short market overview",
    "What would change the first place",
    "Talk about these answers",
    "Not at all",
    "Two resellers by May",
    "Ask three resellers",
    "by 4 May 2031",
    "Sent on to: Export agency",
    "Against the barrier: Information about markets abroad",
)


def test_paper_speaks_the_readers_language(client, aleksandra, with_both):
    aleksandra.language = "lt"
    aleksandra.save()

    answer = seen(client, aleksandra, "pdf", with_both)

    assert b"/Lang(lt)" in answer.content
    assert b"pdfuaid" in answer.content
    for said in ("Pirkimai", "68,2", "Dažnai tarptautiška", "tiekėjas, bendri pirkimai", "Vadovų laikas"):
        assert said in read(answer)
