"""Private files of a company."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from companies.models.company import Company
from tibs.accounts.actor import Actor
from tibs.core.models import TimestampedModel
from tibs.core.public_ids import PublicIdField


class AttachmentQuerySet(models.QuerySet["Attachment"]):
    def visible_to(self, actor: Actor) -> "AttachmentQuerySet":
        """Files of companies that the actor's organisations host, and of the actor's own."""
        return self.filter(company__host__in=actor.organisations) | self.filter(company__in=actor.companies)


class Attachment(TimestampedModel):
    """A file that was checked by its content and lies outside of what the web server serves.

    `stored_name` is random and never shown; `digest` is the SHA-256 of the content.
    """

    public_id = PublicIdField(prefix="att")
    company = models.ForeignKey(
        Company, verbose_name=_("company"), on_delete=models.CASCADE, related_name="attachments"
    )
    file_name = models.CharField(_("name of the file"), max_length=150)
    content_type = models.CharField(_("kind of content"), max_length=40)
    size = models.PositiveIntegerField(_("size in bytes"))
    digest = models.CharField(_("hash of the content"), max_length=64)
    stored_name = models.CharField(_("stored as"), max_length=80, unique=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("uploaded by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")

    def __str__(self) -> str:
        return self.file_name
