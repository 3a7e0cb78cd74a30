import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from companies.choices import CompanyKind, ProfileStatus, Stage
from companies.models import Company, CooperationProfile, ProfileText
from companies.services.imports.importing import default_hosts, import_companies
from companies.services.imports.problems import BadFileError, Problem
from companies.services.imports.rows import BadRow, ImportRow
from companies.services.publishing import withdraw_profile
from matching.services.vectors import out_of_date
from tests import factories
from tibs.accounts.actor import system
from tibs.core.errors import NotAllowedError
from tibs.events.models import AuditRecord

pytestmark = pytest.mark.django_db
OPERATOR = system("tests")


@pytest.fixture(autouse=True)
def hosts():
    return {code: factories.host(code) for code in ("PL", "FI")}


def row(number, *, country="FI", offered="We plane oak boards.", line=0, **company):
    text = {"offered": offered, "language": "en"}
    values = {"name": f"Oak {number}", "country_id": country} | company
    return ImportRow(line or number + 1, f"id-{number}", country, values, text)


def load(*rows, by=OPERATOR, dry_run=False, source="register", **values):
    given = {"file_hash": "f" * 64, "host_by_country": default_hosts()} | values
    return import_companies(rows=rows, source=source, by=by, dry_run=dry_run, **given)


def counts(report):
    return tuple(report.counts.values())


def written(queries):
    return [q["sql"] for q in queries if q["sql"].startswith(("INSERT", "UPDATE", "DELETE", "COPY"))]


def test_new_company_is_a_lead_of_its_countrys_host_with_public_facts(hosts):
    report = load(row(1, city="Kouvola"))

    company = Company.objects.get()
    profile = CooperationProfile.objects.get()
    text = ProfileText.objects.get()
    assert counts(report) == (1, 0, 0, 0, 0)
    assert (company.stage, company.kind, company.host) == (Stage.LEAD, CompanyKind.OTHER, hosts["FI"])
    assert (company.source, company.external_id, company.city) == ("register", "id-1", "Kouvola")
    assert (profile.basis, profile.status, profile.type) == ("public_source", "published", "BO")
    assert (text.offered, text.sought, text.is_original) == ("We plane oak boards.", "", True)


def test_company_and_profile_are_found_by_search():
    load(row(1, name="Dąb Łomża"))

    assert Company.objects.search("lomza dab").exists()
    assert CooperationProfile.objects.get().search_text == "we plane oak boards."


def test_public_facts_are_matchable_and_wait_for_their_vectors():
    load(row(1))

    profile = CooperationProfile.objects.get()
    assert list(CooperationProfile.objects.matchable()) == [profile]
    assert not CooperationProfile.objects.published().exists()
    assert out_of_date() == [profile.pk]


def test_second_run_changes_nothing():
    rows = [row(number) for number in range(5)]
    load(*rows)
    before = list(Company.objects.order_by("pk").values_list("updated_at", "version"))

    report = load(*rows)

    assert counts(report) == (0, 0, 5, 0, 0)
    assert list(Company.objects.order_by("pk").values_list("updated_at", "version")) == before


def test_only_changed_rows_are_written():
    load(*(row(number) for number in range(5)))
    before = dict(Company.objects.values_list("external_id", "updated_at"))

    report = load(*(row(number, name="Ash" if number == 3 else f"Oak {number}") for number in range(5)))

    changed = Company.objects.get(external_id="id-3")
    assert counts(report) == (0, 1, 4, 0, 0)
    assert (changed.name, changed.version, changed.search_text) == ("Ash", 2, "ash id-3")
    after = dict(Company.objects.values_list("external_id", "updated_at"))
    assert {key for key in before if before[key] != after[key]} == {"id-3"}


def test_changed_words_change_the_text_and_ask_for_new_vectors():
    load(row(1))
    old = ProfileText.objects.get()

    load(row(1, offered="We sell honey."))

    new = ProfileText.objects.get()
    assert (new.pk, new.version) == (old.pk, 2)
    assert new.text_hash != old.text_hash
    assert new.profile.search_text == "we sell honey."
    assert Company.objects.get().version == 1


def test_fields_without_a_column_keep_what_they_hold():
    load(row(1, city="Kouvola"))

    report = load(row(1))

    assert counts(report) == (0, 0, 1, 0, 0)
    assert Company.objects.get().city == "Kouvola"


def test_company_that_moved_to_another_country_gets_its_host(hosts):
    load(row(1))

    load(row(1, country="PL"))

    assert Company.objects.get().host == hosts["PL"]


def test_host_of_a_company_is_kept_when_the_default_changes(hosts):
    load(row(1))
    other = factories.host("FI", short_name="Other")

    report = load(row(1), host_by_country={"FI": other})

    assert counts(report) == (0, 0, 1, 0, 0)
    assert Company.objects.get().host == hosts["FI"]


def test_first_host_of_a_country_is_the_default(hosts):
    factories.host("FI", short_name="Later")

    assert default_hosts() == hosts


def test_request_alone_makes_a_request():
    load(
        ImportRow(2, "id-1", "FI", {"name": "Oak", "country_id": "FI"}, {"sought": "Oak.", "language": "fi"})
    )

    assert CooperationProfile.objects.get().type == "BR"
    assert ProfileText.objects.get().sought == "Oak."


def test_same_id_at_two_sources_is_two_companies():
    load(row(1), source="one")
    load(row(1), source="two")

    assert Company.objects.count() == 2


def test_repeated_id_is_reported_with_both_lines():
    report = load(row(1, line=2), row(2, line=3), row(1, line=9))

    assert counts(report) == (2, 0, 0, 0, 1)
    assert report.problems == [Problem(9, "", "The id or register number stands on line 2 already.")]


def test_repeated_id_is_found_across_batches(monkeypatch):
    monkeypatch.setattr("companies.services.imports.importing.BATCH", 2)

    report = load(*(row(number) for number in range(5)), row(0, line=99))

    assert counts(report) == (5, 0, 0, 0, 1)
    assert report.problems[0].line == 99


def test_register_number_of_another_company_is_reported():
    factories.company(host=factories.host("FI"), register_number="FI-1")

    report = load(
        row(1, register_number="FI-1"), row(2, register_number="FI-2"), row(3, register_number="FI-2")
    )

    assert counts(report) == (1, 0, 0, 0, 2)
    assert report.problems[0].reason == "The id or register number stands on line 3 already."
    assert report.problems[1].reason == "Another company has the register number FI-1."


def test_company_keeps_its_own_register_number():
    load(row(1, register_number="FI-1"))

    assert counts(load(row(1, register_number="FI-1", city="Kotka"))) == (0, 1, 0, 0, 0)


def test_companies_may_lack_a_register_number():
    assert counts(load(row(1, register_number=""), row(2, register_number=""))) == (2, 0, 0, 0, 0)


def test_withdrawn_facts_stay_withdrawn():
    load(row(1))
    withdraw_profile(profile=CooperationProfile.objects.get(), by=OPERATOR)

    report = load(row(1, name="Ash", offered="We sell honey."))

    assert counts(report) == (0, 0, 0, 1, 0)
    assert CooperationProfile.objects.get().status == ProfileStatus.WITHDRAWN
    assert Company.objects.get().name == "Oak 1"
    assert not CooperationProfile.objects.matchable().exists()


def test_company_that_a_broker_took_over_is_left_alone(johanna):
    load(row(1))
    Company.objects.update(owner=johanna, stage=Stage.SCREENING, name="As the broker knows it")

    report = load(row(1))

    assert counts(report) == (0, 0, 0, 1, 0)
    assert Company.objects.get().name == "As the broker knows it"


def test_company_of_the_source_without_public_facts_is_left_alone():
    factories.company(host=factories.host("FI"), source="register", external_id="id-1")

    assert counts(load(row(1))) == (0, 0, 0, 1, 0)
    assert not CooperationProfile.objects.exists()


def test_bad_rows_are_reported_and_the_others_imported():
    bad = BadRow(7, (Problem(7, "name", "The cell is empty."), Problem(7, "country", "The cell is empty.")))

    report = load(row(1), bad, row(2))

    assert counts(report) == (2, 0, 0, 0, 1)
    assert report.problem_count == 2
    assert report.rows == 3


def test_first_fifty_problems_are_kept_and_all_are_counted():
    report = load(*(BadRow(line, (Problem(line, "name", "The cell is empty."),)) for line in range(2, 72)))

    assert (len(report.problems), report.problem_count, report.refused) == (50, 70, 70)


def test_dry_run_reports_the_same_and_writes_nothing():
    load(row(1), row(2))
    rows = [row(1), row(2, name="Ash"), row(3), row(3, line=9)]
    records = AuditRecord.objects.count()

    with CaptureQueriesContext(connection) as queries:
        report = load(*rows, dry_run=True)

    assert written(queries) == []
    assert Company.objects.filter(name="Ash").count() == 0
    assert AuditRecord.objects.count() == records
    assert counts(report) == counts(load(*rows)) == (1, 1, 1, 0, 1)


def test_import_is_recorded_once_with_its_counts(hosts):
    load(row(1), row(2), row(1, line=9))

    record = AuditRecord.objects.get(event="companies.import.finished")
    assert record.subject_id == hosts["PL"].public_id
    assert record.facts == {
        "source": "register",
        "file_hash": "f" * 64,
        "hosts": sorted(host.public_id for host in hosts.values()),
        "created": 2,
        "updated": 0,
        "unchanged": 0,
        "left_alone": 0,
        "refused": 1,
    }


def test_number_of_queries_grows_with_batches_not_with_rows(django_assert_max_num_queries):
    with django_assert_max_num_queries(30):
        load(*(row(number) for number in range(400)))


def test_batch_that_fails_leaves_the_batches_before_it(monkeypatch):
    monkeypatch.setattr("companies.services.imports.importing.BATCH", 2)

    with pytest.raises(RuntimeError, match="wire cut"):
        load_until_the_wire_is_cut(row(1), row(2), row(3))

    assert set(Company.objects.values_list("external_id", flat=True)) == {"id-1", "id-2"}
    assert counts(load(row(1), row(2), row(3))) == (1, 0, 2, 0, 0)


def load_until_the_wire_is_cut(*rows):
    def stream():
        yield from rows
        raise RuntimeError("wire cut")

    import_companies(
        rows=stream(),
        source="register",
        file_hash="",
        host_by_country=default_hosts(),
        by=OPERATOR,
    )


def test_people_do_not_import(johanna):
    with pytest.raises(NotAllowedError):
        load(row(1), by=factories.actor(johanna))


def test_without_host_organisations_nothing_begins():
    with pytest.raises(BadFileError, match="no host organisation"):
        load(row(1), host_by_country={})
