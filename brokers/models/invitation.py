"""Invitations to work with TIBS."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from brokers.models.host_organisation import HostOrganisation
from tibs.accounts.roles import ROLES, RoleCode
from tibs.core.languages import LANGUAGES
from tibs.core.models import TimestampedModel
from tibs.core.public_ids import PublicIdField


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def open(self) -> "InvitationQuerySet":
        """Neither accepted nor taken back; the link of some may be too old."""
        return self.filter(accepted_at=None, revoked_at=None)

    def usable(self, now: datetime) -> "InvitationQuerySet":
        """Open ones whose link still works."""
        return self.open().filter(expires_at__gt=now)


class Invitation(TimestampedModel):
    """A letter that invites somebody to a role; its link works once. Only the digest of its token is kept.

    Platform roles come without an organisation, the roles of a host organisation with it.
    """

    public_id = PublicIdField(prefix="inv")
    email = models.EmailField(_("e-mail address"))
    name = models.CharField(_("name"), max_length=150)
    organisation = models.ForeignKey(
        HostOrganisation,
        verbose_name=_("organisation"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="invitations",
    )
    role = models.CharField(_("role"), max_length=20, choices=[(role, ROLES[role].name) for role in RoleCode])
    language = models.CharField(_("language"), max_length=2, choices=LANGUAGES, default="en")
    token_digest = models.CharField(_("digest of the link"), max_length=64, unique=True)
    expires_at = models.DateTimeField(_("expires at"))
    accepted_at = models.DateTimeField(_("accepted at"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("invited by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        constraints = [
            models.UniqueConstraint(
                fields=["email", "organisation", "role"],
                condition=models.Q(accepted_at=None, revoked_at=None),
                nulls_distinct=False,
                name="brokers_invitation_one_open",
                violation_error_message=_("This person is invited already."),
            ),
            models.CheckConstraint(
                condition=models.Q(accepted_at=None) | models.Q(revoked_at=None),
                name="brokers_invitation_accepted_or_revoked",
                violation_error_message=_("An invitation is accepted or revoked, not both."),
            ),
        ]

    def __str__(self) -> str:
        return self.public_id
