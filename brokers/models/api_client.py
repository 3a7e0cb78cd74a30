"""Partner sites and their keys."""

from datetime import datetime

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from brokers.models.host_organisation import HostOrganisation
from tibs.core.models import TimestampedModel
from tibs.core.public_ids import PublicIdField


class ApiClient(TimestampedModel):
    """A partner site that calls the API. The host organisation vouches for it."""

    public_id = PublicIdField(prefix="api")
    name = models.CharField(_("name"), max_length=120, unique=True)
    website = models.URLField(_("website"), max_length=300)
    contact_email = models.EmailField(_("technical contact"))
    organisation = models.ForeignKey(
        HostOrganisation,
        verbose_name=_("organisation that vouches for it"),
        on_delete=models.PROTECT,
        related_name="api_clients",
    )
    is_active = models.BooleanField(_("may call"), default=True)

    class Meta:
        verbose_name = _("partner site")
        verbose_name_plural = _("partner sites")

    def __str__(self) -> str:
        return self.name


class ApiKeyQuerySet(models.QuerySet["ApiKey"]):
    def usable(self, now: datetime) -> "ApiKeyQuerySet":
        return self.filter(revoked_at=None, expires_at__gt=now, client__is_active=True)


class ApiKey(TimestampedModel):
    """One key of a partner site: found by its visible part, known only by the digest of its secret part."""

    client = models.ForeignKey(
        ApiClient, verbose_name=_("partner site"), on_delete=models.CASCADE, related_name="keys"
    )
    prefix = models.CharField(_("visible part"), max_length=8, unique=True)
    digest = models.CharField(_("digest of the secret"), max_length=64)
    scopes = ArrayField(models.CharField(max_length=30), verbose_name=_("may"))
    expires_at = models.DateTimeField(_("expires at"))
    last_used_at = models.DateTimeField(_("last used at"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True)

    objects = ApiKeyQuerySet.as_manager()

    class Meta:
        verbose_name = _("API key")
        verbose_name_plural = _("API keys")

    def __str__(self) -> str:
        return self.prefix

    @property
    def shown(self) -> str:
        """The key as far as people may see it."""
        return f"tibs_live_{self.prefix}_…"


class IdempotencyKey(TimestampedModel):
    """A request that a partner site may repeat: the same key and payload get the same answer for a day."""

    client = models.ForeignKey(
        ApiClient, verbose_name=_("partner site"), on_delete=models.CASCADE, related_name="idempotency_keys"
    )
    key = models.CharField(_("key"), max_length=255)
    fingerprint = models.CharField(_("digest of the request"), max_length=64)
    status = models.PositiveSmallIntegerField(_("status of the answer"), null=True, blank=True)
    answer = models.JSONField(_("answer"), null=True, blank=True)

    class Meta:
        verbose_name = _("idempotency key")
        verbose_name_plural = _("idempotency keys")
        constraints = [
            models.UniqueConstraint(
                fields=["client", "key"],
                name="brokers_idempotencykey_once",
                violation_error_message=_("This key was used already."),
            ),
            models.CheckConstraint(
                condition=Q(status__isnull=True, answer__isnull=True)
                | Q(status__isnull=False, answer__isnull=False),
                name="brokers_idempotencykey_answered_whole",
                violation_error_message=_("An answer has a status and a body."),
            ),
        ]

    def __str__(self) -> str:
        return self.key
