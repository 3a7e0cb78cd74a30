"""What the text encoder made of a profile."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from companies.models import CooperationProfile


class ProfileVector(models.Model):
    """The sentence vectors of a profile's original text, kept until its words or the encoder change.

    `offered` and `sought` hold float32 numbers [sentences, 384], row by row. `text_hash` is that of the words
    they were made from: where it differs from the text's own, the vectors are out of date.
    """

    profile = models.OneToOneField(
        CooperationProfile,
        verbose_name=_("profile"),
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="vector",
    )
    encoder_version = models.CharField(_("version of the encoder"), max_length=80)
    text_hash = models.CharField(_("hash of the text"), max_length=32)
    offered = models.BinaryField(_("vectors of what is offered"))
    sought = models.BinaryField(_("vectors of what is sought"))
    encoded_at = models.DateTimeField(_("encoded at"))

    class Meta:
        verbose_name = _("profile vector")
        verbose_name_plural = _("profile vectors")

    def __str__(self) -> str:
        return f"vectors of {self.profile_id}"
