"""The audit trail: who did what to which thing, when; it can be added to and proven, not changed."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class AuditSeal(models.Model):
    """A hash over a batch of records and over the seal before: a later change of any of them shows."""

    previous_hash = models.CharField(_("hash of the seal before"), max_length=64, unique=True)
    hash = models.CharField(_("hash"), max_length=64, unique=True)
    record_count = models.PositiveIntegerField(_("records"))
    sealed_at = models.DateTimeField(_("sealed at"))

    class Meta:
        verbose_name = _("audit seal")
        verbose_name_plural = _("audit seals")

    def __str__(self) -> str:
        return f"{self.pk}: {self.hash[:12]}"


class AuditRecord(models.Model):
    """One thing that somebody did.

    It points to nothing by foreign key, so that no deletion takes it along, and holds no personal value: codes,
    field names and public ids only. Personal values stand in an AuditDetail whose salted hash is kept here, so
    that erasing the detail leaves the trail provable. A trigger in the database refuses update and delete.
    """

    at = models.DateTimeField(_("at"))
    event = models.CharField(_("event"), max_length=100)
    actor_kind = models.CharField(_("kind of actor"), max_length=20)
    actor_id = models.CharField(_("actor"), max_length=60)
    subject_type = models.CharField(_("kind of subject"), max_length=60)
    subject_id = models.CharField(_("subject"), max_length=60)
    company_id = models.CharField(_("company concerned"), max_length=24, blank=True)
    fields = models.JSONField(_("changed fields"), default=list)
    facts = models.JSONField(_("facts"), default=dict)
    detail_hash = models.CharField(_("hash of the personal detail"), max_length=64, blank=True)
    request_id = models.CharField(_("request"), max_length=32, blank=True)
    seal = models.ForeignKey(
        AuditSeal,
        verbose_name=_("seal"),
        null=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="records",
    )

    class Meta:
        verbose_name = _("audit record")
        verbose_name_plural = _("audit records")
        indexes = [
            models.Index(fields=["subject_id", "id"], name="events_record_by_subject"),
            models.Index(fields=["company_id", "id"], name="events_record_by_company"),
            models.Index(fields=["id"], name="events_record_unsealed", condition=models.Q(seal=None)),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.event} {self.subject_id}"


class AuditDetail(models.Model):
    """The personal values of one record, with the salt that keeps its hash from being guessed.

    Erasure deletes this row and nothing else.
    """

    record = models.OneToOneField(
        AuditRecord, verbose_name=_("record"), on_delete=models.PROTECT, related_name="detail"
    )
    salt = models.CharField(_("salt"), max_length=64)
    values = models.JSONField(_("values"))

    class Meta:
        verbose_name = _("audit detail")
        verbose_name_plural = _("audit details")

    def __str__(self) -> str:
        return f"detail of {self.record_id}"
