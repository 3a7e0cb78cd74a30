from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from regions.models.country import Country
from regions.models.reference_row import ReferenceRow
from regions.models.region import Region
from regions.models.s3_domain import S3Domain


class S3Priority(ReferenceRow):
    """A field that a region or a country has chosen for its smart specialisation, with period and source.

    A priority belongs to a region, or to a whole country and then to each of its regions. `verified` is false
    for what was taken from general knowledge and not yet checked against the strategy itself.
    """

    code = models.CharField(_("code"), max_length=30, primary_key=True)
    region = models.ForeignKey(
        Region, null=True, on_delete=models.PROTECT, related_name="priorities", verbose_name=_("region")
    )
    country = models.ForeignKey(
        Country, null=True, on_delete=models.PROTECT, related_name="priorities", verbose_name=_("country")
    )
    title = models.CharField(_("title"), max_length=200)
    start_year = models.PositiveSmallIntegerField(_("first year"), null=True)
    end_year = models.PositiveSmallIntegerField(_("last year"), null=True)
    source = models.CharField(_("source"), max_length=300)
    verified = models.BooleanField(_("verified"))
    domains = models.ManyToManyField(
        S3Domain, through="S3PriorityDomain", related_name="priorities", verbose_name=_("domains")
    )

    class Meta:
        verbose_name = _("smart specialisation priority")
        verbose_name_plural = _("smart specialisation priorities")
        constraints = [
            models.CheckConstraint(
                condition=Q(region=None, country__isnull=False) | Q(region__isnull=False, country=None),
                name="s3_priority_has_one_place",
                violation_error_message=_("A priority belongs either to a region or to a country."),
            ),
            models.CheckConstraint(
                condition=Q(start_year=None) | Q(end_year=None) | Q(start_year__lte=F("end_year")),
                name="s3_priority_period_in_order",
                violation_error_message=_("The last year is not before the first."),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class S3PriorityDomain(ReferenceRow):
    """How clearly a priority names a domain: 1 for named outright, 0.5 for a sub-theme or a side effect."""

    priority = models.ForeignKey(
        S3Priority, on_delete=models.PROTECT, related_name="domain_weights", verbose_name=_("priority")
    )
    domain = models.ForeignKey(
        S3Domain, on_delete=models.PROTECT, related_name="priority_weights", verbose_name=_("domain")
    )
    weight = models.DecimalField(_("weight"), max_digits=4, decimal_places=3)

    class Meta:
        verbose_name = _("domain of a priority")
        verbose_name_plural = _("domains of priorities")
        constraints = [
            models.UniqueConstraint(
                fields=["priority", "domain"],
                name="s3_priority_domain_is_listed_once",
                violation_error_message=_("This domain is already listed for this priority."),
            ),
            models.CheckConstraint(
                condition=Q(weight__gt=0, weight__lte=1),
                name="s3_priority_domain_weight_in_range",
                violation_error_message=_("A weight is above 0 and at most 1."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.priority_id} {self.domain_id} {self.weight}"
