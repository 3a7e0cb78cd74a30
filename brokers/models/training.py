"""Trainings of brokers."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from brokers.models.broker import Broker
from tibs.core.models import TimestampedModel
from tibs.core.public_ids import PublicIdField


class Training(TimestampedModel):
    """A training that a broker took, with the certificate if there is one."""

    public_id = PublicIdField(prefix="trn")
    broker = models.ForeignKey(
        Broker, verbose_name=_("broker"), on_delete=models.CASCADE, related_name="trainings"
    )
    title = models.CharField(_("title"), max_length=200)
    provider = models.CharField(_("provider"), max_length=200)
    held_date = models.DateField(_("held on"))
    hours = models.DecimalField(_("hours"), max_digits=5, decimal_places=1)
    certificate = models.CharField(_("certificate"), max_length=120, blank=True)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)

    class Meta:
        verbose_name = _("training")
        verbose_name_plural = _("trainings")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(hours__gt=0),
                name="brokers_training_takes_time",
                violation_error_message=_("A training takes more than no time."),
            ),
            models.CheckConstraint(
                condition=models.Q(valid_until=None) | models.Q(valid_until__gte=models.F("held_date")),
                name="brokers_training_valid_after_held",
                violation_error_message=_("A certificate cannot end before the training."),
            ),
        ]

    def __str__(self) -> str:
        return self.title
