"""Changes to many companies at once."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from tibs.core.models import TimestampedModel
from tibs.core.public_ids import PublicIdField


class BulkChange(TimestampedModel):
    """One change to many companies, with what stood there before, so that it can be undone as one."""

    public_id = PublicIdField(prefix="chg")
    kind = models.CharField(_("kind"), max_length=20)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("made by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    before = models.JSONField(_("before"))
    after = models.JSONField(_("after"))
    undone_at = models.DateTimeField(_("undone at"), null=True, blank=True)

    class Meta:
        verbose_name = _("change to many companies")
        verbose_name_plural = _("changes to many companies")

    def __str__(self) -> str:
        return self.public_id
