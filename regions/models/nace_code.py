from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from regions.models.reference_row import ReferenceRow


class NaceLevel(models.IntegerChoices):
    SECTION = 1, _("section")
    DIVISION = 2, _("division")
    GROUP = 3, _("group")
    CLASS = 4, _("class")


class NaceCode(ReferenceRow):
    """What a company does for a living, as European statistics classify it (NACE Rev. 2.1).

    Codes are written with dots and without the letter of their section: section "C", division "10",
    group "10.1", class "10.11".
    """

    code = models.CharField(_("code"), max_length=5, primary_key=True)
    level = models.PositiveSmallIntegerField(_("level"), choices=NaceLevel)
    parent = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="children", verbose_name=_("part of")
    )
    label = models.CharField(_("label"), max_length=200)

    class Meta:
        verbose_name = _("NACE code")
        verbose_name_plural = _("NACE codes")
        constraints = [
            models.CheckConstraint(
                condition=Q(level=NaceLevel.SECTION, code__regex=r"^[A-Z]$")
                | Q(level=NaceLevel.DIVISION, code__regex=r"^[0-9]{2}$")
                | Q(level=NaceLevel.GROUP, code__regex=r"^[0-9]{2}\.[0-9]$")
                | Q(level=NaceLevel.CLASS, code__regex=r"^[0-9]{2}\.[0-9]{2}$"),
                name="nace_code_fits_its_level",
                violation_error_message=_("The form of a NACE code follows from its level."),
            ),
            models.CheckConstraint(
                condition=Q(level=NaceLevel.SECTION, parent=None) | Q(level__gt=1, parent__isnull=False),
                name="nace_below_section_has_parent",
                violation_error_message=_("Every NACE code except a section belongs to a wider one."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.label}"
