"""Two entries that are one company."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Greatest, Least
from django.utils.translation import gettext_lazy as _

from brokers.models import HostOrganisation
from companies.choices import MergeStatus
from companies.models.company import Company
from tibs.core.models import TimestampedModel
from tibs.core.public_ids import PublicIdField


class Merge(TimestampedModel):
    """`absorbed` was merged into `kept`, or somebody asked for it; the snapshot holds what is needed to undo it.

    Where two organisations host the companies, one asks (`waits_for` is the other) and the other makes the merge.
    """

    public_id = PublicIdField(prefix="mrg")
    kept = models.ForeignKey(
        Company, verbose_name=_("kept company"), on_delete=models.PROTECT, related_name="merges"
    )
    absorbed = models.ForeignKey(
        Company, verbose_name=_("absorbed company"), on_delete=models.PROTECT, related_name="absorptions"
    )
    status = models.CharField(_("status"), max_length=10, choices=MergeStatus, default=MergeStatus.MADE)
    waits_for = models.ForeignKey(
        HostOrganisation,
        verbose_name=_("organisation that is asked"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("asked by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    snapshot = models.JSONField(_("state before"), default=dict)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("made by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    made_at = models.DateTimeField(_("made at"), null=True, blank=True)
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
                condition=Q(status=MergeStatus.MADE),
                name="companies_merge_absorbed_once",
                violation_error_message=_("This company was merged already."),
            ),
            models.UniqueConstraint(
                Least("kept", "absorbed"),
                Greatest("kept", "absorbed"),
                condition=Q(status=MergeStatus.ASKED),
                name="companies_merge_asked_once",
                violation_error_message=_("The other organisation was asked already."),
            ),
            models.CheckConstraint(
                condition=Q(status__in=[MergeStatus.MADE, MergeStatus.UNDONE], made_at__isnull=False)
                | Q(status__in=[MergeStatus.ASKED, MergeStatus.DECLINED], made_at=None),
                name="companies_merge_made_is_dated",
                violation_error_message=_("A merge that was made has the moment when it was made."),
            ),
            models.CheckConstraint(
                condition=Q(status=MergeStatus.UNDONE, undone_at__isnull=False)
                | (~Q(status=MergeStatus.UNDONE) & Q(undone_at=None)),
                name="companies_merge_undone_is_dated",
                violation_error_message=_("A merge that was undone has the moment when it was undone."),
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
