"""Views of lists that people keep."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from brokers.models import HostOrganisation
from companies.choices import ListPlace
from tibs.accounts.actor import Actor
from tibs.core.models import TimestampedModel
from tibs.core.public_ids import PublicIdField

if TYPE_CHECKING:
    Rows = models.QuerySet["SavedView"]
else:
    Rows = models.QuerySet


class SavedViewQuerySet(Rows):
    def visible_to(self, actor: Actor) -> "SavedViewQuerySet":
        """The actor's own views, and those that colleagues share with their organisation."""
        return self.filter(Q(owner__public_id=actor.id) | Q(organisation__in=actor.organisations))

    def owned_by(self, actor: Actor) -> "SavedViewQuerySet":
        """The actor's own views."""
        return self.filter(owner__public_id=actor.id)


class SavedView(TimestampedModel):
    """A list as somebody likes to see it: the whole state of its address under a name.

    With an `organisation` everybody there finds it; without one it is private. The default view is what its owner
    sees when they open the page.
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
    place = models.CharField(_("page"), max_length=40, choices=ListPlace)
    query = models.CharField(_("state of the list"), max_length=2000, blank=True)
    is_default = models.BooleanField(_("shown when the page is opened"), default=False)

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        verbose_name = _("saved view")
        verbose_name_plural = _("saved views")
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "name"],
                name="companies_savedview_name_once",
                violation_error_message=_("You have a view with this name already."),
            ),
            models.UniqueConstraint(
                fields=["owner", "place"],
                condition=Q(is_default=True),
                name="companies_savedview_one_default",
                violation_error_message=_("Another view is shown when you open this page."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"{reverse(self.place)}?{self.query}"
