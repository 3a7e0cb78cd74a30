"""The pieces of a run."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from matching.models.match_run import MatchRun
from tibs.core.leases import LeasedQuerySet, LeasedRow


class PartKind(models.TextChoices):
    ENCODE = "encode", _("Reading texts")
    TILE = "tile", _("Comparing profiles")
    MERGE = "merge", _("Writing results")


class RunPart(LeasedRow):
    """A piece of a run that any worker can do alone, on any machine; doing it twice changes nothing."""

    run = models.ForeignKey(MatchRun, verbose_name=_("run"), on_delete=models.CASCADE, related_name="parts")
    kind = models.CharField(_("kind"), max_length=6, choices=PartKind)
    number = models.PositiveIntegerField(_("number"))
    task = models.JSONField(_("what to do"), default=dict)
    result = models.BinaryField(_("result"), default=bytes)

    objects = LeasedQuerySet["RunPart"].as_manager()

    class Meta:
        verbose_name = _("part of a run")
        verbose_name_plural = _("parts of runs")
        indexes = [models.Index(fields=["id"], name="matching_part_open", condition=models.Q(done_at=None))]
        constraints = [
            models.UniqueConstraint(
                fields=["run", "kind", "number"],
                name="matching_part_once",
                violation_error_message=_("This part exists already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.run_id} {self.kind} {self.number}"
