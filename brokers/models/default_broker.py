"""Who answers when nobody else fits."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from brokers.models.broker import Broker
from regions.models import Country
from tibs.core.models import TimestampedModel


class DefaultBroker(TimestampedModel):
    """The broker of a country who gets the firms that no other broker's regions and languages fit."""

    country = models.OneToOneField(
        Country, verbose_name=_("country"), on_delete=models.PROTECT, related_name="default_broker"
    )
    broker = models.ForeignKey(
        Broker, verbose_name=_("broker"), on_delete=models.PROTECT, related_name="default_for"
    )

    class Meta:
        verbose_name = _("default broker")
        verbose_name_plural = _("default brokers")

    def __str__(self) -> str:
        return f"{self.country_id}: {self.broker}"
