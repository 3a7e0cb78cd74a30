"""Registrations of firms by themselves."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from companies.choices import RegistrationStatus
from companies.models.company import Company
from tibs.core.languages import LANGUAGES
from tibs.core.models import TimestampedModel
from tibs.core.public_ids import PublicIdField


class Registration(TimestampedModel):
    """What a visitor wrote in the public form so far. No broker sees it before its address is confirmed.

    Links in letters hold tokens; only their digests are kept. `network` is the IPv4 address or IPv6 /64 that it
    came from, kept to count registrations, and blanked with the rest when the registration is closed.
    """

    public_id = PublicIdField(prefix="reg")
    status = models.CharField(
        _("status"), max_length=10, choices=RegistrationStatus, default=RegistrationStatus.DRAFT
    )
    answers = models.JSONField(_("answers"), default=dict, blank=True)
    language = models.CharField(_("language"), max_length=2, choices=LANGUAGES, default="en")
    email = models.EmailField(_("e-mail address"), blank=True)
    resume_digest = models.CharField(_("digest of the resume link"), max_length=64, blank=True)
    confirm_digest = models.CharField(_("digest of the confirmation link"), max_length=64, blank=True)
    form_token = models.CharField(_("one-time token of the form"), max_length=64, unique=True)
    network = models.CharField(_("network"), max_length=50, blank=True)
    source = models.CharField(_("source"), max_length=60, default="web")
    hold_reason = models.CharField(_("why it is held"), max_length=60, blank=True)
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True)
    expires_at = models.DateTimeField(_("expires at"), db_index=True)
    company = models.ForeignKey(
        Company,
        verbose_name=_("company"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="registrations",
    )

    class Meta:
        verbose_name = _("registration")
        verbose_name_plural = _("registrations")
        constraints = [
            models.UniqueConstraint(
                fields=["resume_digest"],
                condition=~Q(resume_digest=""),
                name="companies_registration_resume_once",
                violation_error_message=_("This link belongs to another registration."),
            ),
            models.UniqueConstraint(
                fields=["confirm_digest"],
                condition=~Q(confirm_digest=""),
                name="companies_registration_confirm_once",
                violation_error_message=_("This link belongs to another registration."),
            ),
            models.CheckConstraint(
                condition=~Q(status=RegistrationStatus.CONFIRMED) | Q(confirmed_at__isnull=False),
                name="companies_registration_confirmed_is_dated",
                violation_error_message=_("A confirmed registration has the moment of its confirmation."),
            ),
        ]

    def __str__(self) -> str:
        return self.public_id
