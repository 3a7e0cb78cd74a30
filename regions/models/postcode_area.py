from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from regions.models.country import Country
from regions.models.reference_row import ReferenceRow
from regions.models.region import Region


class PostcodeArea(ReferenceRow):
    """All postcodes of a country that begin with `prefix` and lie in one small region.

    Where several prefixes fit a postcode, the longest one tells.
    """

    country = models.ForeignKey(
        Country, on_delete=models.PROTECT, related_name="postcode_areas", verbose_name=_("country")
    )
    prefix = models.CharField(_("first digits"), max_length=10)
    region = models.ForeignKey(
        Region, on_delete=models.PROTECT, related_name="postcode_areas", verbose_name=_("region")
    )

    class Meta:
        verbose_name = _("postcode area")
        verbose_name_plural = _("postcode areas")
        constraints = [
            models.UniqueConstraint(
                fields=["country", "prefix"],
                name="postcode_prefix_is_listed_once",
                violation_error_message=_("These first digits are already listed for this country."),
            ),
            models.CheckConstraint(
                condition=Q(prefix__regex=r"^[0-9]+$"),
                name="postcode_prefix_is_digits",
                violation_error_message=_("A postcode prefix has digits only."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.country_id}-{self.prefix}"
