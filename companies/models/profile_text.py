"""The words of a profile."""

from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import MD5, Concat
from django.utils.translation import gettext_lazy as _

from companies.models.profile import CooperationProfile
from tibs.core.languages import LANGUAGES
from tibs.core.models import TimestampedModel

LONGEST_TITLE, LONGEST_SUMMARY, LONGEST_SIDE, LONGEST_NOTE = 256, 500, 4000, 2000


class ProfileText(TimestampedModel):
    """A profile's words in one language: exactly one of them is the original, the others translate it.

    The limits are those of the Enterprise Europe Network, so that profiles stay exchangeable.
    """

    profile = models.ForeignKey(
        CooperationProfile, verbose_name=_("profile"), on_delete=models.CASCADE, related_name="texts"
    )
    language = models.CharField(_("language"), max_length=2, choices=LANGUAGES)
    is_original = models.BooleanField(_("is the original"), default=False)
    title = models.CharField(_("title"), max_length=LONGEST_TITLE, blank=True)
    summary = models.CharField(_("summary"), max_length=LONGEST_SUMMARY, blank=True)
    offered = models.CharField(_("what is offered"), max_length=LONGEST_SIDE, blank=True)
    sought = models.CharField(_("what is sought"), max_length=LONGEST_SIDE, blank=True)
    advantages = models.CharField(_("advantages and innovation"), max_length=LONGEST_NOTE, blank=True)
    technical = models.CharField(_("technical details"), max_length=LONGEST_NOTE, blank=True)
    version = models.PositiveIntegerField(_("version"), default=1)
    # Tells without a flag whether the vectors of a text are still those of its words.
    text_hash = models.GeneratedField(
        expression=MD5(Concat("language", Value("|"), "offered", Value("|"), "sought")),
        output_field=models.CharField(max_length=32),
        db_persist=True,
        verbose_name=_("hash of the words"),
    )

    class Meta:
        verbose_name = _("profile text")
        verbose_name_plural = _("profile texts")
        constraints = [
            models.UniqueConstraint(
                fields=["profile", "language"],
                name="companies_profiletext_language_once",
                violation_error_message=_("The profile has a text in this language already."),
            ),
            models.UniqueConstraint(
                fields=["profile"],
                condition=Q(is_original=True),
                name="companies_profiletext_one_original",
                violation_error_message=_("A profile has one original text."),
            ),
            models.CheckConstraint(
                condition=~Q(offered="", sought="", is_original=True),
                name="companies_profiletext_says_something",
                violation_error_message=_("Say what is offered or what is sought."),
            ),
        ]

    def __str__(self) -> str:
        return self.title or f"{self.profile_id} {self.language}"
