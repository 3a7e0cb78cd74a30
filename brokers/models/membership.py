"""Who works for which host organisation."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from brokers.models.host_organisation import HostOrganisation
from tibs.accounts.roles import ROLES, RoleCode
from tibs.core.models import TimestampedModel

ORGANISATION_ROLES = (RoleCode.BROKER, RoleCode.COORDINATOR)


class MembershipQuerySet(models.QuerySet["Membership"]):
    def in_force(self) -> "MembershipQuerySet":
        """Of people who did not leave, in organisations that are active."""
        return self.filter(ended_at=None, organisation__active=True)


class Membership(TimestampedModel):
    """A person works for a host organisation in a role, and sees what that organisation hosts.

    It ends when the person leaves; `successor` took over what the person answered for.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person"),
        on_delete=models.CASCADE,
        related_name="memberships",
    )
    organisation = models.ForeignKey(
        HostOrganisation, verbose_name=_("organisation"), on_delete=models.PROTECT, related_name="memberships"
    )
    role = models.CharField(
        _("role"), max_length=20, choices=[(role, ROLES[role].name) for role in ORGANISATION_ROLES]
    )
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)
    successor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("successor"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "organisation", "role"],
                condition=models.Q(ended_at=None),
                name="brokers_membership_once",
                violation_error_message=_("This person has that role there already."),
            ),
            models.CheckConstraint(
                condition=models.Q(role__in=ORGANISATION_ROLES),
                name="brokers_membership_role_is_known",
                violation_error_message=_("This role does not belong to an organisation."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.get_role_display()}"
