"""Views of lists that people keep."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from brokers.models import HostOrganisation
from tibs.core.models import TimestampedModel
from tibs.core.public_ids import PublicIdField


class SavedView(TimestampedModel):
    """A list as somebody likes to see it: the whole state of its address under a name.

    With an `organisation` everybody there finds it; without one it is private.
    """

    public_id = PublicIdField(prefix="vie")
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("owner"),
        on_delete=models.CASCADE,
        related_name="saved_views",
    )
    organisation = models.ForeignKey(
        HostOrganisation,
        verbose_name=_("shared with"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="saved_views",
    )
    name = models.CharField(_("name"), max_length=80)
    place = models.CharField(_("page"), max_length=40)
    query = models.CharField(_("state of the list"), max_length=2000, blank=True)

    class Meta:
        verbose_name = _("saved view")
        verbose_name_plural = _("saved views")
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "name"],
                name="companies_savedview_name_once",
                violation_error_message=_("You have a view with this name already."),
            ),
        ]

    def __str__(self) -> str:
        return self.name
