"""Undoing a merge: both entries stand as before, except for what somebody changed since."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from companies import events
from companies.choices import MergeStatus, ProfileStatus
from companies.models import Company, Contact, CooperationProfile, Merge
from companies.policies import can_undo_merge, require
from companies.services.checks import refuse_misfits
from companies.services.companies import DERIVED, derive
from companies.services.merging.agreements import let_hold_again
from companies.services.merging.merges import locked
from companies.services.merging.moving import MOVES
from companies.services.merging.values import CHOSEN, EARLIEST, JOINED, field_of, stored, write_back
from regions.models import NaceCode
from tibs.accounts.actor import Actor
from tibs.core.errors import WrongStateError
from tibs.events.recording import record

RESTORED = (*CHOSEN, *EARLIEST, *JOINED)


@transaction.atomic
def undo_merge(*, merge: Merge, by: Actor, now: datetime | None = None) -> list[str]:
    """Take the two entries apart again; sentences about what could not go back, in the language in use.

    What was added to the company since the merge stays with the kept entry.
    """
    merge = Merge.objects.select_for_update(of=["self"]).select_related("kept", "absorbed").get(pk=merge.pk)
    merge.kept, merge.absorbed = locked(merge.kept, merge.absorbed)
    require(can_undo_merge(by, merge))
    refuse_unless_it_can_be_undone(merge)
    problems = _facts_back(merge)
    problems += _rows_back(merge)
    _states_back(merge)
    let_hold_again(merge.kept, merge.snapshot["consents"])
    merge.status, merge.undone_at = MergeStatus.UNDONE, now or timezone.now()
    merge.save()
    _record(merge, by, len(problems))
    return problems


def refuse_unless_it_can_be_undone(merge: Merge) -> None:
    """WrongStateError with the reason where a merge cannot be undone."""
    if merge.status != MergeStatus.MADE:
        raise WrongStateError(gettext_lazy("This merge is undone already."), code="undone")
    if merge.kept.erased_at or merge.absorbed.erased_at or not merge.snapshot:
        raise WrongStateError(
            gettext_lazy("The data of this company were erased, so the merge stays."), code="erased"
        )
    if merge.kept.merged_into_id or merge.absorbed.merged_into_id != merge.kept_id:
        raise WrongStateError(
            gettext_lazy("The company was merged again later. Undo that merge first."), code="merged"
        )


def changed_since(merge: Merge) -> list[str]:
    """The facts that a merge wrote and somebody changed since: they stay as they are now."""
    before, after = merge.snapshot["kept"], merge.snapshot["after"]
    current = stored(merge.kept, RESTORED)
    return [name for name in RESTORED if before[name] != after[name] and current[name] != after[name]]


def _facts_back(merge: Merge) -> list[str]:
    kept, absorbed, snapshot = merge.kept, merge.absorbed, merge.snapshot
    lost = changed_since(merge)
    for name in RESTORED:
        if snapshot["kept"][name] != snapshot["after"][name] and name not in lost:
            write_back(kept, name, snapshot["kept"][name])
    kept.routing_facts = snapshot["noted"]
    kept.web_domain = snapshot["kept"]["web_domain"]
    derive(kept)
    refuse_misfits(kept, exclude=DERIVED)
    kept.version += 1
    kept.save()
    kept.secondary_nace.remove(*NaceCode.objects.filter(code__in=snapshot["activities"]))
    absorbed.merged_into = None
    absorbed.version += 1
    problems = [sentence_of(name) for name in lost]
    number = snapshot["absorbed"]["register_number"]
    if number and number != absorbed.register_number:
        holders = Company.objects.filter(country=absorbed.country_id, register_number=number)
        if holders.exclude(pk=absorbed.pk).exists():
            problems.append(_("The register number belongs to another company now."))
        else:
            absorbed.register_number = number
    due = snapshot["absorbed"]["answer_due_at"]
    absorbed.answer_due_at = datetime.fromisoformat(due) if due else None
    derive(absorbed)
    absorbed.save()
    return problems


def _rows_back(merge: Merge) -> list[str]:
    problems = []
    for move in MOVES:
        if keys := merge.snapshot["moved"].get(move.label):
            lost = move.move(keys, source=merge.kept, target=merge.absorbed)
            if lost:
                problems.append(
                    ngettext(
                        "%(count)d entry cannot go back: %(what)s.",
                        "%(count)d entries cannot go back: %(what)s.",
                        len(lost),
                    )
                    % {"count": len(lost), "what": move.words}
                )
    return problems


def _states_back(merge: Merge) -> None:
    """First contact, accounts and public facts as they were, where nobody changed them since."""
    snapshot, absorbed = merge.snapshot, merge.absorbed
    if snapshot["primary"] and not absorbed.contacts.filter(is_primary=True).exists():
        absorbed.contacts.filter(pk=snapshot["primary"]).update(is_primary=True)
    for joined in snapshot["accounts"]:
        Contact.objects.filter(pk=joined["contact"], user=joined["user"]).update(user=None)
    CooperationProfile.objects.filter(
        pk__in=snapshot["facts"], company=absorbed, status=ProfileStatus.WITHDRAWN
    ).update(status=ProfileStatus.PUBLISHED, updated_at=timezone.now())
    for company in (merge.kept, absorbed):
        company.profiles.update(updated_at=timezone.now())


def sentence_of(name: str) -> str:
    """Says of a fact that it stays as it is now."""
    label = field_of(name).verbose_name
    return _("%(fact)s was changed since and stays as it is now.") % {"fact": str(label).capitalize()}


def _record(merge: Merge, by: Actor, lost: int) -> None:
    record(
        events.MERGE_UNDONE,
        about=merge,
        by=by,
        company_id=merge.kept.public_id,
        facts={"absorbed": merge.absorbed.public_id, "lost": lost},
    )
    record(
        events.COMPANY_RESTORED,
        about=merge.absorbed,
        by=by,
        company_id=merge.absorbed.public_id,
        facts={"kept": merge.kept.public_id},
    )
