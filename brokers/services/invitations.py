"""People are invited by letter, and join when they open its link and agree."""

from datetime import datetime

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from brokers import events
from brokers.models import HostOrganisation, Invitation
from brokers.models.membership import ORGANISATION_ROLES
from brokers.policies import can_invite
from brokers.services.members import add_member, appoint_broker
from tibs.accounts.actor import Actor, actor_of, system
from tibs.accounts.models import User
from tibs.accounts.roles import PLATFORM_ROLES, ROLES, RoleCode
from tibs.core.errors import BadInputError, NotAllowedError, WrongStateError
from tibs.core.links import absolute
from tibs.core.secrets import digest_of, new_token
from tibs.events.recording import record
from tibs.events.services.letters import write_letter
from tibs.figures import INVITATION_LIFE

JOINING = system("brokers.invitations")
INVITED_ALREADY = _("This person is invited already. You can send the letter again.")
HAS_ANOTHER_ROLE = _("This person has another role on the whole platform already, and can hold only one.")


class DeadLinkError(WrongStateError):
    """The link was used, replaced or taken back, is too old, or never was one."""

    code = "dead_link"


@transaction.atomic
def invite(
    *,
    email: str,
    name: str,
    role: RoleCode,
    organisation: HostOrganisation | None,
    language: str,
    by: Actor,
    now: datetime,
) -> Invitation:
    """Send somebody a letter, in `language`, with a link that works once within seven days."""
    _require(by, organisation, role)
    email = email.lower()
    _refuse_who_is_here(email, role, organisation)
    token, digest = new_token()
    try:
        with transaction.atomic():
            invitation = Invitation.objects.create(
                email=email,
                name=name,
                role=role,
                organisation=organisation,
                language=language,
                token_digest=digest,
                expires_at=now + INVITATION_LIFE,
                invited_by=User.objects.filter(public_id=by.id).first(),
            )
    except IntegrityError as error:
        raise BadInputError(INVITED_ALREADY, fields={"email": INVITED_ALREADY}) from error
    _write(invitation, token, by)
    record(events.INVITATION_SENT, about=invitation, by=by, facts=_facts(invitation))
    return invitation


@transaction.atomic
def send_again(*, invitation: Invitation, by: Actor, now: datetime) -> Invitation:
    """Send a fresh letter; the link of the old one stops to work."""
    _require(by, invitation.organisation, RoleCode(invitation.role))
    invitation = _open(invitation)
    token, invitation.token_digest = new_token()
    invitation.expires_at = now + INVITATION_LIFE
    invitation.save(update_fields=["token_digest", "expires_at", "updated_at"])
    _write(invitation, token, by)
    record(events.INVITATION_RESENT, about=invitation, by=by, facts=_facts(invitation))
    return invitation


@transaction.atomic
def revoke(*, invitation: Invitation, by: Actor, now: datetime) -> Invitation:
    """Take an invitation back: its link stops to work."""
    _require(by, invitation.organisation, RoleCode(invitation.role))
    invitation = _open(invitation)
    invitation.revoked_at = now
    invitation.save(update_fields=["revoked_at", "updated_at"])
    record(events.INVITATION_REVOKED, about=invitation, by=by, facts=_facts(invitation))
    return invitation


def invitation_behind(token: str, now: datetime) -> Invitation | None:
    """The invitation that a link leads to, while it may still be accepted."""
    usable = Invitation.objects.usable(now).select_related("organisation")
    return usable.filter(token_digest=digest_of(token)).first()


def needs_password(invitation: Invitation) -> bool:
    """People who sign in with a password keep it; those of firms, who sign in by mailed codes, have none yet."""
    user = User.objects.filter(email=invitation.email, is_active=True).first()
    return user is None or not user.has_usable_password()


@transaction.atomic
def accept(*, token: str, name: str, password: str, now: datetime) -> User:
    """Join by the link of a letter, once however often it is tried; nobody is signed in by it.

    `name` and `password` count for a new account only.
    """
    if not claim(token, now):
        raise DeadLinkError(_("This link does not work any more. Please ask for a new invitation."))
    invitation = Invitation.objects.select_related("organisation").get(token_digest=digest_of(token))
    user = _account(invitation, name, password)
    role = RoleCode(invitation.role)
    if invitation.organisation:
        _join(user, invitation.organisation, role)
    else:
        if user.platform_role not in ("", role):
            raise WrongStateError(HAS_ANOTHER_ROLE)
        user.platform_role = role
        user.save(update_fields=["platform_role", "updated_at"])
    record(events.INVITATION_ACCEPTED, about=invitation, by=actor_of(user), facts=_facts(invitation))
    return user


def claim(token: str, now: datetime) -> bool:
    """Use up the link; one conditional update decides between those who try at once."""
    return Invitation.objects.usable(now).filter(token_digest=digest_of(token)).update(accepted_at=now) == 1


def _account(invitation: Invitation, name: str, password: str) -> User:
    """The account of the invited address: one with a password as it is, any other with the password that is given.

    One that was closed opens again without the role on the platform that it had then.
    """
    user = User.objects.filter(email=invitation.email).first()
    if user and user.is_active and user.has_usable_password():
        return user
    user = user or User(email=invitation.email)
    if not user.is_active:
        user.platform_role = ""
    user.name, user.language, user.is_active = name, invitation.language, True
    try:
        validate_password(password, user)
    except ValidationError as error:
        sentence = " ".join(error.messages)
        raise BadInputError(sentence, fields={"password": sentence}) from error
    user.set_password(password)
    user.save()
    return user


def _join(user: User, organisation: HostOrganisation, role: RoleCode) -> None:
    membership = add_member(user=user, organisation=organisation, role=role, by=JOINING)
    if role == RoleCode.BROKER:
        languages = sorted({user.language, organisation.country.default_language, "en"})
        appoint_broker(
            membership=membership,
            languages=languages,
            regions=[organisation.region],
            domains=[],
            by=JOINING,
        )


def _require(by: Actor, organisation: HostOrganisation | None, role: RoleCode) -> None:
    if role not in (ORGANISATION_ROLES if organisation else PLATFORM_ROLES):
        reason = _("This role cannot be given here.")
        raise BadInputError(reason, fields={"role": reason})
    if not can_invite(by, organisation):
        raise NotAllowedError(_("Only a coordinator or an administrator invites people."))


def _refuse_who_is_here(email: str, role: RoleCode, organisation: HostOrganisation | None) -> None:
    people = User.objects.filter(email=email, is_active=True)
    if organisation:
        here = people.filter(
            memberships__organisation=organisation, memberships__role=role, memberships__ended_at=None
        )
    else:
        here = people.filter(platform_role=role)
    if here.exists():
        reason = _("This person has that role there already.")
        raise BadInputError(reason, fields={"email": reason})
    if organisation is None and people.exclude(platform_role="").exists():
        raise BadInputError(HAS_ANOTHER_ROLE, fields={"email": HAS_ANOTHER_ROLE})


def _open(invitation: Invitation) -> Invitation:
    """The same invitation, held until the end of the transaction; WrongStateError if it is not open."""
    held = Invitation.objects.select_for_update(of=("self",)).select_related("organisation")
    still = held.open().filter(pk=invitation.pk).first()
    if still is None:
        raise WrongStateError(_("This invitation was accepted or taken back meanwhile."))
    return still


def _write(invitation: Invitation, token: str, by: Actor) -> None:
    with override(invitation.language):
        role = str(ROLES[RoleCode(invitation.role)].name)
    write_letter(
        template="invitation",
        to=invitation.email,
        language=invitation.language,
        key=f"invitation:{invitation.public_id}:{invitation.token_digest[:16]}",
        context={
            "name": invitation.name,
            "inviter": by.name,
            "organisation": invitation.organisation.name if invitation.organisation else "TIBS",
            "role": role,
            "days": INVITATION_LIFE.days,
            "link": absolute(reverse("invitation", args=[token])),
        },
    )


def _facts(invitation: Invitation) -> dict[str, str]:
    organisation = invitation.organisation
    return {"role": invitation.role, "organisation": organisation.public_id if organisation else ""}
