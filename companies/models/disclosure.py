"""Who saw the contact data of a company."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from brokers.models import HostOrganisation
from companies.choices import Way
from companies.models.company import Company
from companies.models.contact import Contact

# Stands among the fields for the file that a company shares with a named broker.
SHARED_FILE = "shared_file"


class Disclosure(models.Model):
    """Somebody read contact data or the shared file: one row for each reveal, export row and API read. The company can
    see them."""

    company = models.ForeignKey(
        Company, verbose_name=_("company"), on_delete=models.CASCADE, related_name="disclosures"
    )
    contact = models.ForeignKey(
        Contact, verbose_name=_("contact"), null=True, on_delete=models.SET_NULL, related_name="disclosures"
    )
    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("reader"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="disclosures",
    )
    actor_id = models.CharField(_("id of the reader"), max_length=60)
    organisation = models.ForeignKey(
        HostOrganisation,
        verbose_name=_("organisation of the reader"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    way = models.CharField(_("way"), max_length=10, choices=Way)
    what = ArrayField(models.CharField(max_length=40), verbose_name=_("fields"))
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("disclosure")
        verbose_name_plural = _("disclosures")
        indexes = [
            models.Index(fields=["company", "-id"], name="companies_disclosure_newest"),
            models.Index(fields=["actor_id", "at"], name="companies_disclosure_reader"),
        ]

    def __str__(self) -> str:
        return f"{self.company} {self.at:%Y-%m-%d %H:%M}"

    @property
    def reader_name(self) -> str:
        """Who it was; a reader whose account is gone stays a reader."""
        return self.reader.name if self.reader else gettext("A person who left")

    @property
    def what_in_words(self) -> str:
        """The names of the fields that were read."""
        names = {field.name: str(field.verbose_name) for field in Contact._meta.fields}
        names[SHARED_FILE] = gettext("The file that you share")
        return ", ".join(names[name] for name in self.what)
