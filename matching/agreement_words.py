"""The exact words of an agreement, and how far it has come."""

import json
from enum import StrEnum
from hashlib import sha256

from companies.models import Company
from matching.choices import CooperationStatus
from matching.models import Agreement

WORDS = (
    "type", "subject", "benefit", "areas", "signed_date", "valid_until", "value_band", "jobs_expected",
    "is_publishable", "public_text",
)  # fmt: skip


class State(StrEnum):
    """What an agreement waits for."""

    TO_STATE = "to_state"
    RETURNED = "returned"
    TO_VALIDATE = "to_validate"
    COUNTS = "counts"
    ENDED = "ended"


def words_hash(agreement: Agreement) -> str:
    """The hash of everything that a firm confirms: one changed letter or another file makes another hash."""
    words = {name: getattr(agreement, name) for name in WORDS}
    words["areas"] = sorted(agreement.areas)
    words["evidence"] = agreement.evidence.digest if agreement.evidence else ""
    return sha256(json.dumps(words, default=str, sort_keys=True).encode()).hexdigest()


def stated_by(agreement: Agreement) -> set[int]:
    """The keys of the companies that confirmed the words as they stand."""
    return {one.company_id for one in agreement.statements.all() if one.text_hash == agreement.text_hash}


def has_stated(agreement: Agreement, company: Company) -> bool:
    return company.pk in stated_by(agreement)


def state_of(agreement: Agreement) -> State:
    """How far an agreement has come; reads its statements, its evidence and its cooperation."""
    introduction = agreement.cooperation.introduction
    if agreement.validated_at:
        return State.COUNTS
    if agreement.cooperation.status == CooperationStatus.NO_DEAL:
        return State.ENDED
    if agreement.returned_note:
        return State.RETURNED
    both = {introduction.sender_company_id, introduction.receiver_company_id}
    return State.TO_VALIDATE if both <= stated_by(agreement) else State.TO_STATE
