"""Innovation brokers."""

from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from brokers.models.membership import Membership
from regions.models import Country, Region, S3Domain
from tibs.core.languages import LANGUAGES
from tibs.core.models import TimestampedModel


class BrokerQuerySet(models.QuerySet["Broker"]):
    def in_service(self) -> "BrokerQuerySet":
        """Brokers who work now: active people who did not leave, of active organisations."""
        return self.filter(
            membership__ended_at=None,
            membership__user__is_active=True,
            membership__organisation__active=True,
        )

    def serving(self, country: Country) -> "BrokerQuerySet":
        """Brokers in service whose regions, or whose organisation, lie in that country."""
        regions = Region.objects.filter(country=country, brokers=models.OuterRef("pk"))
        return self.in_service().filter(
            models.Exists(regions) | models.Q(membership__organisation__country=country)
        )

    def with_people(self) -> "BrokerQuerySet":
        """Each with its person, organisation and regions, in two queries."""
        return self.select_related("membership__user", "membership__organisation").prefetch_related("regions")


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
    absent_from = models.DateField(_("away from"), null=True, blank=True)
    absent_until = models.DateField(_("away until"), null=True, blank=True)

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
            models.CheckConstraint(
                condition=models.Q(absent_from=None, absent_until=None)
                | models.Q(
                    absent_from__isnull=False,
                    absent_until__isnull=False,
                    absent_until__gte=models.F("absent_from"),
                ),
                name="brokers_broker_absence_is_a_period",
                violation_error_message=_("An absence has a first and a last day, in this order."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.membership.user)

    def is_absent_on(self, day: date) -> bool:
        """Whether the deputy acts on that day, which is the last one as well."""
        return bool(self.absent_from and self.absent_until and self.absent_from <= day <= self.absent_until)

    def takes_leads_on(self, day: date) -> bool:
        return self.accepts_leads and not self.is_absent_on(day)
