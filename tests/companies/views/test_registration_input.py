"""Input of every kind in every question of the public form: an answer for people, never a fault of ours."""

import pytest

from companies.models import Company
from tests.companies.filling import ANSWERS, link_in
from tests.letters import letters_to

pytestmark = pytest.mark.django_db

ODD = {
    "nothing": "",
    "blanks": "   \t\n ",
    "NUL": "a\x00b",
    "number": "1" + 30 * "0",
    "minus": "-1",
    "emoji": "🪑🌲👩‍🏭",
    "right to left": "\u202eשלום مرحبا",
    "markup": "<script>alert(1)</script>",
    "braces": "{{ form }}{% debug %}%(name)s",
    "long": "x" * 5000,
}
QUESTIONS = [(section, name) for section, answers in ANSWERS.items() for name in answers]


@pytest.mark.parametrize("kind", ODD)
def test_odd_text_in_every_question_is_answered_kindly(eva, kind):
    eva.fill("company")

    for section, name in QUESTIONS:
        answer = eva.fill(section, **{name: ODD[kind]})
        assert answer.status_code in {200, 302, 400}, (section, name)
        if section == "company":
            eva.fill("company")


def test_a_megabyte_of_text_is_refused_without_a_fault(eva):
    assert eva.fill("about", name="x" * 1_048_576).status_code in {302, 400, 413}


def test_choices_that_nobody_offered_are_refused(eva):
    eva.fill("company")
    odd = {"country": "XX", "region": "PL841", "nace": "99.99", "independence": "x", "turnover_band": "y"}
    odd |= {"language": "xx", "areas": ["ZZZ"], "countries": ["LV"], "purposes": ["share_with_broker"]}

    for section, name in QUESTIONS:
        if name in odd:
            assert eva.fill(section, **{name: odd[name]}).status_code == 200, name


def test_texts_at_their_limits_reach_the_company_whole(eva, ilze):
    eva.answers["about"] |= {"name": "Ž" * 150, "job_title": "🪑" * 100, "phone": "0" * 40}
    eva.answers["company"]["name"] = "Ł" * 200
    eva.answers["place"] |= {"street": "ß" * 200, "city": "Ø" * 100, "postcode": "LV-4201"}
    eva.answers["activity"]["description"] = "\u202eא" * 500
    eva.answers["wishes"]["needs"] = "w" * 2000
    eva.fill_all()
    eva.send()

    eva.post(link_in(letters_to("eva@koks.example")[-1][1]), {})

    company = Company.objects.get()
    assert (company.name, company.city) == ("Ł" * 200, "Ø" * 100)
    assert company.contacts.get().name == "Ž" * 150
