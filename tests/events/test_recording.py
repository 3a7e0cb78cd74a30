"""The audit record and what is owed for it, in the transaction of the change."""

import pytest
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from tests.events import wiring
from tests.events.conftest import BY
from tests.events.wiring import RULED, SILENT, TOLD
from tests.queue import taken_from
from tibs.accounts.actor import VISITOR
from tibs.events import dispatch
from tibs.events.models import AuditDetail, AuditRecord, Outbox
from tibs.events.recording import record
from tibs.events.vocabulary import Event

pytestmark = pytest.mark.django_db


def test_record_says_who_did_what_to_which_thing(person):
    written = record(TOLD, about=person, by=BY, company_id="cmp_1", fields=["name", "email"], facts={"n": 1})

    written.refresh_from_db()
    assert (written.event, written.actor_kind, written.actor_id) == ("tests.told", "system", "tests")
    assert (written.subject_type, written.subject_id) == ("accounts.user", person.public_id)
    assert (written.company_id, written.fields, written.facts) == ("cmp_1", ["email", "name"], {"n": 1})


def test_personal_values_stand_in_the_detail_only(person):
    written = record(TOLD, about=person, by=BY, personal={"email": "ana@example.org"})

    assert AuditDetail.objects.get(record=written).values == {"email": "ana@example.org"}
    row = AuditRecord.objects.filter(pk=written.pk).values().get()
    assert "ana@example.org" not in str(row)


def test_equal_personal_values_have_different_hashes(person):
    first, second = (record(TOLD, about=person, by=BY, personal={"a": 1}) for _ in range(2))

    assert first.detail_hash != second.detail_hash


def test_rollback_removes_record_detail_and_delivery(person):
    with transaction.atomic():
        record(TOLD, about=person, by=BY, personal={"a": 1})
        transaction.set_rollback(True)

    assert not AuditRecord.objects.exists()
    assert not AuditDetail.objects.exists()
    assert not Outbox.objects.exists()


def test_delivery_is_owed_for_each_wired_task(person):
    written = record(TOLD, about=person, by=BY)

    owed = Outbox.objects.get()
    assert (owed.record, owed.consumer, owed.argument) == (written, "tests.events.wiring.tell", person.pk)
    assert (owed.done_at, owed.attempts) == (None, 0)


def test_nothing_is_owed_for_an_event_that_nobody_waits_for(person):
    record(SILENT, about=person, by=BY)

    assert not Outbox.objects.exists()


def test_rule_runs_in_the_transaction_of_the_event(person, monkeypatch):
    def rename(subject, by):
        subject.name = f"seen by {by.id}"
        subject.save()

    monkeypatch.setitem(wiring.RULES, RULED, [rename])

    record(RULED, about=person, by=BY)

    person.refresh_from_db()
    assert person.name == "seen by tests"


def test_error_of_a_rule_rolls_the_change_back(person, monkeypatch):
    def change_then_fail(subject, by):
        subject.name = "changed"
        subject.save()
        raise RuntimeError("the rule failed")

    monkeypatch.setitem(wiring.RULES, RULED, [change_then_fail])

    with pytest.raises(RuntimeError, match="the rule failed"):
        record(RULED, about=person, by=BY)

    person.refresh_from_db()
    assert person.name == "Ana"
    assert not AuditRecord.objects.exists()


def test_worker_is_asked_after_the_commit_and_not_before(person, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as callbacks:
        record(TOLD, about=person, by=BY)
        before = taken_from("matching")
    callbacks[0]()

    [message] = taken_from("matching")
    assert before == []
    assert message.headers["task"] == "tibs.events.tasks.deliver"
    assert message.headers["timelimit"] == [20, None]


def test_queue_that_is_away_does_not_harm_the_change(person, monkeypatch, django_capture_on_commit_callbacks):
    from tibs.events.tasks import deliver

    def refuse(*args, **kwargs):
        raise ConnectionError

    monkeypatch.setattr(deliver, "apply_async", refuse)

    with django_capture_on_commit_callbacks(execute=True):
        record(TOLD, about=person, by=BY)

    assert Outbox.objects.get().done_at is None


def test_visitor_is_recorded_without_an_id(person):
    assert record(SILENT, about=person, by=VISITOR).actor_id == ""


def test_wiring_finds_an_event_in_every_language(monkeypatch):
    event = Event("tests.translated", _("Yes"))
    with translation.override("en"):
        monkeypatch.setitem(wiring.NUDGES, event, [wiring.tell])

    with translation.override("pl"):
        assert str(event.sentence) == "Tak"
        assert dispatch.nudges_of(event) == [wiring.tell]


def test_two_events_cannot_have_one_code():
    with pytest.raises(ValueError, match=r"tests\.told"):
        Event("tests.told", "Something else.")
