import pytest

from companies.profiles.checks import REQUIRED, REQUIRED_OF_ALL, check
from companies.profiles.findings import Draft, Facts, Identity, Severity, Text

PARTS = {
    "title": "Dry oak boards for makers of furniture in Poland",
    "summary": "A Polish mill offers planed boards.",
    "offered": "The mill planes oak to order.",
    "sought": "A distributor with own sales people who stocks the boards and sells them on to makers.",
    "advantages": "Dried to 8 per cent.",
    "technical": "Up to 4 metres.",
}
FACTS = Facts(
    type="BO",
    cooperation_types=("DISTRIBUTION",),
    partner_kinds=("sme_49",),
    keywords=("oak",),
    development="on_market",
    protection="none",
    call=True,
)


def draft(*texts, **facts):
    given = {name: getattr(FACTS, name) for name in FACTS.__dataclass_fields__} | facts
    return Draft(Facts(**given), texts or (Text("en", PARTS),), Identity(names=("zalia mediena",)))


def test_call_is_public_and_so_it_is_checked():
    call = {
        "call_programme": "Horizon Europe",
        "call_title": "The call that Zalia Mediena found, write to us@mail.example",
        "call_website": "https://zalia-mediena.example/call",
    }
    made = draft(type="RDR")

    found = said(Draft(made.facts, made.texts, made.identity, call))

    assert {("name", "call_title"), ("email", "call_title"), ("name", "call_website")} <= set(found)
    assert not {field for _, field in said(made)} & set(call)


def said(made):
    return [(finding.code, finding.field) for finding in check(made)]


@pytest.mark.parametrize("kind", REQUIRED)
def test_complete_profile_of_each_type_is_free_of_blockers(kind):
    assert [one for one in check(draft(type=kind)) if one.severity == Severity.BLOCKER] == []


@pytest.mark.parametrize(
    ("kind", "field"), [(kind, field) for kind in REQUIRED for field in (*REQUIRED_OF_ALL, *REQUIRED[kind])]
)
def test_each_part_that_a_type_demands_is_missed(kind, field):
    if field in PARTS:
        made = draft(Text("en", PARTS | {field: "  "}), type=kind)
    else:
        made = draft(type=kind, **{field: type(getattr(FACTS, field))()})

    missed = [one for one in check(made) if one.field == field and one.severity == Severity.BLOCKER]

    assert len(missed) == 1


def test_stage_and_protection_are_asked_of_technology_offers_only():
    assert ("missing", "development") not in said(draft(development="", protection=""))
    assert ("missing", "development") in said(draft(type="TO", development=""))


def test_translation_may_leave_parts_out():
    assert said(draft(Text("en", PARTS), Text("pl", {"title": "Suche deski dębowe na meble"}, False))) == []


@pytest.mark.parametrize("lacking", [None, "title", "summary"])
def test_profile_without_english_title_or_summary_is_stopped(lacking):
    english = Text("en", {"title": PARTS["title"], "summary": PARTS["summary"], lacking: " "}, False)

    found = check(draft(Text("pl", PARTS), *([english] if lacking else [])))

    stopped = [(one.code, one.field) for one in found if one.severity == Severity.BLOCKER]
    assert stopped == [("no_english", "language")]


def test_english_title_and_summary_are_enough_beside_another_original():
    english = Text("en", {"title": PARTS["title"], "summary": PARTS["summary"]}, False)

    assert ("no_english", "language") not in said(draft(Text("pl", PARTS), english))


def test_what_an_english_original_lacks_is_told_once():
    found = said(draft(Text("en", PARTS | {"summary": ""})))

    assert ("missing", "summary") in found
    assert ("no_english", "language") not in found


def test_leaks_in_keywords_and_translations_are_found():
    translated = Text("pl", {"offered": "Deski od Žalia Mediena."}, False)

    found = said(draft(Text("en", PARTS), translated, keywords=("Zalia Mediena", "oak")))

    assert ("name", "keywords") in found
    assert ("name", "offered") in found


def test_more_than_three_ways_are_too_broad():
    assert ("many_ways", "cooperation_types") in said(
        draft(cooperation_types=("SUPPLY", "LICENCE", "SERVICE", "TRAINING"))
    )


def test_request_for_research_partners_leads_to_research():
    assert ("not_research", "cooperation_types") in said(draft(type="RDR"))
    assert ("not_research", "cooperation_types") not in said(draft(type="RDR", cooperation_types=("RND",)))


def test_summary_that_says_the_title_again_is_a_minor_matter():
    again = Text("en", PARTS | {"summary": PARTS["title"] + "."})

    assert ("repetition", "summary") in said(draft(again))


def test_what_blocks_comes_first():
    severities = [one.severity for one in check(draft(Text("pl", {"offered": "Szukamy. Žalia Mediena."})))]

    assert severities == sorted(severities, key=list(Severity).index)
