from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from regions.models.country import Country
from regions.models.reference_row import ReferenceRow


class RegionLevel(models.IntegerChoices):
    LARGE = 1, _("large region (NUTS 1)")
    BASIC = 2, _("region (NUTS 2)")
    SMALL = 3, _("small region (NUTS 3)")


class Region(ReferenceRow):
    """A region of the European NUTS classification, where companies sit and host organisations work.

    `nuts_version` is the newest version of the classification in which the code is valid. A code that the
    2024 version dropped stays, inactive, and `replaced_by` names the region that holds most of its area.
    `partner_area` marks the areas that a partner organisation serves; it covers the regions inside as well.
    `map_x` and `map_y` are the column and row of the region's tile, both counted from 0 at the top left.
    """

    code = models.CharField(_("NUTS code"), max_length=5, primary_key=True)
    nuts_version = models.PositiveSmallIntegerField(_("NUTS version"))
    level = models.PositiveSmallIntegerField(_("level"), choices=RegionLevel)
    country = models.ForeignKey(
        Country, on_delete=models.PROTECT, related_name="regions", verbose_name=_("country")
    )
    parent = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="children", verbose_name=_("part of")
    )
    replaced_by = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="replaces", verbose_name=_("replaced by")
    )
    name = models.CharField(_("name"), max_length=120)
    partner_area = models.BooleanField(_("served by a partner organisation"), default=False)
    map_x = models.PositiveSmallIntegerField(_("map column"), null=True)
    map_y = models.PositiveSmallIntegerField(_("map row"), null=True)

    class Meta:
        verbose_name = _("region")
        verbose_name_plural = _("regions")
        indexes = [models.Index(fields=["country", "level"], name="region_by_country_and_level")]
        constraints = [
            models.CheckConstraint(
                condition=Q(level__in=RegionLevel.values),
                name="region_level_is_known",
                violation_error_message=_("A region has level 1, 2 or 3."),
            ),
            models.CheckConstraint(
                condition=Q(level=RegionLevel.LARGE, parent=None) | Q(level__gt=1, parent__isnull=False),
                name="region_below_level_1_has_parent",
                violation_error_message=_("A region of level 2 or 3 lies in a larger one, level 1 does not."),
            ),
            models.CheckConstraint(
                condition=Q(map_x=None, map_y=None) | Q(map_x__isnull=False, map_y__isnull=False),
                name="region_map_place_is_complete",
                violation_error_message=_("A place on the map has a column and a row."),
            ),
            models.CheckConstraint(
                condition=Q(replaced_by=None) | Q(active=False),
                name="region_replaced_is_inactive",
                violation_error_message=_("A region that was replaced is no longer active."),
            ),
            models.CheckConstraint(
                condition=~Q(replaced_by=F("code")),
                name="region_is_not_its_own_successor",
                violation_error_message=_("A region cannot replace itself."),
            ),
            models.UniqueConstraint(
                fields=["map_x", "map_y"],
                condition=Q(active=True),
                name="region_map_place_is_free",
                violation_error_message=_("Another region already has this place on the map."),
            ),
        ]

    def __str__(self) -> str:
        return self.name
