from datetime import date

import pytest

from companies.choices import ProfileStatus
from companies.models import CooperationProfile, ProfileText, ResearchCall
from companies.profiles.checks import LONGEST
from tests import factories

pytestmark = pytest.mark.django_db
WORDS = {
    "title": "Dry oak boards for makers of furniture",
    "summary": "A Polish mill offers planed boards to makers of furniture.",
    "offered": "The mill planes oak to order.",
    "sought": "A distributor with own sales people who stocks the boards and sells them on.",
    "advantages": "Dried to 8 per cent.",
    "technical": "",
}


@pytest.fixture
def company(polish_company, aleksandra, client):
    client.force_login(aleksandra)
    factories.country("FI")
    factories.country("LV")
    return polish_company


@pytest.fixture
def profile(company):
    return factories.draft(company)


def form(version=1, **values):
    return {"version": version, "type": "BO", "area": "OPS", **WORDS} | values


def new(client, company, kind="BO", **values):
    given = form(0, type=kind, language="pl") | values
    return client.post(f"/companies/{company.public_id}/profiles/new/?type={kind}", given)


def edit(client, profile, **values):
    return client.post(f"/profiles/{profile.public_id}/edit/", form(**values))


def text_of(profile):
    return ProfileText.objects.get(profile=profile, is_original=True)


def test_types_are_offered_with_a_sentence_that_helps_to_choose(client, company):
    page = client.get(f"/companies/{company.public_id}/profiles/new/").text

    assert "Who will pay?" in page
    assert all(f"?type={kind}" in page for kind in ("BO", "BR", "TO", "TR", "RDR"))


@pytest.mark.parametrize("kind", ["", "XX", "BO,BR", "🙂"])
def test_unknown_type_leads_back_to_the_choice(client, company, kind):
    page = client.get(f"/companies/{company.public_id}/profiles/new/", {"type": kind})

    assert "Who will pay?" in page.text


def test_draft_is_written_in_the_companys_language(client, company):
    answer = new(client, company, keywords="oak,  boards , oak", goals=["12"], wished_countries=["FI"])

    profile = CooperationProfile.objects.get()
    assert answer.headers["Location"] == f"/profiles/{profile.public_id}/edit/"
    assert (profile.keywords, profile.goals, profile.wished_countries) == (["oak", "boards"], [12], ["FI"])
    assert text_of(profile).language == "pl"
    assert text_of(profile).offered == WORDS["offered"]


def test_incomplete_draft_is_kept_and_says_what_is_missing(client, company):
    answer = new(client, company, **dict.fromkeys(WORDS, "") | {"offered": "The mill planes oak."})

    page = client.get(answer.headers["Location"]).text
    assert "The role of the partner is not described." in page
    assert "must be mended before somebody else reads the profile" in page


def test_too_long_a_text_is_refused_with_its_count_and_kept_in_the_form(client, profile):
    answer = edit(client, profile, summary="x" * 612)

    assert answer.status_code == 400
    assert "612" in answer.text
    assert "x" * 612 in answer.text
    assert text_of(profile).version == 1


def test_line_break_of_a_browser_counts_as_one_sign(client, profile):
    edit(client, profile, summary="ab\r\n" * 125 + "end of it"[:0])

    assert text_of(profile).summary == ("ab\n" * 125).strip()


def test_no_browser_is_told_to_cut(client, profile):
    page = client.get(f"/profiles/{profile.public_id}/edit/").text

    assert 'name="summary"' in page
    assert not any("maxlength" in line for line in page.splitlines() if 'name="summary"' in line)


def test_own_country_cannot_be_wished_for(client, profile):
    page = client.get(f"/profiles/{profile.public_id}/edit/").text
    answer = edit(client, profile, wished_countries=["PL"])

    assert 'value="FI"' in page
    assert 'value="PL"' not in page
    assert answer.status_code == 400


def test_remarks_stand_beside_the_part_they_are_about(client, company):
    profile = factories.draft(company, offered="We are the leading mill.", language="en")

    page = client.get(f"/profiles/{profile.public_id}/edit/").text

    assert "“leading” is a claim without evidence." in page
    assert "“We” speaks as the firm, or to the reader." in page


def test_labels_follow_the_type(client, company):
    request = factories.draft(company, type="BR")
    page = client.get(f"/profiles/{request.public_id}/edit/").text

    assert page.index("What the firm seeks") < page.index("What the firm brings")
    assert "The role of the partner" not in page


def test_two_versions_are_shown_side_by_side_and_the_chosen_one_is_saved(client, profile):
    edit(client, profile, title="The first title of this profile", keywords="oak")

    conflict = edit(client, profile, title="The second title of this one", cooperation_types=["SUPPLY"])

    assert conflict.status_code == 409
    assert "The first title of this profile" in conflict.text
    assert "The second title of this one" in conflict.text
    assert text_of(profile).title == "The first title of this profile"
    edit(client, profile, version=2, title="The second title of this one", cooperation_types="SUPPLY,LICENCE")
    assert text_of(profile).title == "The second title of this one"
    assert CooperationProfile.objects.get().cooperation_types == ["SUPPLY", "LICENCE"]


def test_call_of_a_research_request_is_kept(client, company):
    new(
        client,
        company,
        "RDR",
        call_programme="Horizon Europe",
        call_title="CL4",
        call_interest_until="2027-01-10",
        call_closing_date="2027-02-10",
    )

    assert ResearchCall.objects.get().closing_date == date(2027, 2, 10)


def test_half_a_call_is_named_at_its_fields(client, company):
    answer = new(client, company, "RDR", call_programme="Horizon Europe")

    assert answer.status_code == 400
    assert "A call needs this, or leave all of it empty." in answer.text
    assert "Horizon Europe" in answer.text


@pytest.mark.parametrize("status", set(ProfileStatus) - {"draft", "changes_requested"})
def test_words_that_others_read_are_shown_and_not_written_on(client, company, status):
    profile = factories.profile(company)
    CooperationProfile.objects.update(status=status)

    page = client.get(f"/profiles/{profile.public_id}/edit/").text

    assert "<textarea" not in page
    assert text_of(profile).version == 1


def test_words_written_while_others_began_to_read_stay_on_the_page(client, company):
    profile = factories.profile(company)

    answer = edit(client, profile, title="A title that took an hour")

    assert answer.status_code == 400
    assert "A title that took an hour" in answer.text
    assert "What you wrote is not saved yet" in answer.text
    assert f'href="/profiles/{profile.public_id}/publication/"' in answer.text
    assert text_of(profile).version == 1


def test_translation_written_while_others_began_to_read_stays_on_the_page(client, company):
    profile = factories.profile(company)
    address = f"/profiles/{profile.public_id}/texts/fi/"

    answer = client.post(address, {"version": 0, "title": "Tunnin työ"})
    removed = client.post(address, {"remove": "yes"}, follow=True)

    assert answer.status_code == 400
    assert "Tunnin työ" in answer.text
    assert "What you wrote is not saved yet" in answer.text
    assert "Take the profile back before you change it." in removed.text


def test_what_blocks_in_a_translation_leads_to_it(client, profile):
    client.post(
        f"/profiles/{profile.public_id}/texts/fi/", {"version": 0, "summary": "Soita +48 600 700 800."}
    )

    page = client.get(f"/profiles/{profile.public_id}/edit/").text

    assert f'href="/profiles/{profile.public_id}/texts/fi/#id_summary"' in page


def test_part_is_checked_while_it_is_written_and_nothing_is_kept(client, profile):
    answer = client.post(
        f"/profiles/{profile.public_id}/check/summary/", {"summary": "Call +48 600 700 800."}
    )
    odd = client.post(f"/profiles/{profile.public_id}/check/nonsense/", {"nonsense": "We"})

    assert "looks like a phone number" in answer.text
    assert odd.status_code == 200
    assert text_of(profile).version == 1


def test_first_words_and_translations_are_checked_in_their_own_language(client, company, profile):
    claim = {"language": "en", "summary": "We are the best."}
    new = f"/companies/{company.public_id}/profiles/check"

    in_english = client.post(f"{new}/BO/summary/", claim).text
    in_finnish = client.post(f"{new}/BO/summary/", claim | {"language": "fi"}).text
    translated = client.post(
        f"/profiles/{profile.public_id}/texts/fi/check/summary/", {"summary": "Olemme paras."}
    )

    assert "“We”" in in_english
    assert "“We”" not in in_finnish
    assert "Olemme" in translated.text
    assert client.post(f"{new}/XX/summary/", claim).status_code == 404
    assert client.post(f"/profiles/{profile.public_id}/texts/xx/check/summary/", claim).status_code == 404


def test_pages_say_where_their_words_are_checked(client, company, profile):
    new = client.get(f"/companies/{company.public_id}/profiles/new/?type=TO").text
    translation = client.get(f"/profiles/{profile.public_id}/texts/fi/").text

    assert f'hx-post="/companies/{company.public_id}/profiles/check/TO/summary/"' in new
    assert f'hx-post="/profiles/{profile.public_id}/texts/fi/check/summary/"' in translation


def test_translation_is_added_shown_and_removed(client, profile):
    address = f"/profiles/{profile.public_id}/texts/fi/"

    client.post(address, {"version": 0, "title": "Kuivat tammilaudat huonekaluihin"})
    preview = client.get(f"/profiles/{profile.public_id}/preview/?language=fi").text
    assert "Kuivat tammilaudat" in preview
    assert "Not written in your language yet, shown in: English" in preview or "englanti" in preview

    client.post(address, {"remove": "yes"})
    assert not ProfileText.objects.filter(language="fi").exists()


def test_preview_in_another_language_is_wholly_in_that_language(client, profile):
    page = client.get(f"/profiles/{profile.public_id}/preview/?language=fi").text

    assert "Liiketoimintatarjous from" not in page
    assert "At a glance" not in page


@pytest.mark.parametrize(
    "sign", ["x", "🪵", "\r\n", "e\u0301"], ids=["letter", "emoji", "line break", "accent"]
)
@pytest.mark.parametrize("part", ["title", "summary", "offered", "sought", "advantages", "technical"])
def test_each_part_takes_its_limit_whatever_the_signs_and_not_one_more(client, profile, part, sign):
    signs = len(sign.replace("\r\n", "\n"))
    most = LONGEST[part] - 2
    text = "a" + sign * (most // signs) + "b" * (most % signs) + "b"

    assert edit(client, profile, **{part: text + "c"}).status_code == 400
    assert edit(client, profile, **{part: f"  {text} "}).status_code == 302


def test_title_has_one_line_since_it_is_the_subject_of_letters(client, profile):
    edit(client, profile, title="Dry oak boards\r\nBcc: somebody@example.org")

    assert text_of(profile).title == "Dry oak boards Bcc: somebody@example.org"


def test_translation_without_words_is_refused_and_another_language_is_unknown(client, profile):
    empty = client.post(f"/profiles/{profile.public_id}/texts/fi/", {"version": 0})
    unknown = client.get(f"/profiles/{profile.public_id}/texts/sv/")

    assert (empty.status_code, unknown.status_code) == (400, 404)


def test_two_translations_at_once_lead_to_both_versions(client, profile):
    address = f"/profiles/{profile.public_id}/texts/fi/"
    client.post(address, {"version": 0, "title": "Kuivat laudat"})

    conflict = client.post(address, {"version": 0, "title": "Tammilaudat"})

    assert conflict.status_code == 409
    assert "Kuivat laudat" in conflict.text


def test_languages_warn_of_missing_english_until_title_and_summary_are_there(client, company):
    profile = factories.draft(company, language="pl")
    warning = "A title and a summary in English are needed"
    english = ProfileText(profile=profile, language="en", is_original=False, title="Oak boards")
    english.save()

    before = client.get(f"/profiles/{profile.public_id}/texts/").text
    english.summary = "A mill planes oak."
    english.save()
    after = client.get(f"/profiles/{profile.public_id}/texts/").text

    assert (warning in before, warning in after) == (True, False)


@pytest.mark.parametrize(
    "odd",
    ["\x00", "\ud800", "9" * 30, "🙂" * 3000, "‮abc", "<script>alert(1)</script>", "x" * 1_000_000],
    ids=["nul", "surrogate", "large", "emoji", "rtl", "script", "megabyte"],
)
@pytest.mark.parametrize(
    "field", ["title", "offered", "version", "type", "goals", "keywords", "call_budget", "wished_countries"]
)
def test_odd_input_is_never_our_fault(client, profile, odd, field):
    sent = odd.encode("utf-8", "surrogatepass") if odd == "\ud800" else odd

    answer = edit(client, profile, **{field: sent})

    assert answer.status_code < 500
    assert "<script>alert(1)" not in answer.text


def test_the_page_of_the_publication_says_what_must_be_mended_and_where(client, company):
    draft = factories.draft(company, offered=f"{company.name} planes oak boards.")

    page = client.get(f"/profiles/{draft.public_id}/publication/").text

    assert "is the name of the company." in page
    assert f'href="/profiles/{draft.public_id}/edit/#id_offered"' in page
    assert "must be mended before somebody else reads the profile" in page


def test_what_must_be_mended_in_a_translation_leads_to_its_page(client, company):
    draft = factories.draft(company)
    ProfileText.objects.create(profile=draft, language="pl", title=f"Deski {company.name}", is_original=False)

    page = client.get(f"/profiles/{draft.public_id}/publication/").text

    assert f'href="/profiles/{draft.public_id}/texts/pl/#id_title"' in page


def test_missing_english_leads_to_its_own_page(client, company):
    draft = factories.draft(company, language="pl")

    page = client.get(f"/profiles/{draft.public_id}/publication/").text

    assert "There is no English title and summary yet." in page
    assert f'href="/profiles/{draft.public_id}/texts/en/' in page


def test_what_is_published_has_nothing_to_mend(client, company):
    published = factories.profile(company)

    assert "Must be mended" not in client.get(f"/profiles/{published.public_id}/publication/").text


def test_translation_needs_no_part_and_the_original_does(client, profile):
    original = client.get(f"/profiles/{profile.public_id}/edit/").text
    translation = client.get(f"/profiles/{profile.public_id}/texts/fi/").text

    assert "(needed for the review)" in original
    assert "(needed for the review)" not in translation


def test_editor_leads_to_the_publication_and_so_does_the_preview_of_what_is_not_written_on(client, profile):
    address = f'href="/profiles/{profile.public_id}/publication/"'

    assert address in client.get(f"/profiles/{profile.public_id}/edit/").text
    CooperationProfile.objects.update(status=ProfileStatus.IN_REVIEW)
    assert address in client.get(f"/profiles/{profile.public_id}/preview/").text
