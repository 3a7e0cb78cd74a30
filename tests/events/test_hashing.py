"""Hashes of the audit trail survive the way into the database and back."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.events.conftest import BY
from tests.events.wiring import SILENT
from tibs.events.hashing import FIRST, detail_hash, seal_hash
from tibs.events.models import AuditDetail, AuditRecord
from tibs.events.recording import record

pytestmark = pytest.mark.django_db

TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=8)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=6,
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(values=st.dictionaries(TEXTS, VALUES, min_size=1, max_size=4))
def test_detail_has_the_same_hash_after_it_was_stored(person, values):
    written = record(SILENT, about=person, by=BY, personal=values)

    detail = AuditDetail.objects.get(record=written)
    assert detail_hash(detail.salt, detail.values) == written.detail_hash


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(facts=st.dictionaries(TEXTS, VALUES, max_size=4))
def test_record_has_the_same_hash_after_it_was_stored(person, facts):
    written = record(SILENT, about=person, by=BY, facts=facts)

    assert seal_hash(FIRST, [AuditRecord.objects.get(pk=written.pk)]) == seal_hash(FIRST, [written])


def test_moment_keeps_its_microseconds(person):
    written = record(SILENT, about=person, by=BY)

    assert AuditRecord.objects.get(pk=written.pk).at == written.at


def test_same_moment_in_another_time_zone_has_the_same_hash():
    here = datetime(2026, 3, 29, 1, 30, 0, 123456, tzinfo=UTC)
    records = [AuditRecord(at=at) for at in (here, here.astimezone(timezone(timedelta(hours=3))))]

    first, second = (seal_hash(FIRST, [written]) for written in records)

    assert first == second


def test_one_and_the_text_one_have_different_hashes():
    assert detail_hash("salt", {"n": 1}) != detail_hash("salt", {"n": "1"})


def test_border_between_records_counts():
    assert detail_hash("ab", {}) != detail_hash("a", {"b": 1})


def test_hash_without_the_salt_cannot_be_guessed():
    assert detail_hash("one", {"email": "ana@example.org"}) != detail_hash(
        "two", {"email": "ana@example.org"}
    )
