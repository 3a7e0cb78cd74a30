"""Merging two entries into one company."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from companies import events
from companies.choices import Basis, MergeStatus, ProfileStatus
from companies.models import Company, Merge
from companies.policies import can_answer_merge, can_merge_companies, require
from companies.services.checks import refuse_misfits
from companies.services.companies import DERIVED, derive
from companies.services.duplicates import without_note_of
from companies.services.files import author
from companies.services.merging.agreements import withdraw_where_one_did, withdrawn_in_one
from companies.services.merging.moving import MOVES
from companies.services.merging.values import WRITTEN, put_together, stored
from regions.models import NaceCode
from tibs.accounts.actor import Actor
from tibs.core.errors import BadInputError, WrongStateError
from tibs.events.recording import record

# What a merge writes on the entry that is absorbed.
CLEARED = ("register_number", "answer_due_at")


class ChangedEntryError(WrongStateError):
    """One of the entries changed after the preview was made."""

    code = "changed_meanwhile"


@transaction.atomic
def merge_companies(
    *,
    kept: Company,
    absorbed: Company,
    by: Actor,
    take: Collection[str] = (),
    versions: tuple[int, int] | None = None,
    now: datetime | None = None,
) -> Merge:
    """Make `absorbed` part of `kept`: its people, profiles, notes and consents go along, its page leads there.

    `take` names the facts whose value in `absorbed` is right; where `kept` has none, the other's is taken anyway.
    `versions` (kept, absorbed) are those of the preview: ChangedEntryError when one changed since. A consent
    that either entry withdrew is withdrawn. Asking twice for the same merge gives the merge that was made.
    """
    if kept.pk == absorbed.pk:
        raise BadInputError(_("Choose two different companies."))
    kept, absorbed = locked(kept, absorbed)
    asked = Merge.objects.select_for_update().filter(kept=kept, absorbed=absorbed, status=MergeStatus.ASKED)
    request = asked.first()
    require(
        can_merge_companies(by, kept, absorbed) or (request is not None and can_answer_merge(by, request))
    )
    if absorbed.merged_into_id == kept.pk:
        return Merge.objects.get(absorbed=absorbed, status=MergeStatus.MADE)
    _refuse_gone(kept, absorbed)
    if versions and versions != (kept.version, absorbed.version):
        raise ChangedEntryError(_("One of the entries was changed meanwhile. Please look at both again."))
    merge = request or Merge(kept=kept, absorbed=absorbed)
    merge.status, merge.made_by, merge.made_at = MergeStatus.MADE, author(by), now or timezone.now()
    merge.snapshot = _carry_out(kept, absorbed, take, merge.made_at)
    merge.save()
    _record(merge, by)
    return merge


def locked(*companies: Company) -> tuple[Company, ...]:
    """The companies as they stand now, locked in one order, so that two mergers never wait for each other."""
    keys = [company.pk for company in companies]
    rows = Company.objects.locked().filter(pk__in=keys).order_by("pk")
    found = {company.pk: company for company in rows}
    return tuple(found[key] for key in keys)


def _refuse_gone(kept: Company, absorbed: Company) -> None:
    if kept.merged_into_id or absorbed.merged_into_id:
        raise WrongStateError(_("One of the entries was merged already."), code="merged")
    if kept.erased_at or absorbed.erased_at:
        raise WrongStateError(_("The data of one of the entries were erased."), code="erased")


def _carry_out(kept: Company, absorbed: Company, take: Collection[str], now: datetime) -> dict[str, Any]:
    """Move and write everything; what is needed to undo it."""
    before, cleared, noted = stored(kept, WRITTEN), stored(absorbed, CLEARED), kept.routing_facts
    kept.routing_facts = without_note_of(kept, absorbed)
    contradicting = withdrawn_in_one(kept, absorbed)
    put_together(kept, absorbed, take)
    derive(kept)
    if kept.register_number == absorbed.register_number:
        absorbed.register_number = ""
    absorbed.answer_due_at = None
    absorbed.merged_into = kept
    absorbed.version += 1
    absorbed.save()
    refuse_misfits(kept, exclude=DERIVED)
    kept.version += 1
    kept.save()
    snapshot = {
        "kept": before,
        "after": stored(kept, WRITTEN),
        "absorbed": cleared,
        "noted": noted,
        "activities": _join_activities(kept, absorbed),
        "accounts": _join_accounts(kept, absorbed),
        "primary": _yield_first_contact(kept, absorbed),
        "moved": _move(kept, absorbed),
        "facts": _withdraw_public_facts(absorbed, now),
    }
    kept.profiles.update(updated_at=now)  # whoever keeps a copy of the published ones asks for what changed
    return snapshot | {"consents": withdraw_where_one_did(kept, contradicting)}


def _move(kept: Company, absorbed: Company) -> dict[str, list[int]]:
    moved = {}
    for move in MOVES:
        keys = list(move.going(kept, absorbed).order_by("pk").values_list("pk", flat=True))
        if move.model is Company:
            keys = [key for key in keys if key != absorbed.pk]
        if keys:
            move.move(keys, source=absorbed, target=kept)
            moved[move.label] = keys
    return moved


def _join_activities(kept: Company, absorbed: Company) -> list[str]:
    """Further activities, and the main one that did not stay; the codes of those that are new."""
    theirs = set(absorbed.secondary_nace.values_list("code", flat=True)) | {absorbed.nace_id}
    known = set(kept.secondary_nace.values_list("code", flat=True)) | {kept.nace_id, None}
    new = NaceCode.objects.filter(code__in=theirs - known).order_by("code")
    kept.secondary_nace.add(*new)
    return [activity.code for activity in new]


def _join_accounts(kept: Company, absorbed: Company) -> list[dict[str, int]]:
    """A contact of both entries keeps the account that only the other entry knew."""
    accounts = dict(absorbed.contacts.exclude(user=None).values_list("email", "user"))
    joined = []
    for contact in kept.contacts.filter(user=None, email__in=accounts).order_by("pk"):
        contact.user_id = accounts[contact.email]
        contact.save(update_fields=["user", "updated_at"])
        joined.append({"contact": contact.pk, "user": accounts[contact.email]})
    return joined


def _yield_first_contact(kept: Company, absorbed: Company) -> int | None:
    """One contact of a company is asked first: that of the kept entry. The key of the one that was first too."""
    if not kept.contacts.filter(is_primary=True).exists():
        return None
    first = absorbed.contacts.filter(is_primary=True).first()
    if first:
        absorbed.contacts.filter(pk=first.pk).update(is_primary=False)
    return first.pk if first else None


def _withdraw_public_facts(absorbed: Company, now: datetime) -> list[int]:
    """Public facts that stayed behind, because the kept entry has its own, are searched no more."""
    left = absorbed.profiles.filter(basis=Basis.PUBLIC_SOURCE, status=ProfileStatus.PUBLISHED)
    keys = list(left.values_list("pk", flat=True))
    left.update(status=ProfileStatus.WITHDRAWN, updated_at=now)
    return keys


def _record(merge: Merge, by: Actor) -> None:
    before, after = merge.snapshot["kept"], merge.snapshot["after"]
    record(
        events.COMPANIES_MERGED,
        about=merge,
        by=by,
        company_id=merge.kept.public_id,
        fields=[name for name in before if before[name] != after[name]],
        facts={
            "absorbed": merge.absorbed.public_id,
            "moved": {label: len(keys) for label, keys in merge.snapshot["moved"].items()},
        },
    )
    record(
        events.COMPANY_ABSORBED,
        about=merge.absorbed,
        by=by,
        company_id=merge.absorbed.public_id,
        facts={"kept": merge.kept.public_id},
    )
