"""Profiles stay exchangeable with the Enterprise Europe Network: its fields (third generation), limits and lists.

What has no place of its own here stands in WITHOUT, with the reason; a field that gets one moves up.
"""

import pytest

from companies.choices import Cooperation, Development, PartnerKind, ProfileStatus, ProfileType, Protection
from companies.goals import GOALS
from companies.models import Company, CooperationProfile, ExpressionOfInterest, ProfileText, ResearchCall
from companies.models.expression import LONGEST_STATEMENT, SHORTEST_STATEMENT
from companies.models.profile_review import LONGEST_COMMENT, MOST_POINTS
from companies.profile_parts import OFFERS, main_side
from companies.profiles.checks import LONGEST, MOST_WAYS, REQUIRED, REQUIRED_OF_ALL
from companies.services.profile_facts import CALL_NEEDS, MOST_KEYWORDS
from companies.services.reviews import PARTS
from tibs.figures import PROFILE_LIFE

PROFILE, TEXT, CALL = CooperationProfile, ProfileText, ResearchCall
# Their field, and where it stands: (model, field, most characters or None).
FIELDS = {
    "id": (PROFILE, "public_id", None),
    "reference": (PROFILE, "reference", 24),
    "reference.external of an imported profile": (PROFILE, "een_reference", 24),
    "profileType": (PROFILE, "type", 3),
    "profileStatus": (PROFILE, "status", None),
    "created": (PROFILE, "created_at", None),
    "lastModified": (PROFILE, "updated_at", None),
    "publicationDate": (PROFILE, "published_at", None),
    "expirationDate": (PROFILE, "expires_at", None),
    "title": (TEXT, "title", 256),
    "shortSummary": (TEXT, "summary", 500),
    "description of an offer": (TEXT, "offered", 4000),
    "description of a request": (TEXT, "sought", 4000),
    "expectedRoleOfThePartner of an offer": (TEXT, "sought", 4000),
    "advantagesAndInnovation": (TEXT, "advantages", 2000),
    "technicalSpecificationOrExpertiseSought": (TEXT, "technical", 2000),
    "stageOfDevelopment": (PROFILE, "development", None),
    "iprStatus": (PROFILE, "protection", None),
    "typesAndSizes": (PROFILE, "partner_kinds", None),
    "typesOfPartnership": (PROFILE, "cooperation_types", None),
    "marketKeywords and technologyKeywords, as free words": (PROFILE, "keywords", None),
    "keyword.naces": (Company, "nace", None),
    "sdgKeywords": (PROFILE, "goals", None),
    "targetedCountries": (PROFILE, "wished_countries", None),
    "openForEOI": (PROFILE, "open_for_interest", None),
    "partnerOrganisationCountry": (Company, "host", None),
    "frameworkProgram": (CALL, "programme", 200),
    "callTitleAndIdentifier": (CALL, "title", 300),
    "coordinatorRequired": (CALL, "is_coordinator_sought", None),
    "deadlineForEoI": (CALL, "interest_until", None),
    "deadlineOfTheCall": (CALL, "closing_date", None),
    "anticipatedProjectBudget": (CALL, "budget", None),
    "projectDurationInWeeks": (CALL, "weeks", None),
    "webLinkToTheCall": (CALL, "website", 300),
    "eoi: presentation": (ExpressionOfInterest, "presentation", 600),
    "eoi: interest": (ExpressionOfInterest, "interest", 600),
    "eoi: question": (ExpressionOfInterest, "question", 600),
}
# Their field, and why it has no place of its own.
WITHOUT = {
    "expectedRoleOfThePartner of a request": "Part of `sought`, which says who can give it; `offered` is beside it.",
    "iprNotes": "A number would give the firm away; words go into the technical details.",
    "stagedev.comment": "Words go into the technical details.",
    "profileorigin": "Where an idea came from is told in the words.",
    "sectorGroupsInvolved": "Groups of the network; the domain of the specialisation strategy stands instead.",
    "marketKeywords and technologyKeywords, as codes": "The lists have no licence; an operator may have them.",
    "attachments": "Pictures and files give firms away; evidence belongs to agreements.",
    "videoPitch": "The same.",
    "submissionAndEvaluationScheme": "Stands on the web page of the call.",
    "projectTitleAndAcronym": "Goes into the title of the profile.",
    "customprops": "Whatever they hold, it has no meaning here.",
}
# Their lists, and our codes for each entry; several of ours may be one of theirs.
STAGES = {
    "Concept stage": Development.CONCEPT,
    "Under development": Development.UNDER_WAY,
    "Lab tested": Development.LAB_TESTED,
    "Available for demonstration": Development.DEMONSTRATION,
    "Already on the market": Development.ON_MARKET,
}
RIGHTS = {
    "No IPR applied": Protection.NONE,
    "Secret know-how": Protection.SECRET,
    "IPR applied but not yet granted": Protection.APPLIED,
    "IPR granted": Protection.GRANTED,
}
SIZES = {
    "SME <=10": PartnerKind.MICRO,
    "SME 11-49": PartnerKind.SMALL,
    "SME 50-249": PartnerKind.MEDIUM,
    "Big company": PartnerKind.LARGE,
    "R&D Institution": PartnerKind.RESEARCH,
    "University": PartnerKind.UNIVERSITY,
    "Other": PartnerKind.OTHER,
}
PARTNERSHIPS = {
    "Commercial": {Cooperation.DISTRIBUTION, Cooperation.SERVICE, Cooperation.LOGISTICS, Cooperation.LICENCE},
    "Investment": {Cooperation.INVESTMENT},
    "Outsourcing": {Cooperation.SUBCONTRACTING, Cooperation.JOINT_PRODUCTION},
    "Supplier agreement": {Cooperation.SUPPLY},
    "Commercial with technical assistance": {Cooperation.LICENCE, Cooperation.SERVICE, Cooperation.TRAINING},
    "R&D cooperation agreement": {Cooperation.RESEARCH},
}
STATES = {
    "DRAFT": ProfileStatus.DRAFT,
    "DRAFT_REJECTED": ProfileStatus.CHANGES_REQUESTED,
    "UNDER_REVIEW": ProfileStatus.IN_REVIEW,
    "CLIENT_VALIDATION_PENDING": ProfileStatus.COMPANY_APPROVAL,
    "PUBLISHED": ProfileStatus.PUBLISHED,
    "EXPIRED": ProfileStatus.EXPIRED,
    "ARCHIVED": ProfileStatus.WITHDRAWN,
}


@pytest.mark.parametrize("name", FIELDS)
def test_field_of_the_network_has_its_place_and_its_limit(name):
    model, field, most = FIELDS[name]

    assert model._meta.get_field(field).max_length == most or most is None


def test_every_field_has_a_place_or_a_reason():
    assert not set(FIELDS) & set(WITHOUT)
    assert all(reason.endswith(".") for reason in WITHOUT.values())


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [(STAGES, Development), (RIGHTS, Protection), (SIZES, PartnerKind), (STATES, ProfileStatus)],
    ids=["stage", "rights", "size", "state"],
)
def test_list_of_the_network_is_ours_entry_by_entry(theirs, ours):
    assert sorted(theirs.values()) == sorted(ours)


def test_every_way_to_work_together_is_a_partnership_of_the_network():
    assert set().union(*PARTNERSHIPS.values()) == set(Cooperation)
    assert MOST_WAYS == 3


def test_types_are_the_five_of_the_network_and_describe_the_right_side():
    assert set(ProfileType.values) == {"BO", "BR", "TO", "TR", "RDR"}
    assert {kind: main_side(kind) for kind in ("BO", "BR", "TO", "TR", "RDR")} == {
        "BO": "offered",
        "TO": "offered",
        "BR": "sought",
        "TR": "sought",
        "RDR": "sought",
    }
    assert set(OFFERS) == {"BO", "TO"}


@pytest.mark.parametrize(
    ("kind", "needed"),
    [
        ("BO", {"offered", "sought", "advantages"}),
        ("TO", {"offered", "sought", "advantages", "development", "protection"}),
        ("BR", {"sought", "technical"}),
        ("TR", {"sought", "technical"}),
        ("RDR", {"sought", "call"}),
    ],
)
def test_each_type_demands_what_the_network_demands(kind, needed):
    shared = {"title", "summary", "cooperation_types", "partner_kinds", "keywords"}

    assert set(REQUIRED[kind]) == needed
    assert set(REQUIRED_OF_ALL) == shared


def test_call_needs_its_programme_title_and_both_days():
    assert set(CALL_NEEDS) == {"programme", "title", "interest_until", "closing_date"}


def test_texts_fit_into_the_forms_of_the_network():
    assert LONGEST == {
        "title": 256,
        "summary": 500,
        "offered": 4000,
        "sought": 4000,
        "advantages": 2000,
        "technical": 2000,
    }
    assert {name: TEXT._meta.get_field(name).max_length for name in LONGEST} == LONGEST


def test_figures_are_those_of_the_network():
    assert (len(PARTS), MOST_POINTS, LONGEST_COMMENT) == (4, 5, 2000)
    assert (SHORTEST_STATEMENT, LONGEST_STATEMENT) == (150, 600)
    assert (PROFILE_LIFE.days, MOST_KEYWORDS, list(GOALS)) == (365, 5, list(range(1, 18)))
