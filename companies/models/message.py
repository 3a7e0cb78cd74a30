"""Messages between a company and its broker."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from companies.models.company import Company

LONGEST_MESSAGE = 4000


class Message(models.Model):
    """One message of the talk between a company and its broker; letters only say that there is one."""

    company = models.ForeignKey(
        Company, verbose_name=_("company"), on_delete=models.CASCADE, related_name="messages"
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("author"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    from_company = models.BooleanField(_("from the company"))
    body = models.TextField(_("message"), max_length=LONGEST_MESSAGE)
    sent_at = models.DateTimeField(_("sent at"))
    read_at = models.DateTimeField(_("read at"), null=True, blank=True)

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        indexes = [models.Index(fields=["company", "-id"], name="companies_message_newest")]

    def __str__(self) -> str:
        return f"{self.company} {self.sent_at:%Y-%m-%d}"
