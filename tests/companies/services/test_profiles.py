import pytest

from companies.choices import ProfileStatus
from companies.models import CooperationProfile, ProfileText
from companies.services.profiles import draft_profile
from tests import factories
from tibs.core.errors import BadInputError, NotAllowedError

pytestmark = pytest.mark.django_db
POLISH = {
    "language": "pl",
    "is_original": True,
    "title": "Deski",
    "summary": "Deski dębowe",
    "offered": "Strugamy.",
}
ENGLISH = {"language": "en", "title": "Boards", "summary": "Oak boards"}


def draft(company, *texts, by=factories.BENCH, **values):
    given = {"type": "BO", "area": "OPS"} | values
    return draft_profile(company=company, texts=list(texts or (POLISH, ENGLISH)), by=by, **given)


def test_draft_holds_its_texts_and_is_seen_by_nobody_else(polish_company):
    profile = draft(polish_company)

    assert profile.status == ProfileStatus.DRAFT
    assert set(profile.texts.values_list("language", "is_original")) == {("pl", True), ("en", False)}
    assert profile.search_text == "deski deski debowe strugamy. boards oak boards"
    assert not CooperationProfile.objects.matchable().exists()


@pytest.mark.parametrize(
    ("part", "longest"), [("title", 256), ("summary", 500), ("offered", 4000), ("sought", 4000)]
)
def test_text_beyond_its_limit_is_refused_and_never_cut(polish_company, part, longest):
    draft(polish_company, POLISH | {part: "x" * longest})
    assert len(getattr(ProfileText.objects.get(), part)) == longest

    with pytest.raises(BadInputError) as refused:
        draft(polish_company, POLISH | {part: "x" * (longest + 1)})

    assert list(refused.value.fields) == [f"{part}_pl"]
    assert str(longest) in str(refused.value.fields[f"{part}_pl"])
    assert CooperationProfile.objects.count() == 1


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"type": "XX"}, "type"),
        ({"area": "XXX"}, "area"),
        ({"cooperation_types": ["LOAN"]}, "cooperation_types"),
        ({"working_languages": ["sv"]}, "working_languages"),
        ({"wished_countries": ["Poland"]}, "wished_countries"),
        ({"domain_id": "MAGIC"}, "domain"),
    ],
)
def test_value_that_does_not_fit_is_named(polish_company, values, field):
    with pytest.raises(BadInputError) as refused:
        draft(polish_company, **values)

    assert list(refused.value.fields) == [field]


@pytest.mark.parametrize(
    ("texts", "reason"),
    [
        ([ENGLISH], "one original text"),
        ([POLISH, ENGLISH | {"is_original": True, "offered": "x"}], "one original text"),
        ([POLISH, ENGLISH, ENGLISH], "one text in each language"),
        ([POLISH | {"offered": ""}], "Say what is offered or what is sought"),
        ([POLISH | {"language": "sv"}], "language_sv"),
    ],
)
def test_texts_that_do_not_belong_together_are_refused(polish_company, texts, reason):
    with pytest.raises(BadInputError, match=reason):
        draft(polish_company, *texts)

    assert not CooperationProfile.objects.exists()


def test_profile_is_written_for_one_area(polish_company):
    with pytest.raises(BadInputError, match="one value-chain area"):
        draft(polish_company, area="")


def test_strangers_draft_nothing(polish_company, johanna):
    with pytest.raises(NotAllowedError):
        draft(polish_company, by=factories.actor(johanna))
