"""One matching of all profiles against each other."""

from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from tibs.core.models import TimestampedModel
from tibs.core.public_ids import PublicIdField


class RunStatus(models.TextChoices):
    QUEUED = "queued", _("Waiting")
    ENCODING = "encoding", _("Reading texts")
    MATCHING = "matching", _("Comparing profiles")
    MERGING = "merging", _("Writing results")
    DONE = "done", _("Done")
    FAILED = "failed", _("Failed")


UNDER_WAY = (RunStatus.QUEUED, RunStatus.ENCODING, RunStatus.MATCHING, RunStatus.MERGING)


class RunQuerySet(models.QuerySet["MatchRun"]):
    def under_way(self) -> Self:
        return self.filter(status__in=UNDER_WAY)

    def latest_done(self) -> "MatchRun | None":
        """The newest run whose results stand."""
        return self.filter(status=RunStatus.DONE).order_by("-pk").first()


class MatchRun(TimestampedModel):
    """A full comparison: the truth that single updates are checked against.

    A run freezes what it compares: the profiles by id, the language means, the weights, and a hash of the
    contents, so that every worker computes on the same snapshot and an explanation can be repeated later.
    """

    public_id = PublicIdField(prefix="run")
    status = models.CharField(_("status"), max_length=10, choices=RunStatus, default=RunStatus.QUEUED)
    encoder_version = models.CharField(_("version of the encoder"), max_length=80, blank=True)
    weights = models.JSONField(_("weights"), default=dict)
    means = models.BinaryField(_("language means"), default=bytes)
    profile_ids = ArrayField(models.BigIntegerField(), verbose_name=_("profiles"), default=list)
    snapshot_hash = models.CharField(_("hash of the contents"), max_length=64, blank=True)
    replans = models.PositiveSmallIntegerField(_("times planned again"), default=0)
    pairs = models.PositiveIntegerField(_("pairs found"), default=0)
    finished_at = models.DateTimeField(_("finished at"), null=True)
    # Profiles whose single update was compared with the run afterwards, and the largest difference of a score.
    sampled = models.PositiveIntegerField(_("profiles compared"), default=0)
    sample_gap = models.FloatField(_("largest difference found"), null=True)
    error = models.CharField(_("error"), max_length=500, blank=True)

    objects = RunQuerySet.as_manager()

    class Meta:
        verbose_name = _("matching run")
        verbose_name_plural = _("matching runs")
        constraints = [
            models.UniqueConstraint(
                models.Value(1),
                condition=models.Q(status__in=UNDER_WAY),
                name="matching_run_one_under_way",
                violation_error_message=_("A matching is under way already."),
            ),
        ]

    def __str__(self) -> str:
        return self.public_id
