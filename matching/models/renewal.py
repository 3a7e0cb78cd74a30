"""That the matches of a profile are to be computed anew."""

from datetime import datetime

from django.db import connection, models
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from companies.models import CooperationProfile

MOST_ATTEMPTS = 3
_ASK = """
    INSERT INTO matching_renewal (profile_id, asked, served, asked_at, attempts, error)
    SELECT key, 1, 0, %(now)s, 0, '' FROM unnest(%(keys)s) AS key ORDER BY key
    ON CONFLICT (profile_id) DO UPDATE
    SET asked = matching_renewal.asked + 1, asked_at = excluded.asked_at, attempts = 0, error = ''
"""


class RenewalQuerySet(models.QuerySet["Renewal"]):
    def waiting(self) -> "RenewalQuerySet":
        """Profiles that were changed and not compared since, less those that failed too often."""
        return self.filter(served__lt=F("asked"), attempts__lt=MOST_ATTEMPTS)

    def ask(self, profile_ids: list[int], now: datetime) -> None:
        """Ask for each of these profiles; who asked before and was not served yet is served once.

        One statement, which takes the rows in the order of their keys: two who ask at once never wait for each other.
        """
        if profile_ids:
            with connection.cursor() as cursor:
                cursor.execute(_ASK, {"keys": sorted(set(profile_ids)), "now": now})


class Renewal(models.Model):
    """One profile's place in the queue of single updates.

    `asked` counts the changes, `served` says which of them the matches know: they differ while work waits, so a
    change during the work is not forgotten.
    """

    profile = models.OneToOneField(
        CooperationProfile,
        verbose_name=_("profile"),
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="renewal",
    )
    asked = models.PositiveIntegerField(_("changes"), default=1)
    served = models.PositiveIntegerField(_("changes that the matches know"), default=0)
    asked_at = models.DateTimeField(_("asked at"))
    served_at = models.DateTimeField(_("served at"), null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    error = models.CharField(_("last error"), max_length=500, blank=True)

    objects = RenewalQuerySet.as_manager()

    class Meta:
        verbose_name = _("renewal of matches")
        verbose_name_plural = _("renewals of matches")
        indexes = [
            models.Index(
                fields=["asked_at"],
                name="matching_renewal_waiting",
                condition=models.Q(served__lt=F("asked")),
            )
        ]

    def __str__(self) -> str:
        return f"renewal of {self.profile_id}"
