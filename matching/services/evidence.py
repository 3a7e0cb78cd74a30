"""The file that proves an agreement."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from companies.models import Company
from companies.policies import require
from companies.services.attachments import attach_file, forget_file
from companies.uploads import storage
from companies.uploads.checking import CheckedFile
from matching import events, sides
from matching.agreement_words import words_hash
from matching.models import Agreement
from matching.policies import can_read_evidence, can_take_part
from matching.services.agreements import ask_for_statements, held_agreement
from matching.services.telling import record_for_both
from tibs.accounts.actor import Actor
from tibs.core.errors import NotAllowedError, WrongStateError


@transaction.atomic
def attach_evidence(
    *, agreement: Agreement, file: CheckedFile, by: Actor, now: datetime | None = None
) -> Agreement:
    """Put a checked file under an agreement, in the place of the one before.

    It counts for the side that sends it, and what was confirmed is to be confirmed anew, as the evidence is part of it.
    Words that are not what a firm agreed to are corrected all the same.
    """
    agreement = held_agreement(agreement)
    require(can_take_part(by, agreement.cooperation))
    before = agreement.evidence
    agreement.evidence = attach_file(company=_company_of(by, agreement), file=file, by=by)
    agreement.text_hash = words_hash(agreement)
    is_disputed = agreement.returned_for is not None
    if not is_disputed:
        agreement.returned_note = ""
    agreement.version += 1
    agreement.save(update_fields=["evidence", "text_hash", "returned_note", "version", "updated_at"])
    if before:
        forget_file(before, by)
    if not is_disputed:
        ask_for_statements(agreement, by, now or timezone.now())
    return agreement


@transaction.atomic
def read_evidence(*, agreement: Agreement, by: Actor) -> tuple[bytes, str, str]:
    """The bytes, the kind of content and the name of the evidence; the reading stands in the timeline of both firms."""
    require(can_read_evidence(by, agreement.cooperation))
    evidence = agreement.evidence
    if evidence is None:
        raise WrongStateError(_("There is no file yet."))
    try:
        content = storage.read(evidence.stored_name)
    except FileNotFoundError as error:
        raise WrongStateError(_("The file is not there any more.")) from error
    record_for_both(events.EVIDENCE_READ, agreement.cooperation, by)
    return content, evidence.content_type, evidence.file_name


def _company_of(by: Actor, agreement: Agreement) -> Company:
    """The firm for which somebody acts."""
    for side in sides.sides_of(by, agreement.cooperation):
        return sides.company_of(agreement.cooperation, side)
    raise NotAllowedError(_("You may not do this."))
