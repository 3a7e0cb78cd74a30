import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from brokers.models import HostOrganisation
from brokers.services.reference_data import load
from regions.models import Country, Region
from regions.reference.reader import BadReferenceDataError

pytestmark = pytest.mark.django_db


def hosts():
    return dict(HostOrganisation.objects.active().order_by("number").values_list("number", "slug"))


def test_hosts_are_loaded_with_the_regions_in_which_they_sit(folder):
    report = load(folder.path)

    vpr = HostOrganisation.objects.get(slug="vpr")
    assert (vpr.region_id, vpr.country_id, vpr.website) == ("LV00C", "LV", "")
    assert report.tables[-1].created == 2


def test_second_load_changes_and_writes_nothing(folder):
    load(folder.path)

    with CaptureQueriesContext(connection) as queries:
        report = load(folder.path)

    assert report.is_unchanged
    assert not [q for q in queries if q["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]


def test_host_that_is_gone_is_deactivated_and_its_number_is_free(folder):
    load(folder.path)
    folder.replace("host_organisations", "2,vpr", "2,cesis")

    load(folder.path)

    assert hosts() == {1: "pfrr", 2: "cesis"}
    assert not HostOrganisation.objects.get(slug="vpr").active


def test_two_hosts_can_exchange_their_numbers(folder):
    load(folder.path)
    folder.replace("host_organisations", "1,pfrr", "2,pfrr")
    folder.replace("host_organisations", "2,vpr", "1,vpr")

    load(folder.path)

    assert hosts() == {1: "vpr", 2: "pfrr"}


def test_public_id_of_a_host_outlives_a_change(folder):
    load(folder.path)
    before = HostOrganisation.objects.get(slug="pfrr")
    folder.replace("host_organisations", "Białystok", "Łomża")

    load(folder.path)

    after = HostOrganisation.objects.get(slug="pfrr")
    assert (after.pk, after.public_id, after.city) == (before.pk, before.public_id, "Łomża")


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        (",PL84,", ",LV00,", "host_organisations.csv:2: Not a region of PL: LV00."),
        (",PL84,", ",PL99,", "host_organisations.csv:2: Not a region of PL: PL99."),
        (",PL84,", ",,", "host_organisations.csv:2: No region is named."),
        (",LV00C;LV00,", ",LV008,", "host_organisations.csv:3: Not a region of LV: LV008."),
        ("2,vpr", "1,vpr", "host_organisations.csv:3: The partner number stands on line 2 already."),
        ("2,vpr", "2,pfrr", "host_organisations.csv:3: The row repeats line 2."),
        ("regional_authority", "club", "host_organisations.csv:3: The kind “club” is not known."),
        ("2,vpr", "two,vpr", "host_organisations.csv:3: number: “two” is not a whole number"),
    ],
)
def test_bad_host_loads_nothing_at_all(folder, old, new, problem):
    folder.replace("host_organisations", old, new)

    with pytest.raises(BadReferenceDataError) as refused:
        load(folder.path)

    assert [str(found) for found in refused.value.problems] == [problem]
    assert not Country.objects.exists()
    assert not HostOrganisation.objects.exists()


def test_bad_region_loads_no_host(folder):
    folder.replace("nace_codes", "26.11,4", "26.11,5")

    with pytest.raises(BadReferenceDataError):
        load(folder.path)

    assert not HostOrganisation.objects.exists()


def test_problems_of_both_kinds_of_files_are_told_together(folder):
    folder.replace("host_organisations", "regional_authority", "club")
    folder.replace("nace_codes", "26.11,4", "26.11,5")

    with pytest.raises(BadReferenceDataError) as refused:
        load(folder.path)

    assert [problem.file for problem in refused.value.problems] == [
        "host_organisations.csv",
        "nace_codes.csv",
    ]


def test_bad_file_leaves_what_was_loaded_before(folder):
    load(folder.path)
    folder.replace("regions", "Podlaskie,Podlaskie", "Changed,Changed")
    folder.replace("host_organisations", ",PL84,", ",PL99,")

    with pytest.raises(BadReferenceDataError):
        load(folder.path)

    assert Region.objects.get(code="PL84").name == "Podlaskie"


def test_command_tells_what_it_did(folder, capsys):
    call_command("load_reference_data", dir=folder.path)

    said = capsys.readouterr().out
    assert "regions: 8 created, 0 updated, 0 deactivated, 0 unchanged" in said
    assert "host organisations: 2 created, 0 updated, 0 deactivated, 0 unchanged" in said


def test_command_names_file_line_and_reason(folder):
    folder.replace("countries", "Europe/Riga,4", "Europe/Riga,four")

    with pytest.raises(CommandError) as refused:
        call_command("load_reference_data", dir=folder.path)

    assert (
        str(refused.value).splitlines()[1] == "countries.csv:3: postcode_digits: “four” is not a whole number"
    )


def test_shipped_hosts_are_eight_in_seven_countries():
    load()

    assert list(hosts()) == [1, 2, 3, 4, 5, 6, 7, 8]
    assert HostOrganisation.objects.values("country").distinct().count() == 7
