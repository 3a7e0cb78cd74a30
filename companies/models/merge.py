"""Two entries that are one company."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from companies.models.company import Company
from tibs.core.models import TimestampedModel
from tibs.core.public_ids import PublicIdField


class Merge(TimestampedModel):
    """`absorbed` was merged into `kept`; the snapshot holds what is needed to undo it."""

    public_id = PublicIdField(prefix="mrg")
    kept = models.ForeignKey(
        Company, verbose_name=_("kept company"), on_delete=models.PROTECT, related_name="merges"
    )
    absorbed = models.ForeignKey(
        Company, verbose_name=_("absorbed company"), on_delete=models.PROTECT, related_name="absorptions"
    )
    snapshot = models.JSONField(_("state before"), default=dict)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("made by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    undone_at = models.DateTimeField(_("undone at"), null=True, blank=True)

    class Meta:
        verbose_name = _("merge")
        verbose_name_plural = _("merges")
        constraints = [
            models.CheckConstraint(
                condition=~Q(kept=F("absorbed")),
                name="companies_merge_has_two_sides",
                violation_error_message=_("A company cannot be merged into itself."),
            ),
            models.UniqueConstraint(
                fields=["absorbed"],
                condition=Q(undone_at=None),
                name="companies_merge_absorbed_once",
                violation_error_message=_("This company was merged already."),
            ),
        ]

    def __str__(self) -> str:
        return self.public_id


class NotDuplicate(TimestampedModel):
    """Somebody looked and found that these are two companies, although they look like one."""

    first = models.ForeignKey(
        Company, verbose_name=_("first company"), on_delete=models.CASCADE, related_name="+"
    )
    second = models.ForeignKey(
        Company, verbose_name=_("second company"), on_delete=models.CASCADE, related_name="+"
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("made by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    class Meta:
        verbose_name = _("pair of different companies")
        verbose_name_plural = _("pairs of different companies")
        constraints = [
            models.UniqueConstraint(
                fields=["first", "second"],
                name="companies_notduplicate_once",
                violation_error_message=_("This pair is noted already."),
            ),
            models.CheckConstraint(
                condition=Q(first__lt=F("second")),
                name="companies_notduplicate_in_order",
                violation_error_message=_("The company with the smaller number stands first."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} {self.second_id}"
