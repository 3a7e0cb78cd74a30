"""The database itself refuses to change the audit trail."""

import pytest
from django.db import IntegrityError, connection, transaction

from tests.events.conftest import BY
from tests.events.wiring import SILENT
from tibs.events.models import AuditDetail, AuditRecord, AuditSeal
from tibs.events.recording import record
from tibs.events.services.sealing import seal_records

pytestmark = pytest.mark.django_db


@pytest.fixture
def written(person):
    return record(SILENT, about=person, by=BY, facts={"n": 1}, personal={"name": "Ana"})


def execute(sql, *parameters):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(sql, parameters)


def assert_refused(sql, *parameters):
    with pytest.raises(IntegrityError, match="can only be added to"):
        execute(sql, *parameters)


@pytest.mark.parametrize(
    "change",
    ["event = 'x'", "actor_id = 'x'", "at = now()", "facts = '{}'", "detail_hash = ''", "id = id + 1000"],
)
def test_record_cannot_be_changed(written, change):
    assert_refused(f"UPDATE events_auditrecord SET {change}")  # noqa: S608  # words of this test


def test_record_cannot_be_changed_by_the_model(written):
    written.event = "x"

    with pytest.raises(IntegrityError), transaction.atomic():
        written.save()


def test_record_cannot_be_deleted(written):
    assert_refused("DELETE FROM events_auditrecord")


@pytest.mark.parametrize("table", ["events_auditrecord", "events_auditseal"])
def test_trail_cannot_be_emptied(written, table):
    assert_refused(f"TRUNCATE {table} CASCADE")


def test_record_is_sealed_once_and_never_again(written):
    seal_records()
    other = AuditSeal.objects.create(previous_hash="p", hash="h", record_count=1, sealed_at=written.at)

    assert_refused("UPDATE events_auditrecord SET seal_id = %s", other.pk)
    assert_refused("UPDATE events_auditrecord SET seal_id = NULL")


def test_sealing_cannot_change_anything_else(written):
    seal = AuditSeal.objects.create(previous_hash="p", hash="h", record_count=1, sealed_at=written.at)

    assert_refused("UPDATE events_auditrecord SET seal_id = %s, event = 'x'", seal.pk)


def test_seal_is_final(written):
    seal_records()

    assert_refused("UPDATE events_auditseal SET hash = 'x'")
    assert_refused("DELETE FROM events_auditseal")


def test_detail_cannot_be_changed_but_erased(written):
    assert_refused("UPDATE events_auditdetail SET values = '{}'")

    AuditDetail.objects.filter(record=written).delete()

    assert AuditRecord.objects.filter(pk=written.pk).exists()
