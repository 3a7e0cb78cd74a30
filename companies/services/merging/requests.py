"""Merges across organisations, which take two, and pairs that are two companies after all."""

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from brokers.models import HostOrganisation, Membership
from companies import events
from companies.choices import MergeStatus
from companies.models import Company, Merge, NotDuplicate
from companies.policies import can_answer_merge, can_ask_for_merge, can_change_company, require
from companies.services.duplicates import without_note_of
from companies.services.files import author
from companies.services.merging.merges import locked
from tibs.accounts.actor import Actor
from tibs.accounts.models import User
from tibs.accounts.roles import RoleCode
from tibs.core.errors import BadInputError, WrongStateError
from tibs.core.links import absolute
from tibs.events.recording import record
from tibs.events.services.letters import write_letter


@transaction.atomic
def ask_for_merge(*, kept: Company, absorbed: Company, by: Actor) -> Merge:
    """Ask the organisation that hosts one of the entries to merge both; its coordinators get a letter.

    Asking twice, in either direction, gives the request that waits already.
    """
    if kept.pk == absorbed.pk:
        raise BadInputError(_("Choose two different companies."))
    mine, other = (kept, absorbed) if kept.host_id in by.organisations else (absorbed, kept)
    require(can_ask_for_merge(by, mine, other))
    if mine.merged_into_id or other.merged_into_id:
        raise WrongStateError(_("One of the entries was merged already."), code="merged")
    merge = Merge(
        kept=kept, absorbed=absorbed, status=MergeStatus.ASKED, waits_for=other.host, asked_by=author(by)
    )
    try:
        with transaction.atomic():
            merge.save(force_insert=True)
    except IntegrityError:  # it was asked for already
        pair = {kept.pk, absorbed.pk}
        return Merge.objects.get(status=MergeStatus.ASKED, kept__in=pair, absorbed__in=pair)
    record(
        events.MERGE_ASKED,
        about=merge,
        by=by,
        company_id=mine.public_id,
        facts={"other": other.public_id},
    )
    for person in coordinators_of(other.host):
        _tell(merge, other, person, by)
    return merge


@transaction.atomic
def decline_merge(*, merge: Merge, by: Actor) -> Merge:
    """Say no to a merge that another organisation asked for."""
    merge = Merge.objects.select_for_update(of=["self"]).get(pk=merge.pk)
    if merge.status == MergeStatus.DECLINED:
        return merge
    require(can_answer_merge(by, merge))
    merge.status = MergeStatus.DECLINED
    merge.save()
    record(events.MERGE_DECLINED, about=merge, by=by, company_id=merge.kept.public_id)
    return merge


@transaction.atomic
def tell_apart(*, company: Company, other: Company, by: Actor) -> NotDuplicate:
    """Remember that these are two companies, so that nobody is asked again.

    A coordinator who was asked to merge them declines by it.
    """
    if company.pk == other.pk:
        raise BadInputError(_("Choose two different companies."))
    require(can_change_company(by, company))
    first, second = sorted((company, other), key=lambda entry: entry.pk)
    pair, is_new = NotDuplicate.objects.get_or_create(
        first=first, second=second, defaults={"made_by": author(by)}
    )
    if is_new:
        for entry, another in ((company, other), (other, company)):
            entry = locked(entry)[0]
            entry.routing_facts = without_note_of(entry, another)
            entry.save(update_fields=["routing_facts", "updated_at"])
        record(
            events.TOLD_APART,
            about=company,
            by=by,
            company_id=company.public_id,
            facts={"other": other.public_id},
        )
        waiting = Merge.objects.filter(status=MergeStatus.ASKED, waits_for__in=by.coordinates)
        for merge in waiting.filter(kept__in=[first, second], absorbed__in=[first, second]):
            decline_merge(merge=merge, by=by)
    return pair


def coordinators_of(host: HostOrganisation) -> QuerySet[User]:
    seats = Membership.objects.in_force().filter(organisation=host, role=RoleCode.COORDINATOR)
    return User.objects.filter(pk__in=seats.values("user"), is_active=True).order_by("pk")


def _tell(merge: Merge, company: Company, person: User, by: Actor) -> None:
    write_letter(
        template="merge_asked",
        to=person.email,
        language=person.language,
        context={
            "name": person.name,
            "company": company.name,
            "from": by.name,
            "link": absolute(f"{company.get_absolute_url()}duplicates/"),
        },
        company_id=company.public_id,
        key=f"merge_asked:{merge.public_id}:{person.public_id}",
    )
