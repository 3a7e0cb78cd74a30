"""Keeping private files of companies, and forgetting them."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext_lazy as _

from companies import events
from companies.belonging import Belonging
from companies.models import Attachment, Company
from companies.policies import can_decide_for_company, require
from companies.services.files import author
from companies.uploads import storage
from companies.uploads.checking import CheckedFile
from tibs.accounts.actor import Actor
from tibs.core.errors import BadInputError, WrongStateError
from tibs.events.recording import record
from tibs.figures import FILES_OF_A_FIRM

# A file without a row may belong to an upload that is not committed yet.
UNCOMMITTED = timedelta(days=1)


@transaction.atomic
def attach_file(*, company: Company, file: CheckedFile, by: Actor) -> Attachment:
    """Keep a checked file of a company; BadInputError where its files would be more than all of them may be."""
    company = Company.objects.locked().get(pk=company.pk)
    require(can_decide_for_company(by, company))
    if company.erased_at or company.merged_into_id:
        raise WrongStateError(_("This company is not worked on any more."))
    kept = company.attachments.aggregate(sum=Sum("size"))["sum"] or 0
    if kept + len(file.content) > FILES_OF_A_FIRM:
        full = _("All files of the company together may have 50 MB. Remove one first.")
        raise BadInputError(full, fields={"file": full}, code="quota")
    name = storage.write(file.content)
    try:
        attachment = _entered(company, file, name, by)
    except BaseException:
        storage.remove([name])
        raise
    return attachment


@transaction.atomic
def remove_file(*, attachment: Attachment, by: Actor) -> None:
    """Delete a file for good; its bytes go when that is certain."""
    require(can_decide_for_company(by, attachment.company))
    forget_file(attachment, by)


def forget_file(attachment: Attachment, by: Actor) -> None:
    """The same for services that have asked whether `by` may do it, within their transaction."""
    record(
        events.FILE_REMOVED,
        about=attachment,
        by=by,
        company_id=attachment.company.public_id,
        facts={"digest": attachment.digest},
    )
    names = [attachment.stored_name]
    attachment.delete()
    transaction.on_commit(lambda: storage.remove(names))


def forget_files(belonging: Belonging) -> None:
    """Delete the bytes of all files of a firm once its erasure is certain; the rows go with the data map."""
    names = list(
        Attachment.objects.filter(company__in=belonging.companies).values_list("stored_name", flat=True)
    )
    transaction.on_commit(lambda: storage.remove(names))


def sweep_files(*, now: datetime) -> int:
    """Delete files to which no row leads, which a crash left behind; how many."""
    old = set(storage.names_before(now - UNCOMMITTED))
    known = set(Attachment.objects.filter(stored_name__in=old).values_list("stored_name", flat=True))
    storage.remove(old - known)
    return len(old - known)


def _entered(company: Company, file: CheckedFile, name: str, by: Actor) -> Attachment:
    attachment = Attachment.objects.create(
        company=company,
        file_name=file.name,
        content_type=file.content_type,
        size=len(file.content),
        digest=file.digest,
        stored_name=name,
        uploaded_by=author(by),
    )
    record(
        events.FILE_ATTACHED,
        about=attachment,
        by=by,
        company_id=company.public_id,
        facts={"type": file.content_type, "size": len(file.content), "digest": file.digest},
    )
    return attachment
