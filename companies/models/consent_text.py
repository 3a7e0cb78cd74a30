"""Texts that firms were asked to agree to."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from companies.choices import Purpose
from tibs.core.languages import LANGUAGES


class ConsentText(models.Model):
    """The words of one version of a consent in one language, kept so that it can be shown what a firm agreed to."""

    hash = models.CharField(_("hash of the text shown"), max_length=64, primary_key=True)
    purpose = models.CharField(_("purpose"), max_length=20, choices=Purpose)
    language = models.CharField(_("language shown"), max_length=2, choices=LANGUAGES)
    words = models.TextField(_("words"))
    first_used_at = models.DateTimeField(_("first used at"))

    class Meta:
        verbose_name = _("consent text")
        verbose_name_plural = _("consent texts")

    def __str__(self) -> str:
        return f"{self.purpose} {self.language} {self.hash[:12]}"
