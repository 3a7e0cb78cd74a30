"""From the result of an assessment to the beginning of a profile."""

import pytest

from companies.assessments.versions import instrument
from companies.choices import Area, Cooperation, ProfileType
from companies.profiles.suggestions import BY_AREA
from companies.services.assessments.completing import complete_assessment
from companies.services.assessments.plans import latest_completed
from companies.services.profile_suggestions import first_values, suggestion_from, ways_beyond
from tests import factories
from tests.standing_scenes import standing


@standing
def completed(assessment, answer_golden, broker):
    answer_golden(assessment)
    return complete_assessment(assessment=assessment, by=broker)


def test_every_area_has_a_type_that_exists():
    assert set(BY_AREA) == set(Area.values)
    assert {advice.type for advice in BY_AREA.values()} <= set(ProfileType.values)


def test_recommended_area_brings_type_ways_and_reason(completed):
    suggestion = suggestion_from(completed)

    assert (suggestion.area, suggestion.type) == ("PRC", "BR")
    assert set(suggestion.cooperation_types) <= set(instrument(1).area("PRC").cooperation)
    assert set(suggestion.cooperation_types) <= set(Cooperation.values)
    assert suggestion.reason


def test_area_that_the_broker_chose_instead_counts(assessment, answer_golden, broker):
    answer_golden(assessment)
    done = complete_assessment(assessment=assessment, by=broker, chosen_area="MKT", reason="They know why.")

    assert (suggestion_from(done).area, suggestion_from(done).type) == ("MKT", "BO")


def test_open_assessment_suggests_nothing(assessment):
    assert latest_completed(assessment.company) is None


def test_skeleton_is_made_of_facts_in_the_companys_language(completed):
    company = completed.company
    company.language = "en"

    values = first_values(company, "BR", suggestion_from(completed))

    assert values["title"].startswith(f"Request from {company.country.name}")
    assert company.name not in values["title"] + values["summary"]
    assert values["area"] == "PRC"


GATES = pytest.mark.parametrize(
    ("points", "area", "ways"),
    [
        (1, "PRC", ()),
        (2, "PRC", ("SUPPLY",)),
        (2, "OPS", ()),
        (3, "OPS", ("SUBCONTRACTING", "JOINT_PRODUCTION", "LICENCE")),
    ],
)


@pytest.fixture
def rated(assessment, answer_golden, broker):
    """Completed for an area, by a firm with the same answer to every question about itself."""

    def rate(points, area):
        answer_golden(assessment, {("", code): points for code in instrument(1).firm_items})
        return complete_assessment(
            assessment=assessment, by=broker, chosen_area=area, reason="They know why."
        )

    return rate


@GATES
@pytest.mark.parametrize("kind", ["BR", "BO"])
def test_skeleton_is_whole_sentences_behind_every_gate(rated, points, area, ways, kind):
    done = rated(points, area)
    done.company.language = "en"

    values = first_values(done.company, kind, suggestion_from(done))

    assert tuple(values["cooperation_types"]) == ways
    assert ("(" in values["title"]) == bool(ways)
    assert ("partners abroad" in values["summary"]) == bool(ways)
    assert not values["title"].rstrip().endswith(("()", ":"))
    assert ": ." not in values["summary"]
    assert values["summary"].endswith(".")


@GATES
def test_ways_beyond_what_a_firm_is_ready_for_are_known(rated, points, area, ways):
    wished = ["SUBCONTRACTING", "JOINT_PRODUCTION", "LICENCE"] if area == "OPS" else ["SUPPLY"]
    profile = factories.draft((done := rated(points, area)).company, cooperation_types=wished)

    assert ways_beyond(profile, done) == [way for way in wished if way not in ways]


def test_without_an_assessment_no_way_goes_too_far(polish_company):
    assert ways_beyond(factories.draft(polish_company, cooperation_types=["LICENCE"]), None) == []


def test_profile_written_from_the_result_remembers_it(client, completed, aleksandra):
    client.force_login(aleksandra)
    company = completed.company
    address = f"/companies/{company.public_id}/profiles/new/"
    page = client.get(address).text
    sent = {"version": 0, "type": "BR", "area": "PRC", "language": "pl", "sought": "Potrzebna tarcica."}

    client.post(f"{address}?type=BR", sent)

    assert "Suggested" in page
    assert company.profiles.get().assessment == completed


def test_goal_of_the_plan_is_written_on_the_page_of_the_result(client, completed, aleksandra):
    client.force_login(aleksandra)
    address = f"/assessments/{completed.public_id}/plan/"

    client.post(address, {"goal": "A second supplier by spring"})
    too_long = client.post(address, {"goal": "x" * 1001})

    assert completed.plan.goal == "A second supplier by spring"
    assert too_long.status_code == 400
    assert "x" * 1001 in too_long.text
