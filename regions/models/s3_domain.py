from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from regions.models.nace_code import NaceCode
from regions.models.reference_row import ReferenceRow


class S3Domain(ReferenceRow):
    """One of the fields in which regions specialise and companies of different regions can meet.

    The domains are the common vocabulary between the priorities of the regions, the branches of statistics
    and the profiles of companies.
    """

    code = models.CharField(_("code"), max_length=10, primary_key=True)
    position = models.PositiveSmallIntegerField(_("position in lists"))
    name = models.CharField(_("name"), max_length=120)

    class Meta:
        verbose_name = _("smart specialisation domain")
        verbose_name_plural = _("smart specialisation domains")
        constraints = [
            models.CheckConstraint(
                condition=Q(code__regex=r"^[A-Z]+$"),
                name="s3_domain_code_is_upper_case",
                violation_error_message=_("A domain code has capital letters only."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class DomainNace(ReferenceRow):
    """How much of a branch belongs to a domain.

    The weights of one NACE code add up to 1. A code without rows of its own takes those of the nearest wider
    code that has some, so "26.6" may go to health although the rest of "26" does not.
    """

    domain = models.ForeignKey(
        S3Domain, on_delete=models.PROTECT, related_name="nace_weights", verbose_name=_("domain")
    )
    nace = models.ForeignKey(
        NaceCode, on_delete=models.PROTECT, related_name="domain_weights", verbose_name=_("NACE code")
    )
    weight = models.DecimalField(_("weight"), max_digits=4, decimal_places=3)

    class Meta:
        verbose_name = _("branch of a domain")
        verbose_name_plural = _("branches of domains")
        constraints = [
            models.UniqueConstraint(
                fields=["domain", "nace"],
                name="domain_nace_is_listed_once",
                violation_error_message=_("This branch is already listed for this domain."),
            ),
            models.CheckConstraint(
                condition=Q(weight__gt=0, weight__lte=1),
                name="domain_nace_weight_in_range",
                violation_error_message=_("A weight is above 0 and at most 1."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.domain_id} {self.nace_id} {self.weight}"
