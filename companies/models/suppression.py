"""Who must not come back by an import."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Suppression(models.Model):
    """The keyed digest of an address or register number whose erasure was asked for; imports skip what has it."""

    digest = models.CharField(_("digest"), max_length=64, unique=True)
    reason = models.CharField(_("reason"), max_length=40)
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("suppression")
        verbose_name_plural = _("suppressions")

    def __str__(self) -> str:
        return self.digest[:12]
