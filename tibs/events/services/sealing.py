"""Sealing the audit trail in batches, and proving that it is whole."""

from dataclasses import dataclass

import structlog
from django.utils import timezone

from tibs.core.locks import one_at_a_time
from tibs.events.hashing import FIRST, detail_hash, seal_hash
from tibs.events.models import AuditDetail, AuditRecord, AuditSeal

logger = structlog.get_logger(__name__)
BATCH = 1000


@dataclass(frozen=True)
class Verdict:
    """What `verify` found: `broken` is the number of the first seal that does not hold, or None.

    `head` is the hash of the last seal that holds. Kept elsewhere, it proves later that no end was cut off.
    """

    seals: int
    sealed: int
    unsealed: int
    head: str
    broken: int | None = None
    reason: str = ""


def seal_records() -> int:
    """Seal every committed record that has no seal yet; the count of records sealed."""
    total = 0
    while count := _seal_batch():
        total += count
    return total


def _seal_batch() -> int:
    with one_at_a_time("events.seal"):
        records = list(AuditRecord.objects.filter(seal=None).order_by("pk")[:BATCH])
        if not records:
            return 0
        last = AuditSeal.objects.order_by("-pk").first()
        previous = last.hash if last else FIRST
        seal = AuditSeal.objects.create(
            previous_hash=previous,
            hash=seal_hash(previous, records),
            record_count=len(records),
            sealed_at=timezone.now(),
        )
        AuditRecord.objects.filter(pk__in=[record.pk for record in records]).update(seal=seal)
        logger.info("audit_sealed", seal=seal.pk, hash=seal.hash, records=len(records))
        return len(records)


def verify() -> Verdict:
    """Recompute every seal from the first and every detail that was not erased."""
    previous, sealed, seals = FIRST, 0, 0
    unsealed = AuditRecord.objects.filter(seal=None).count()
    for seal in AuditSeal.objects.order_by("pk").iterator():
        records = list(AuditRecord.objects.filter(seal=seal).order_by("pk"))
        if reason := _fault(seal, previous, records):
            return Verdict(seals, sealed, unsealed, previous, broken=seal.pk, reason=reason)
        previous, sealed, seals = seal.hash, sealed + len(records), seals + 1
    return Verdict(seals, sealed, unsealed, previous)


def _fault(seal: AuditSeal, previous: str, records: list[AuditRecord]) -> str:
    if seal.previous_hash != previous:
        return "the seal before it is missing or was changed"
    if len(records) != seal.record_count:
        return f"it covers {seal.record_count} records, {len(records)} are there"
    if seal_hash(previous, records) != seal.hash:
        return "a record was changed"
    expected = {record.pk: record.detail_hash for record in records}
    for detail in AuditDetail.objects.filter(record_id__in=expected):
        if detail_hash(detail.salt, detail.values) != expected[detail.record_id]:
            return f"the detail of record {detail.record_id} was changed"
    return ""
