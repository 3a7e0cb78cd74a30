"""Innovation brokers."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from brokers.models.membership import Membership
from regions.models import Region, S3Domain
from tibs.core.languages import LANGUAGES
from tibs.core.models import TimestampedModel


class BrokerQuerySet(models.QuerySet["Broker"]):
    def in_directory(self) -> "BrokerQuerySet":
        """Brokers that the public directory shows: active people of active organisations."""
        return self.filter(membership__user__is_active=True, membership__organisation__active=True)


class Broker(TimestampedModel):
    """The trained adviser whom a firm meets: which languages, domains and regions, and how many firms at once."""

    membership = models.OneToOneField(
        Membership, verbose_name=_("membership"), on_delete=models.CASCADE, related_name="broker"
    )
    languages = ArrayField(
        models.CharField(max_length=2, choices=LANGUAGES), verbose_name=_("working languages")
    )
    domains = models.ManyToManyField(S3Domain, verbose_name=_("domains"), blank=True, related_name="brokers")
    regions = models.ManyToManyField(Region, verbose_name=_("regions"), related_name="brokers")
    capacity = models.PositiveSmallIntegerField(_("companies at once"), default=30)
    accepts_leads = models.BooleanField(_("takes new companies"), default=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    deputy = models.ForeignKey(
        "self",
        verbose_name=_("deputy"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="deputy_of",
    )

    objects = BrokerQuerySet.as_manager()

    class Meta:
        verbose_name = _("broker")
        verbose_name_plural = _("brokers")
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(deputy=models.F("id")),
                name="brokers_broker_is_not_own_deputy",
                violation_error_message=_("A broker cannot be their own deputy."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.membership.user)
