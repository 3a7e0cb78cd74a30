"""Correcting companies and contacts."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from companies.models import Company, Contact
from companies.services import editing
from companies.services.conflicts import ChangedMeanwhileError
from companies.services.editing import change_company, change_contact
from companies.services.stages import move_stage
from tests import factories
from tests.standing_scenes import standing
from tibs.core.errors import BadInputError, NotAllowedError
from tibs.events.models import AuditDetail, AuditRecord

ROUNDS, PATIENCE = 100, 60


@standing
def ana(aleksandra):
    return factories.actor(aleksandra)


@standing
def eva(polish_company):
    return factories.contact(polish_company, "Eva Kask")


def test_a_correction_counts_the_version_and_names_its_fields(ana, polish_company):
    changed = change_company(
        company=polish_company, values={"city": " Łódź ", "website": "https://dab.example"}, version=1, by=ana
    )

    assert (changed.city, changed.version) == ("Łódź", 2)
    record = AuditRecord.objects.get(event="companies.company.changed")
    assert record.fields == ["city", "website"]
    assert AuditDetail.objects.get(record=record).values["city"] == ["Białystok", "Łódź"]
    assert "Łódź" not in str(record.facts)


def test_brands_are_corrected_and_told_of_as_words(ana, polish_company):
    change_company(company=polish_company, values={"brands": ["Suchy Dąb", "Lumi"]}, version=1, by=ana)

    polish_company.refresh_from_db()
    detail = AuditDetail.objects.get(record__event="companies.company.changed")
    assert polish_company.brands == ["Suchy Dąb", "Lumi"]
    assert detail.values["brands"] == ["", "Suchy Dąb, Lumi"]


def test_what_the_company_is_found_by_follows(ana, polish_company):
    change_company(
        company=polish_company,
        values={"name": "Świerk Sp. z o.o.", "website": "https://www.swierk.pl/pl"},
        version=1,
        by=ana,
    )

    polish_company.refresh_from_db()
    assert polish_company.search_text.startswith("swierk sp. z o.o.")
    assert polish_company.name_key == "swierk"
    assert polish_company.web_domain == "swierk.pl"


def test_the_size_class_follows_from_its_facts(ana, polish_company):
    change_company(
        company=polish_company, values={"staff_count": 12, "turnover_band": "to_10"}, version=1, by=ana
    )

    polish_company.refresh_from_db()
    assert polish_company.size_class == "SMALL"


def test_without_a_difference_nothing_is_written(ana, polish_company):
    change_company(company=polish_company, values={"city": "Białystok"}, version=1, by=ana)

    polish_company.refresh_from_db()
    assert polish_company.version == 1


def test_whoever_read_an_older_version_gets_the_newer_one(ana, polish_company):
    change_company(company=polish_company, values={"city": "Łomża"}, version=1, by=ana)

    with pytest.raises(ChangedMeanwhileError) as refused:
        change_company(company=polish_company, values={"city": "Suwałki"}, version=1, by=ana)

    assert refused.value.current.city == "Łomża"


def test_a_move_to_another_stage_does_not_disturb_who_corrects_facts(ana, polish_company):
    move_stage(company=polish_company, to="dormant", by=ana, reason="Ill.")

    changed = change_company(company=polish_company, values={"city": "Łomża"}, version=1, by=ana)

    assert (changed.city, changed.stage) == ("Łomża", "dormant")


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "x" * 201}, "name"),
        ({"website": "ftp-ish"}, "website"),
        ({"turnover_band": "lots"}, "turnover_band"),
        ({"staff_count": -1}, "staff_count"),
    ],
)
def test_what_does_not_fit_is_named(ana, polish_company, values, field):
    with pytest.raises(BadInputError) as refused:
        change_company(company=polish_company, values=values, version=1, by=ana)

    assert field in refused.value.fields


def test_a_register_number_belongs_to_one_company(ana, polish_company, aleksandra):
    factories.company("Other", host=polish_company.host, owner=aleksandra, register_number="12345")

    with pytest.raises(BadInputError):
        change_company(company=polish_company, values={"register_number": "12345"}, version=1, by=ana)


def test_a_served_company_stays_an_sme(ana, polish_company):
    with pytest.raises(BadInputError, match="Only small and medium-sized"):
        change_company(company=polish_company, values={"kind": "CLUSTER"}, version=1, by=ana)


def test_strangers_correct_nothing(johanna, polish_company, eva):
    by = factories.actor(johanna)

    with pytest.raises(NotAllowedError):
        change_company(company=polish_company, values={"city": "Oulu"}, version=1, by=by)
    with pytest.raises(NotAllowedError):
        change_contact(contact=eva, values={"name": "Eve"}, version=1, by=by)


def test_with_a_new_address_the_old_one_opens_the_company_no_longer(ana, eva):
    old = factories.person("Eva Kask")
    Contact.objects.filter(pk=eva.pk).update(user=old)

    changed = change_contact(contact=eva, values={"email": "New@Example.org"}, version=1, by=ana)

    assert changed.email == changed.user.email == "new@example.org"
    assert factories.actor(old).companies == frozenset()


def test_one_contact_is_asked_first(ana, polish_company, eva):
    adam = factories.contact(polish_company, "Adam Lis")
    change_contact(contact=adam, values={"is_primary": True}, version=1, by=ana)

    change_contact(contact=eva, values={"is_primary": True}, version=1, by=ana)

    assert polish_company.contacts.get(is_primary=True) == eva


def test_two_contacts_do_not_share_an_address(ana, polish_company, eva):
    adam = factories.contact(polish_company, "Adam Lis")

    with pytest.raises(BadInputError):
        change_contact(contact=adam, values={"email": eva.email}, version=1, by=ana)


def test_the_trail_of_a_contact_holds_no_personal_value(ana, eva):
    change_contact(contact=eva, values={"phone": "+48 555"}, version=1, by=ana)

    record = AuditRecord.objects.get(event="companies.contact.changed")
    assert "555" not in str((record.facts, record.fields))
    assert AuditDetail.objects.get(record=record).values == {"phone": ["", "+48 555"]}


def lost_in_rounds(company, by, rounds):
    """Two editors read the same form, change a field each and send the whole form; how many changes are gone."""
    start, lost = Barrier(2), 0

    def edit(field, word):
        try:
            read = Company.objects.get(pk=company.pk)
            start.wait(PATIENCE)
            while True:
                form = {name: getattr(read, name) for name in ("city", "street")} | {field: word}
                try:
                    change_company(company=company, values=form, version=read.version, by=by)
                except ChangedMeanwhileError as told:
                    read = told.current  # the editor takes the other's value and keeps the own one
                else:
                    return
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        for number in range(rounds):
            words = {"city": f"City {number}", "street": f"Street {number}"}
            list(pool.map(edit, words, words.values()))
            company.refresh_from_db()
            lost += (company.city != words["city"]) + (company.street != words["street"])
    return lost


@pytest.mark.django_db(transaction=True)
def test_in_a_hundred_rounds_of_two_editors_no_change_is_lost(aleksandra, polish_company):
    assert lost_in_rounds(polish_company, factories.actor(aleksandra), ROUNDS) == 0


@pytest.mark.django_db(transaction=True)
def test_without_the_version_check_changes_are_lost(monkeypatch, aleksandra, polish_company):
    """The control."""
    monkeypatch.setattr(editing, "refuse_stale", lambda _thing, _version: None)

    assert lost_in_rounds(polish_company, factories.actor(aleksandra), 10) > 0
