"""Searches of the public catalogue that somebody keeps, with mail about what is new."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from companies.choices import Frequency
from companies.models.profile import CooperationProfile
from tibs.accounts.actor import Actor
from tibs.core.languages import LANGUAGES
from tibs.core.models import TimestampedModel
from tibs.core.public_ids import PublicIdField

LONGEST_NAME = 120


class SavedSearchQuerySet(models.QuerySet["SavedSearch"]):
    def visible_to(self, actor: Actor) -> "SavedSearchQuerySet":
        """A search belongs to whoever saved it; that of a visitor without an account is reached by mailed link."""
        return self.filter(owner__public_id=actor.id) if actor.is_person else self.none()


class SavedSearch(TimestampedModel):
    """A search of the catalogue and where to tell about new profiles: an account, or an address confirmed by mail."""

    public_id = PublicIdField(prefix="sch")
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("owner"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
    )
    email = models.EmailField(_("e-mail address"))
    language = models.CharField(_("language"), max_length=2, choices=LANGUAGES)
    name = models.CharField(_("name"), max_length=LONGEST_NAME, blank=True)
    query = models.JSONField(_("search"), default=dict)
    frequency = models.CharField(_("frequency"), max_length=6, choices=Frequency, default=Frequency.WEEKLY)
    link_digest = models.CharField(_("digest of the link"), max_length=64, blank=True)
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True)
    told_at = models.DateTimeField(_("told at"), null=True, blank=True)

    objects = SavedSearchQuerySet.as_manager()

    class Meta:
        verbose_name = _("saved search")
        verbose_name_plural = _("saved searches")
        indexes = [models.Index(fields=["email"], name="companies_savedsearch_email")]
        constraints = [
            models.CheckConstraint(
                condition=Q(owner__isnull=False) | ~Q(link_digest=""),
                name="companies_savedsearch_is_reached",
                violation_error_message=_("A search without an account is reached by its link."),
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.public_id


class SearchHit(models.Model):
    """A profile that a saved search has told about, so that no search of the same reader does again."""

    search = models.ForeignKey(
        SavedSearch, verbose_name=_("search"), on_delete=models.CASCADE, related_name="hits"
    )
    profile = models.ForeignKey(
        CooperationProfile, verbose_name=_("profile"), on_delete=models.CASCADE, related_name="+"
    )
    told_at = models.DateTimeField(_("told at"))

    class Meta:
        verbose_name = _("profile told about")
        verbose_name_plural = _("profiles told about")
        constraints = [
            models.UniqueConstraint(
                fields=["search", "profile"],
                name="companies_searchhit_once",
                violation_error_message=_("This search has told about the profile already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.search_id} {self.profile_id}"
