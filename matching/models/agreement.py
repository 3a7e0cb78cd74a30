"""Agreements of two firms, and their word on them."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Count, OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from companies.choices import Area, Purpose
from companies.models import Attachment, Company, Consent
from matching.choices import LONGEST_NOTE, AgreementType, ValueBand
from matching.models.cooperation import Cooperation, of_both_sides, of_either_side
from tibs.accounts.actor import Actor
from tibs.accounts.permissions import Permission
from tibs.core.models import TimestampedModel
from tibs.core.public_ids import PublicIdField

BOTH = 2


class AgreementQuerySet(models.QuerySet["Agreement"]):
    def judged_by(self, actor: Actor) -> "AgreementQuerySet":
        """What waits for a third party, for those who can be one: project staff, and brokers of neither side."""
        is_staff = actor.may_everywhere(Permission.READ_COMPANIES)
        if not (is_staff or (actor.may(Permission.READ_MATCHES) and actor.organisations)):
            return self.none()
        return self.to_validate().exclude(of_either_side(actor, "cooperation__introduction__"))

    def publishable(self) -> "AgreementQuerySet":
        """Agreements that count and of which both firms allow a story at this moment."""
        allowed = Consent.objects.in_force(Purpose.SUCCESS_STORY).values("company")
        return self.filter(
            is_publishable=True,
            validated_at__isnull=False,
            cooperation__introduction__sender_company__in=allowed,
            cooperation__introduction__receiver_company__in=allowed,
        )

    def to_validate(self) -> "AgreementQuerySet":
        """Confirmed by both firms in the words of today, and not judged yet."""
        stated = (
            AgreementStatement.objects.filter(agreement=OuterRef("pk"), text_hash=OuterRef("text_hash"))
            .order_by()
            .values("agreement")
            .annotate(firms=Count("company", distinct=True))
            .values("firms")
        )
        waiting = self.filter(validated_at=None, returned_note="", cooperation__ended_at=None)
        return waiting.annotate(firms=Subquery(stated)).filter(firms=BOTH)

    def visible_to(self, actor: Actor) -> "AgreementQuerySet":
        """Both sides, and project staff, who may be asked to validate."""
        if actor.may_everywhere(Permission.READ_COMPANIES):
            return self
        return self.filter(of_both_sides(actor, "cooperation__introduction__"))


class Agreement(TimestampedModel):
    """What two firms agreed on. It counts once both stated it and a third party validated it.

    `validated_by` is a broker of neither side or project staff. A file is evidence of it, never shown to others.
    """

    public_id = PublicIdField(prefix="agr")
    cooperation = models.OneToOneField(
        Cooperation, verbose_name=_("cooperation"), on_delete=models.PROTECT, related_name="agreement"
    )
    type = models.CharField(_("type"), max_length=18, choices=AgreementType)
    subject = models.CharField(_("what was agreed"), max_length=1000)
    benefit = models.CharField(_("benefit for both sides"), max_length=1000, blank=True)
    areas = ArrayField(
        models.CharField(max_length=3, choices=Area), verbose_name=_("value-chain areas"), default=list
    )
    signed_date = models.DateField(_("signed on"))
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    value_band = models.CharField(_("value"), max_length=8, choices=ValueBand, blank=True)
    jobs_expected = models.PositiveSmallIntegerField(_("jobs expected"), null=True, blank=True)
    evidence = models.ForeignKey(
        Attachment,
        verbose_name=_("evidence"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    # The hash of the words and of the evidence as they stand; statements with another one do not count.
    text_hash = models.CharField(_("hash of the words"), max_length=64, blank=True)
    is_publishable = models.BooleanField(_("may be published"), default=False)
    public_text = models.CharField(_("text for the public"), max_length=1000, blank=True)
    validated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("validated by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    validated_at = models.DateTimeField(_("validated at"), null=True, blank=True)
    returned_note = models.CharField(_("why it was sent back"), max_length=LONGEST_NOTE, blank=True)
    # The firm that says that the words are not what was agreed; None where a third party sent them back.
    returned_for = models.ForeignKey(
        Company,
        verbose_name=_("sent back by the company"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    # Since when both firms have confirmed these words, and what those who may validate were told of it.
    ready_at = models.DateTimeField(_("confirmed by both at"), null=True, blank=True)
    reminded_at = models.DateTimeField(_("reminded at"), null=True, blank=True)
    escalated_at = models.DateTimeField(_("escalated at"), null=True, blank=True)
    version = models.PositiveIntegerField(_("version"), default=1)

    objects = AgreementQuerySet.as_manager()

    class Meta:
        verbose_name = _("agreement")
        verbose_name_plural = _("agreements")
        constraints = [
            models.CheckConstraint(
                condition=Q(validated_at=None) | Q(validated_by__isnull=False),
                name="matching_agreement_validated_by_somebody",
                violation_error_message=_("Somebody validates an agreement."),
            ),
        ]

    def __str__(self) -> str:
        return self.public_id


class AgreementStatement(models.Model):
    """One firm confirms an agreement in its exact words."""

    agreement = models.ForeignKey(
        Agreement, verbose_name=_("agreement"), on_delete=models.CASCADE, related_name="statements"
    )
    company = models.ForeignKey(
        Company, verbose_name=_("company"), on_delete=models.PROTECT, related_name="statements"
    )
    signer = models.CharField(_("signed by"), max_length=120)
    text_hash = models.CharField(_("hash of the words"), max_length=64)
    at = models.DateTimeField(_("at"))
    is_noted_by_broker = models.BooleanField(_("written down by the broker"), default=False)
    actor_id = models.CharField(_("by"), max_length=60)

    class Meta:
        verbose_name = _("statement on an agreement")
        verbose_name_plural = _("statements on agreements")
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "company", "text_hash"],
                name="matching_statement_once",
                violation_error_message=_("This company has confirmed these words already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agreement_id} {self.company_id}"
