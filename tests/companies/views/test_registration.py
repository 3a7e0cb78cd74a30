"""The public registration in a browser without JavaScript, from the first page to the thank-you."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from companies.choices import RegistrationStatus, Stage
from companies.models import Assessment, Company, Consent, Message, Registration
from regions.models import PostcodeArea
from tests import factories
from tests.companies.filling import link_in, stamp_in
from tests.letters import letters_to

pytestmark = pytest.mark.django_db
ADDRESS = "eva@koks.example"


def words_to(address=ADDRESS):
    return letters_to(address)[-1][1]


def test_whole_way_makes_a_lead_of_the_broker_of_the_region(eva, ilze):
    eva.fill_all()
    assert eva.send().headers["Location"] == "/register/sent/"
    link = link_in(words_to())
    assert not Company.objects.exists()

    assert eva.get(link).status_code == 200
    assert not Company.objects.exists()
    answer = eva.post(link, {})

    company = Company.objects.get()
    assert answer.headers["Location"] == link
    assert (company.stage, company.proposed_owner, company.region_id) == (Stage.LEAD, ilze, "LV00C")
    assert (company.source, company.size_class, company.website) == ("web", "SMALL", "https://koks.example")
    thanks = eva.get(link).content.decode()
    assert "Ilze Bērziņa" in thanks
    assert "5 June 2026" in thanks


def test_confirmation_enters_consents_in_the_language_shown_and_the_words_for_the_broker(eva):
    eva.client.cookies["tibs_language"] = "lv"
    eva.fill_all()
    eva.send()
    eva.post(link_in(words_to()), {})

    given = {(consent.purpose, consent.language, consent.is_given) for consent in Consent.objects.all()}
    assert given == {("publish_anonymous", "lv", True), ("surveys", "lv", True)}
    assert set(Consent.objects.values_list("actor_id", flat=True)) == {
        Company.objects.get().contacts.get().user.public_id
    }
    assert "We build oak furniture." in Message.objects.get(from_company=True).body


def test_confirmed_registration_keeps_nothing_that_the_file_has(eva):
    eva.fill_all()
    eva.send()
    eva.post(link_in(words_to()), {})

    registration = Registration.objects.get()
    assert registration.status == RegistrationStatus.CONFIRMED
    assert (registration.answers, registration.email, registration.network) == ({}, "", "")


def test_list_of_steps_says_what_is_done_and_what_comes_next(eva):
    eva.fill("about")

    page = eva.get("/register/").content.decode()

    assert page.count("is-done") == 1
    assert re.search(
        r'aria-current="step">\s*<span class="steps__name">\s*<a href="/register/company/"', page
    )


def test_saving_leads_to_the_next_open_section_and_in_the_end_to_the_check(eva):
    ways = [eva.fill(section).headers["Location"] for section in eva.answers]

    assert ways[0] == "/register/company/"
    assert ways[-1] == "/register/check/"


@pytest.mark.parametrize(
    ("section", "field"),
    [
        ("about", "email"),
        ("company", "register_number"),
        ("place", "postcode"),
        ("activity", "description"),
        ("size", "staff_count"),
        ("wishes", "needs"),
        ("consents", "may_speak"),
    ],
)
def test_missing_answer_is_said_at_the_top_and_at_the_field_and_everything_else_is_kept(eva, section, field):
    for earlier in eva.answers:
        if earlier == section:
            break
        eva.fill(earlier)

    answer = eva.fill(section, **{field: ""})

    page = answer.content.decode()
    assert answer.status_code == 200
    assert re.search(r"<title>\s*Error:", page)
    assert f'href="#id_{field}"' in page
    assert 'class="problem"' in page
    kept = [value for name, value in eva.answers[section].items() if name != field]
    for value in kept:
        for text in value if isinstance(value, list) else [value]:
            assert not text or f'"{text}"' in page or f"\n{text}<" in page


def test_number_that_looks_wrong_is_pointed_out_once_and_then_believed(eva):
    first = eva.fill("company", register_number="40103000008")

    assert first.status_code == 200
    assert "a digit seems to be wrong" in first.content.decode()
    assert 'name="odd" value="40103000008"' in first.content.decode()
    assert eva.fill("company", register_number="40103000008", odd="40103000008").status_code == 302


def test_region_follows_from_the_postcode(eva, ilze):
    PostcodeArea.objects.create(country_id="LV", prefix="42", region_id="LV00C")
    eva.fill("company")

    eva.fill("place", region="")

    assert Registration.objects.get().answers["place"]["region"] == "LV00C"


def test_unknown_postcode_asks_for_the_region(eva):
    eva.fill("company")

    page = eva.fill("place", region="").content.decode()

    assert "Please choose your region from the list." in page


def test_searching_a_branch_keeps_what_was_written_and_saves_nothing(eva):
    answer = eva.fill("activity", action="search", nace="", words="branch")

    page = answer.content.decode()
    assert answer.status_code == 200
    assert "We build oak furniture." in page
    assert 'name="nace" value="31"' in page
    assert "Error:" not in page
    assert not Registration.objects.exists()


def test_mailed_link_continues_on_another_device(eva, clock):
    eva.fill("about")
    eva.fill("company", action="later")
    link = link_in(words_to())
    other = Client()

    assert other.get(link).status_code == 200
    assert other.get("/register/").content.decode().count("is-done") == 0
    other.post(link)

    assert other.get("/register/").content.decode().count("is-done") == 2


def test_saving_for_later_without_an_address_asks_for_it(eva):
    answer = eva.fill("company", action="later")

    assert answer.headers["Location"] == "/register/about/"
    assert Registration.objects.count() == 1


def test_double_click_on_the_first_page_begins_one_registration(eva):
    stamp = stamp_in(eva.get("/register/about/"))
    eva.clock.move(30)
    data = {**eva.answers["about"], "stamp": stamp, "action": "save"}

    eva.post("/register/about/", data)
    eva.client.cookies.clear()
    eva.post("/register/about/", data)

    assert Registration.objects.count() == 1


def test_going_back_and_sending_again_ends_in_one_company(eva):
    eva.fill_all()
    eva.send()
    eva.fill("company", name="SIA Vidzemes ozols")
    assert Registration.objects.get().status == RegistrationStatus.DRAFT
    old, _ = link_in(words_to()), eva.send()
    new = link_in(words_to())

    assert eva.get(old).status_code == 410
    eva.post(new, {})
    eva.post(new, {})

    assert Company.objects.get().name == "SIA Vidzemes ozols"


def test_link_that_nobody_wrote_says_so_kindly(client, db):
    for path in ("/register/confirm/nonsense/", "/register/continue/nonsense/"):
        answer = client.get(path)

        assert answer.status_code == 410
        assert "newest letter" in answer.content.decode()
        assert client.post(path).status_code == 410


def test_large_firm_is_told_kindly_what_happens(eva):
    eva.fill_all()
    eva.fill("size", staff_count="400")

    page = eva.get("/register/check/").content.decode()

    assert "large enterprise" in page
    assert "Register all the same" in page


def test_the_last_page_says_that_the_self_assessment_goes_along(eva):
    eva.client.post("/self-assessment/")
    eva.fill_all()

    page = eva.get("/register/check/").content.decode()

    assert "Your self-assessment goes along with this registration." in page


def test_the_last_page_says_nothing_of_a_self_assessment_that_there_is_not(eva):
    eva.fill_all()

    assert "self-assessment goes along" not in eva.get("/register/check/").content.decode()


def test_the_first_page_leads_to_the_self_assessment(eva):
    assert 'href="/self-assessment/"' in eva.get("/register/").content.decode()


def test_visitor_is_not_told_that_the_firm_is_known(eva, ilze):
    factories.company("Vidzemes koks", host=factories.host("LV"), owner=ilze, register_number="40103000009")
    eva.fill_all()
    eva.send()

    answer = eva.post(link_in(words_to()), {})

    assert answer.status_code == 302
    assert Company.objects.count() == 2


def test_sections_that_need_the_country_send_back_to_the_company(eva):
    assert eva.get("/register/place/").headers["Location"] == "/register/company/"


def test_nobody_is_sent_to_a_section_that_does_not_exist(client, db):
    assert client.get("/register/nonsense/").status_code == 404


def self_assessed(eva):
    """Eva answers one question of the self-assessment before she registers."""
    eva.post("/self-assessment/", {})
    eva.post("/self-assessment/questions/quick/", {"q_PRC_V1": "4"})


def test_registering_keeps_the_self_assessment_though_another_browser_confirms(eva):
    self_assessed(eva)
    eva.fill_all()
    eva.send()
    Client().post(link_in(words_to()))

    kept = Assessment.objects.get()
    assert kept.company == Company.objects.get()
    assert (kept.resume_digest, kept.answers.get().value) == ("", 4)


def test_registration_after_the_self_assessment_ended_comes_in_without_it(eva):
    self_assessed(eva)
    eva.fill_all()
    eva.send()
    Assessment.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    eva.post(link_in(words_to()), {})

    assert Company.objects.count() == 1
    assert Assessment.objects.get().company is None


@pytest.mark.parametrize("address", ["/", "/register/"])
def test_self_assessment_can_be_found(client, address):
    assert 'href="/self-assessment/"' in client.get(address).content.decode()
