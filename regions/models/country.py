from django.db import models
from django.utils.translation import gettext_lazy as _

from regions.models.reference_row import ReferenceRow


class Country(ReferenceRow):
    """A country in which the network works: its language, its clock and its postcodes.

    `regions.working_days` knows its holidays.
    """

    code = models.CharField(_("ISO code"), max_length=2, primary_key=True)
    name = models.CharField(_("name"), max_length=80)
    default_language = models.CharField(_("language"), max_length=5)
    time_zone = models.CharField(_("time zone"), max_length=40)
    postcode_digits = models.PositiveSmallIntegerField(_("digits of a postcode"))

    class Meta:
        verbose_name = _("country")
        verbose_name_plural = _("countries")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(code__regex=r"^[A-Z]{2}$"),
                name="country_code_is_iso",
                violation_error_message=_("A country code has two capital letters."),
            ),
        ]

    def __str__(self) -> str:
        return self.name
