"""Organisations that host brokers."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from regions.models import Country, Region
from regions.models.reference_row import ReferenceRow
from tibs.core.models import TimestampedModel
from tibs.core.public_ids import PublicIdField


class HostOrganisation(ReferenceRow, TimestampedModel):
    """A partner organisation that employs brokers and runs the service in its region.

    It is the smallest unit of access: brokers see the companies that their organisation hosts.
    """

    class Kind(models.TextChoices):
        UNIVERSITY = "university", _("University")
        REGIONAL_DEVELOPMENT = "regional_development", _("Regional development organisation")
        REGIONAL_AUTHORITY = "regional_authority", _("Regional authority")
        LOCAL_AUTHORITY = "local_authority", _("Local authority")
        INNOVATION_SUPPORT = "innovation_support", _("Innovation support organisation")
        DEVELOPMENT_COMPANY = "development_company", _("Development company")
        RESEARCH_INSTITUTE = "research_institute", _("Research institute")
        BUSINESS_SUPPORT = "business_support", _("Business support organisation")

    public_id = PublicIdField(prefix="org")
    slug = models.SlugField(_("short code"), max_length=80, unique=True)
    number = models.PositiveSmallIntegerField(_("partner number"))
    name = models.CharField(_("name"), max_length=200)
    short_name = models.CharField(_("short name"), max_length=60)
    kind = models.CharField(_("kind"), max_length=30, choices=Kind)
    country = models.ForeignKey(
        Country, verbose_name=_("country"), on_delete=models.PROTECT, related_name="hosts"
    )
    region = models.ForeignKey(
        Region, verbose_name=_("region"), on_delete=models.PROTECT, related_name="hosts"
    )
    city = models.CharField(_("town"), max_length=100)
    website = models.URLField(_("website"), blank=True)

    class Meta:
        verbose_name = _("host organisation")
        verbose_name_plural = _("host organisations")
        constraints = [
            models.UniqueConstraint(
                fields=["number"],
                condition=models.Q(active=True),
                name="brokers_hostorganisation_number_once",
                violation_error_message=_("Another partner has this number."),
            ),
        ]

    def __str__(self) -> str:
        return self.short_name
