"""People join a host organisation and become brokers."""

from collections.abc import Iterable, Sequence

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from brokers import events
from brokers.models import Broker, HostOrganisation, Membership
from brokers.models.membership import ORGANISATION_ROLES
from brokers.policies import can_manage_members
from regions.models import Region, S3Domain
from tibs.accounts.actor import Actor
from tibs.accounts.models import User
from tibs.accounts.roles import RoleCode
from tibs.core.errors import BadInputError, NotAllowedError
from tibs.core.languages import LANGUAGE_CODES
from tibs.events.recording import record


@transaction.atomic
def add_member(*, user: User, organisation: HostOrganisation, role: RoleCode, by: Actor) -> Membership:
    """Give a person a role in a host organisation."""
    if not can_manage_members(by, organisation):
        raise NotAllowedError(_("Only a coordinator or an administrator adds people."))
    if role not in ORGANISATION_ROLES:
        reason = _("This role does not belong to an organisation.")
        raise BadInputError(reason, fields={"role": reason})
    try:
        with transaction.atomic():
            membership = Membership.objects.create(user=user, organisation=organisation, role=role)
    except IntegrityError as error:
        reason = _("This person has that role there already.")
        raise BadInputError(reason, fields={"user": reason}) from error
    facts = {"user": user.public_id, "organisation": organisation.public_id, "role": role}
    record(events.MEMBER_ADDED, about=membership, by=by, facts=facts)
    return membership


@transaction.atomic
def appoint_broker(
    *,
    membership: Membership,
    languages: Sequence[str],
    regions: Iterable[Region],
    domains: Iterable[S3Domain],
    by: Actor,
) -> Broker:
    """Make a member a broker with working languages, regions and domains."""
    if not can_manage_members(by, membership.organisation):
        raise NotAllowedError(_("Only a coordinator or an administrator appoints brokers."))
    if not languages or set(languages) - set(LANGUAGE_CODES):
        reason = _("A broker works in at least one of the eight languages.")
        raise BadInputError(reason, fields={"languages": reason})
    try:
        with transaction.atomic():
            broker = Broker.objects.create(membership=membership, languages=list(languages))
    except IntegrityError as error:
        raise BadInputError(_("This person is a broker there already.")) from error
    broker.regions.set(regions)
    broker.domains.set(domains)
    record(events.BROKER_APPOINTED, about=broker, by=by, facts={"user": membership.user.public_id})
    return broker
