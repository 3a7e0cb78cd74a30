from datetime import date

import pytest

from companies.choices import ProfileStatus
from companies.models import CooperationProfile, ProfileText, ResearchCall
from companies.profile_stages import EDITABLE
from companies.services.assessments.starting import start_assessment
from companies.services.conflicts import ChangedMeanwhileError
from companies.services.profile_words import hash_of
from companies.services.profile_writing import (
    begin_profile,
    edit_profile,
    remove_translation,
    translate_profile,
)
from tests import factories
from tibs.core.errors import BadInputError, NotAllowedError, WrongStateError
from tibs.events.models import AuditRecord

pytestmark = pytest.mark.django_db
CALL = {
    "programme": "Horizon Europe",
    "title": "HORIZON-CL4-2027",
    "interest_until": date(2027, 1, 10),
    "closing_date": date(2027, 2, 10),
}


def begin(company, by=factories.BENCH, **values):
    given = {
        "language": "pl",
        "facts": {"type": "BO", "area": "OPS"},
        "words": {"offered": "Strugamy deski."},
    } | values
    return begin_profile(company=company, by=by, **given)


def edit(profile, by=factories.BENCH, version=1, **values):
    given = {"facts": {}, "words": {}} | values
    return edit_profile(profile=profile, version=version, by=by, **given)


def translate(profile, language="en", version=0, by=factories.BENCH, **words):
    return translate_profile(profile=profile, language=language, version=version, words=words, by=by)


def original(profile):
    return ProfileText.objects.get(profile=profile, is_original=True)


def put_in(profile, status):
    CooperationProfile.objects.filter(pk=profile.pk).update(status=status)


def test_draft_begins_with_one_side_and_nothing_else(polish_company):
    profile = begin(polish_company)

    assert profile.status == ProfileStatus.DRAFT
    assert (original(profile).language, original(profile).offered) == ("pl", "Strugamy deski.")


def test_draft_without_any_side_is_refused_in_words(polish_company):
    with pytest.raises(BadInputError, match="Say what is offered or what is sought"):
        begin(polish_company, words={"title": "Deski"})


def test_too_long_a_text_is_named_by_its_field_and_nothing_is_kept(polish_company):
    with pytest.raises(BadInputError) as refused:
        begin(polish_company, words={"offered": "x", "summary": "x" * 501})

    assert list(refused.value.fields) == ["summary"]
    assert not CooperationProfile.objects.exists()


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"wished_countries": ["PL"]}, "wished_countries"),
        ({"excluded_countries": ["PL"]}, "excluded_countries"),
        ({"wished_countries": ["FI"], "excluded_countries": ["FI"]}, "excluded_countries"),
        ({"keywords": ["a", "b", "c", "d", "e", "f"]}, "keywords"),
        ({"goals": [18]}, "goals"),
        ({"goals": [0]}, "goals"),
    ],
)
def test_facts_that_cannot_be_meant_are_refused(polish_company, facts, field):
    with pytest.raises(BadInputError) as refused:
        begin(polish_company, facts={"type": "BO", "area": "OPS"} | facts)
    profile = begin(polish_company)
    with pytest.raises(BadInputError) as again:
        edit(profile, facts=facts)

    assert list(refused.value.fields) == list(again.value.fields) == [field]


def test_assessment_must_be_a_completed_one_of_the_same_company(polish_company, finnish_company):
    for company in (polish_company, finnish_company):
        started = start_assessment(company=company, by=factories.BENCH)
        with pytest.raises(BadInputError):
            begin(polish_company, assessment=started)


def test_changes_are_counted_recorded_and_found(polish_company):
    profile = begin(polish_company)

    changed = edit(profile, facts={"keywords": ["oak"]}, words={"title": "  Deski dębowe "})

    assert changed.keywords == ["oak"]
    assert changed.search_text == "deski debowe strugamy deski. oak"
    assert (original(profile).title, original(profile).version) == ("Deski dębowe", 2)
    record = AuditRecord.objects.filter(event="companies.profile.changed").get()
    assert record.fields == ["keywords", "title"]


def test_saving_the_same_again_changes_nothing(polish_company):
    profile = begin(polish_company)

    edit(profile, facts={"type": "BO"}, words={"offered": "Strugamy deski."})

    assert original(profile).version == 1
    assert not AuditRecord.objects.filter(event="companies.profile.changed").exists()


def test_who_read_an_older_version_learns_how_it_stands_and_changes_nothing(polish_company):
    profile = begin(polish_company)
    edit(profile, words={"title": "Pierwsza"})

    with pytest.raises(ChangedMeanwhileError) as refused:
        edit(profile, words={"title": "Druga"})

    assert refused.value.current.pk == profile.pk
    assert original(profile).title == "Pierwsza"


def test_text_of_the_largest_size_is_kept_whole_and_one_more_sign_is_refused(polish_company):
    profile = begin(polish_company)

    edit(profile, words={"offered": "ż" * 4000})
    with pytest.raises(BadInputError):
        edit(profile, version=2, words={"offered": "ż" * 4001})

    assert original(profile).offered == "ż" * 4000


@pytest.mark.parametrize("status", ProfileStatus)
def test_words_change_only_while_nobody_reads_or_approved_them(polish_company, status):
    profile = factories.profile(polish_company)
    put_in(profile, status)
    before = hash_of(CooperationProfile.objects.get())

    acts = (
        lambda: edit(profile, words={"title": "New"}),
        lambda: translate(profile, "pl", title="Nowy"),
        lambda: remove_translation(profile=profile, language="pl", by=factories.BENCH),
    )
    for act in acts:
        if status in EDITABLE:
            act()
        else:
            with pytest.raises(WrongStateError):
                act()

    assert (hash_of(CooperationProfile.objects.get()) == before) == (status not in EDITABLE)


def test_type_stays_once_there_is_a_reference(polish_company):
    profile = factories.profile(polish_company)
    put_in(profile, ProfileStatus.DRAFT)

    with pytest.raises(BadInputError) as refused:
        edit(profile, facts={"type": "BR"})

    assert list(refused.value.fields) == ["type"]
    assert edit(begin(polish_company), facts={"type": "BR"}).type == "BR"


def test_imported_public_facts_are_not_written_on(polish_company):
    facts = factories.public_facts(polish_company)
    put_in(facts, ProfileStatus.DRAFT)

    with pytest.raises(WrongStateError):
        edit(facts, words={"title": "x"})


def test_call_is_described_changed_and_taken_away(polish_company):
    profile = begin(polish_company, facts={"type": "RDR", "area": "TEC"}, call=CALL)
    assert profile.call.programme == "Horizon Europe"

    edit(profile, call=CALL | {"weeks": 104})
    assert ResearchCall.objects.get().weeks == 104

    edit(profile, version=2, call=dict.fromkeys(CALL))
    assert not ResearchCall.objects.exists()


@pytest.mark.parametrize(
    ("call", "field"),
    [
        ({"programme": "Horizon"}, "call_title"),
        (CALL | {"interest_until": None}, "call_interest_until"),
        (CALL | {"title": "x" * 301}, "call_title"),
        (CALL | {"budget": 10**30}, "call_budget"),
    ],
)
def test_half_a_call_is_refused_at_its_fields(polish_company, call, field):
    with pytest.raises(BadInputError) as refused:
        begin(polish_company, facts={"type": "RDR", "area": "TEC"}, call=call)

    assert field in refused.value.fields
    assert not CooperationProfile.objects.exists()


def test_interest_in_a_call_ends_before_the_call_closes(polish_company):
    late = CALL | {"interest_until": CALL["closing_date"]}

    with pytest.raises(BadInputError, match="end before the call closes"):
        begin(polish_company, facts={"type": "RDR", "area": "TEC"}, call=late)


def test_keywords_details_advantages_and_the_call_are_found(polish_company):
    words = {
        "offered": "Strugamy deski.",
        "advantages": "Dries twice as fast.",
        "technical": "Kiln of 60 °C.",
    }
    profile = begin(
        polish_company,
        facts={"type": "RDR", "area": "TEC", "keywords": ["Żywica"]},
        words=words,
        call=CALL | {"title": "Wood-2027-A"},
    )
    for word in ("twice as fast", "kiln of 60", "zywica", "wood-2027-a", "horizon europe"):
        assert word in profile.search_text

    edit(profile, facts={"keywords": ["Lacquer"]}, call=dict.fromkeys(CALL))

    found = CooperationProfile.objects.get().search_text
    assert ("lacquer" in found, "zywica" in found, "wood-2027-a" in found) == (True, False, False)


def test_call_that_nobody_sees_after_the_type_changed_is_not_found(polish_company):
    profile = begin(polish_company, facts={"type": "RDR", "area": "TEC"}, call=CALL)

    edit(profile, facts={"type": "TR"})

    assert "horizon europe" not in CooperationProfile.objects.get().search_text


def test_translation_is_added_changed_and_removed(polish_company):
    profile = begin(polish_company)

    translate(profile, title="Boards")
    translate(profile, version=1, title="Oak boards")
    assert ProfileText.objects.get(language="en").title == "Oak boards"
    assert "oak boards" in CooperationProfile.objects.get().search_text

    remove_translation(profile=profile, language="en", by=factories.BENCH)
    remove_translation(profile=profile, language="en", by=factories.BENCH)
    assert not ProfileText.objects.filter(language="en").exists()
    assert "oak" not in CooperationProfile.objects.get().search_text


def test_translation_is_never_overwritten_unread_or_empty(polish_company):
    profile = begin(polish_company)
    translate(profile, title="Boards")

    with pytest.raises(ChangedMeanwhileError):
        translate(profile, title="Planks")
    with pytest.raises(BadInputError):
        translate(profile, "fi", title=" ")
    with pytest.raises(BadInputError):
        translate(profile, "sv", title="Brädor")

    assert list(ProfileText.objects.order_by("language").values_list("title", flat=True)) == ["Boards", ""]


def test_original_is_no_translation(polish_company):
    profile = begin(polish_company)

    with pytest.raises(WrongStateError):
        translate(profile, "pl", version=1, title="Deski")
    with pytest.raises(WrongStateError):
        remove_translation(profile=profile, language="pl", by=factories.BENCH)


def test_strangers_write_nothing(polish_company, johanna):
    stranger = factories.actor(johanna)
    profile = begin(polish_company)
    acts = (
        lambda: begin(polish_company, by=stranger),
        lambda: edit(profile, by=stranger, words={"title": "x"}),
        lambda: translate(profile, by=stranger, title="x"),
        lambda: remove_translation(profile=profile, language="en", by=stranger),
    )

    for act in acts:
        with pytest.raises(NotAllowedError):
            act()
