import pytest

from companies.models import CooperationProfile, ResearchCall
from companies.profile_findings import WORDS, remarks_of
from companies.profiles.findings import Finding, Severity
from companies.services.merging.merges import merge_companies
from companies.services.profile_checks import blockers_of, findings_of, identity_of
from tests import factories
from tests.standing_scenes import standing

pytestmark = pytest.mark.django_db


@standing
def company(polish_host):
    made = factories.company("Stolarnia Dąb sp. z o.o.", host=polish_host, website="https://www.dab.example")
    factories.contact(made, "Ewa Krukowska")
    return made


@standing
def polish_host():
    return factories.host("PL")


def codes(profile):
    again = CooperationProfile.objects.get(pk=profile.pk)
    return [(finding.code, finding.field) for finding in findings_of(again)]


def test_names_people_and_domain_of_the_company_are_known(company):
    known = identity_of(company)

    assert known.names == ("stolarnia dab",)
    assert known.people == ("Ewa Krukowska",)
    assert known.domains == ("dab.example",)


def test_phone_of_a_contact_blocks_the_profile_however_it_is_written(company):
    company.contacts.update(phone="+48 58 765 43 21")
    clean = factories.draft(company, offered="The firm planes 58 000 boards.")
    called = factories.draft(company, offered="The firm answers under 58-7654321.")

    assert ("phone", "offered") not in codes(clean)
    assert [finding.code for finding in blockers_of(called) if finding.field == "offered"] == ["phone"]


def test_names_of_merged_entries_are_known_too(company, polish_host):
    other = factories.company("Mebelix", host=polish_host)
    merge_companies(kept=company, absorbed=other, by=factories.BENCH)

    assert "mebelix" in identity_of(company).names


def test_brand_of_the_company_blocks_the_profile(company):
    draft = factories.draft(company, offered="The firm sells Suchy Dąb abroad.")
    before = codes(draft)
    company.brands = ["Suchy Dąb"]
    company.save()

    assert ("own_brand", "offered") not in before
    assert ("own_brand", "offered") in codes(draft)


def test_company_named_in_a_stored_text_blocks_the_profile(company):
    clean = factories.draft(company, offered="The firm planes oak.")
    named = factories.draft(company, offered="Stolarnia Dąb planes oak.")

    assert ("name", "offered") not in codes(clean)
    assert ("name", "offered") in codes(named)
    assert all(finding.severity == Severity.BLOCKER for finding in blockers_of(named))


def test_call_that_is_missing_blocks_a_request_for_research_partners(company):
    profile = factories.draft(company, type="RDR")

    assert ("missing", "call") in codes(profile)
    ResearchCall.objects.create(
        profile=profile, programme="H", title="C", interest_until="2027-01-01", closing_date="2027-02-01"
    )
    assert ("missing", "call") not in codes(profile)


def test_company_named_in_its_call_blocks_the_profile(company):
    profile = factories.draft(company, type="RDR")
    ResearchCall.objects.create(
        profile=profile,
        programme="Horizon Europe",
        title="A call for Stolarnia Dąb",
        website="https://www.dab.example/call",
        interest_until="2027-01-01",
        closing_date="2027-02-01",
    )

    assert ("name", "call_title") in codes(profile)
    assert ("name", "call_website") in codes(profile)


@pytest.mark.parametrize("code", WORDS)
def test_every_finding_has_words_and_a_way_to_mend_it(code):
    finding = Finding(code, Severity.MAJOR, "summary", 0, 3, "Abc", "en", 501)

    remark = remarks_of([finding, finding], "BO")

    assert len(remark) == 1
    assert remark[0].sentence
    assert remark[0].mend
    assert "%" not in remark[0].sentence + remark[0].mend


def test_every_code_of_the_checks_has_words(company):
    everything = factories.draft(
        company,
        offered="We are the best. Call +48 600 700 800, ewa@dab.example, www.dab.example, “Dąb®”, ul. Leśna 7.",
        sought="A supplier.",
        type="RDR",
        cooperation_types=["SUPPLY", "LICENCE", "SERVICE", "TRAINING"],
    )

    assert remarks_of(findings_of(everything), "RDR")
