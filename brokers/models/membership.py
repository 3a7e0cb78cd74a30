"""Who works for which host organisation."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from brokers.models.host_organisation import HostOrganisation
from tibs.accounts.roles import ROLES, RoleCode
from tibs.core.models import TimestampedModel

ORGANISATION_ROLES = (RoleCode.BROKER, RoleCode.COORDINATOR)


class Membership(TimestampedModel):
    """A person works for a host organisation in a role, and sees what that organisation hosts."""

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

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "organisation", "role"],
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
