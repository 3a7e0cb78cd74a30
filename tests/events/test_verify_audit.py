"""`verify_audit` finds every way to tamper with the trail, and says where."""

from contextlib import contextmanager
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from tests.events.conftest import BY
from tests.events.wiring import SILENT
from tibs.events.models import AuditDetail, AuditRecord, AuditSeal
from tibs.events.recording import record
from tibs.events.services import sealing

pytestmark = pytest.mark.django_db


@contextmanager
def rights_of_an_intruder():
    """The owner of the database can switch the trigger off; only the hashes tell."""
    tables = ("events_auditrecord", "events_auditseal", "events_auditdetail")
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        yield cursor
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


@pytest.fixture
def seals(person, monkeypatch):
    """Three seals over three records each, with personal details; one record is not sealed yet."""
    monkeypatch.setattr(sealing, "BATCH", 3)
    for number in range(9):
        record(SILENT, about=person, by=BY, facts={"n": number}, personal={"name": f"Ana {number}"})
    sealing.seal_records()
    record(SILENT, about=person, by=BY)
    return list(AuditSeal.objects.order_by("pk"))


def records_of(seal):
    return list(AuditRecord.objects.filter(seal=seal).order_by("pk"))


def test_untouched_trail_holds(seals):
    verdict = sealing.verify()

    assert verdict == sealing.Verdict(seals=3, sealed=9, unsealed=1, head=seals[-1].hash)


def test_empty_trail_holds(db):
    assert sealing.verify().broken is None


def test_erasing_a_detail_keeps_the_chain_whole(seals):
    AuditDetail.objects.filter(record__seal=seals[1]).delete()

    assert sealing.verify().broken is None


@pytest.mark.parametrize(
    "change",
    [
        "event = 'tests.told'",
        "actor_kind = 'person'",
        "actor_id = 'usr_x'",
        "at = at + interval '1 microsecond'",
        "subject_type = 'x'",
        "subject_id = 'x'",
        "company_id = 'cmp_x'",
        """fields = '["x"]'""",
        """facts = '{"n": 99}'""",
        "detail_hash = ''",
        "request_id = 'x'",
    ],
)
def test_edited_record_is_found(seals, change):
    with rights_of_an_intruder() as cursor:
        cursor.execute(f"UPDATE events_auditrecord SET {change} WHERE id = %s", [records_of(seals[1])[1].pk])  # noqa: S608

    verdict = sealing.verify()

    assert (verdict.broken, verdict.reason) == (seals[1].pk, "a record was changed")
    assert (verdict.seals, verdict.head) == (1, seals[0].hash)


def test_deleted_record_is_found(seals):
    victim = records_of(seals[1])[0].pk
    with rights_of_an_intruder() as cursor:
        cursor.execute("DELETE FROM events_auditdetail WHERE record_id = %s", [victim])
        cursor.execute("DELETE FROM events_auditrecord WHERE id = %s", [victim])

    verdict = sealing.verify()

    assert (verdict.broken, verdict.reason) == (seals[1].pk, "it covers 3 records, 2 are there")


def test_record_inserted_into_a_sealed_batch_is_found(seals):
    late = AuditRecord.objects.get(seal=None)
    with rights_of_an_intruder() as cursor:
        cursor.execute("UPDATE events_auditrecord SET seal_id = %s WHERE id = %s", [seals[1].pk, late.pk])

    assert sealing.verify().broken == seals[1].pk


def test_record_replaced_by_another_is_found(seals):
    victim = records_of(seals[1])[0].pk
    late = AuditRecord.objects.get(seal=None)
    with rights_of_an_intruder() as cursor:
        cursor.execute("DELETE FROM events_auditdetail WHERE record_id = %s", [victim])
        cursor.execute("DELETE FROM events_auditrecord WHERE id = %s", [victim])
        cursor.execute("UPDATE events_auditrecord SET seal_id = %s WHERE id = %s", [seals[1].pk, late.pk])

    assert sealing.verify().broken == seals[1].pk


def test_swapped_records_are_found(seals):
    first, second, _third = records_of(seals[1])
    with rights_of_an_intruder() as cursor:
        for pk, facts in ((first.pk, '{"n": 4}'), (second.pk, '{"n": 3}')):
            cursor.execute("UPDATE events_auditrecord SET facts = %s WHERE id = %s", [facts, pk])

    assert sealing.verify().broken == seals[1].pk


def test_record_moved_to_another_seal_is_found(seals):
    with rights_of_an_intruder() as cursor:
        moved = records_of(seals[1])[0].pk
        cursor.execute("UPDATE events_auditrecord SET seal_id = %s WHERE id = %s", [seals[2].pk, moved])

    assert sealing.verify().broken == seals[1].pk


@pytest.mark.parametrize("change", ['values = \'{"name": "Eve"}\'', "salt = 'x'"])
def test_changed_detail_is_found_and_named(seals, change):
    victim = records_of(seals[1])[2].pk
    with rights_of_an_intruder() as cursor:
        cursor.execute(f"UPDATE events_auditdetail SET {change} WHERE record_id = %s", [victim])  # noqa: S608

    verdict = sealing.verify()

    assert (verdict.broken, verdict.reason) == (seals[1].pk, f"the detail of record {victim} was changed")


def test_detail_invented_for_a_record_is_found(seals, person):
    sealing.seal_records()
    bare = AuditRecord.objects.get(detail_hash="")
    AuditDetail.objects.create(record=bare, salt="s", values={"name": "Eve"})

    assert sealing.verify().reason == f"the detail of record {bare.pk} was changed"


def test_removed_seal_is_found_at_the_next_one(seals):
    with rights_of_an_intruder() as cursor:
        cursor.execute("UPDATE events_auditrecord SET seal_id = NULL WHERE seal_id = %s", [seals[1].pk])
        cursor.execute("DELETE FROM events_auditseal WHERE id = %s", [seals[1].pk])

    verdict = sealing.verify()

    assert (verdict.broken, verdict.reason) == (seals[2].pk, "the seal before it is missing or was changed")


def test_removed_first_seal_is_found(seals):
    with rights_of_an_intruder() as cursor:
        cursor.execute("UPDATE events_auditrecord SET seal_id = NULL WHERE seal_id = %s", [seals[0].pk])
        cursor.execute("DELETE FROM events_auditseal WHERE id = %s", [seals[0].pk])

    assert sealing.verify().broken == seals[1].pk


def test_changed_seal_is_found(seals):
    with rights_of_an_intruder() as cursor:
        cursor.execute("UPDATE events_auditseal SET hash = %s WHERE id = %s", ["f" * 64, seals[1].pk])

    assert sealing.verify().broken == seals[1].pk


def cut_off_the_end(seal):
    with rights_of_an_intruder() as cursor:
        for table in ("events_auditdetail", "events_auditrecord"):
            column = "record_id" if table.endswith("detail") else "id"
            pks = [found.pk for found in records_of(seal)]
            cursor.execute(f"DELETE FROM {table} WHERE {column} = ANY(%s)", [pks])  # noqa: S608
        cursor.execute("DELETE FROM events_auditseal WHERE id = %s", [seal.pk])


def test_end_that_was_cut_off_is_found_with_the_hash_that_was_kept(seals):
    kept = sealing.verify().head
    records = records_of(seals[2])
    cut_off_the_end(seals[2])

    assert records
    call_command("verify_audit", stdout=StringIO())
    with pytest.raises(CommandError, match="cut off or written anew"):
        call_command("verify_audit", expect=kept, stdout=StringIO())


def test_command_says_what_holds_and_prints_the_last_hash(seals):
    said = StringIO()

    call_command("verify_audit", seal=True, stdout=said)

    head = AuditSeal.objects.order_by("-pk")[0].hash
    assert "1 records sealed now." in said.getvalue()
    assert "4 seals over 10 records hold; 0 unsealed." in said.getvalue()
    assert head in said.getvalue()


def test_command_names_the_broken_seal_and_fails(seals):
    with rights_of_an_intruder() as cursor:
        cursor.execute("UPDATE events_auditrecord SET event = 'x' WHERE seal_id = %s", [seals[2].pk])

    with pytest.raises(CommandError, match=f"Seal {seals[2].pk} is broken: a record was changed"):
        call_command("verify_audit", stdout=StringIO())
