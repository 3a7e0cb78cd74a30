"""People at companies."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from companies.masks import masked_email, masked_phone
from companies.models.company import Company
from tibs.core.languages import LANGUAGES
from tibs.core.models import TimestampedModel


class Contact(TimestampedModel):
    """A person at a company whom the broker talks to. One person may serve several firms."""

    company = models.ForeignKey(
        Company, verbose_name=_("company"), on_delete=models.CASCADE, related_name="contacts"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("account"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="contacts",
    )
    name = models.CharField(_("name"), max_length=150)
    job_title = models.CharField(_("position"), max_length=100, blank=True)
    email = models.EmailField(_("e-mail address"))
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    is_primary = models.BooleanField(_("first to be asked"), default=False)
    confirmed_at = models.DateTimeField(_("address confirmed at"), null=True, blank=True)
    language = models.CharField(_("language"), max_length=2, choices=LANGUAGES, default="en")
    version = models.PositiveIntegerField(_("version"), default=1)

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        indexes = [models.Index(fields=["email"], name="companies_contact_email")]
        constraints = [
            models.UniqueConstraint(
                fields=["company", "email"],
                name="companies_contact_email_once",
                violation_error_message=_("The company has a contact with this address already."),
            ),
            models.UniqueConstraint(
                fields=["company"],
                condition=models.Q(is_primary=True),
                name="companies_contact_one_primary",
                violation_error_message=_("One contact of a company is the first to be asked."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def masked_email(self) -> str:
        return masked_email(self.email)

    @property
    def masked_phone(self) -> str:
        return masked_phone(self.phone)
