"""Joint smart strategies: firms of two or more countries plan together (form F11)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from companies.models import Company
from matching.choices import StrategyStatus
from regions.models import S3Domain
from tibs.accounts.actor import Actor
from tibs.accounts.permissions import Permission
from tibs.accounts.standing_in import falls_to
from tibs.core.models import TimestampedModel
from tibs.core.public_ids import PublicIdField


class StrategyQuerySet(models.QuerySet["JointStrategy"]):
    def visible_to(self, actor: Actor) -> "StrategyQuerySet":
        """Its lead and who stands in for them; member firms and their organisations, once the firm was asked."""
        own = Q(members__company__in=actor.companies)
        if actor.may(Permission.READ_MATCHES):
            own |= Q(members__company__host__in=actor.organisations)
        own &= Q(members__asked_at__isnull=False)
        if actor.may(Permission.READ_MATCHES):
            own |= falls_to(actor, "lead")
        return self.filter(pk__in=JointStrategy.objects.filter(own).values("pk"))


class JointStrategy(TimestampedModel):
    """A pragmatic plan of several firms of at least two countries that share a domain."""

    public_id = PublicIdField(prefix="jst")
    title = models.CharField(_("title"), max_length=200)
    domain = models.ForeignKey(
        S3Domain, verbose_name=_("domain"), on_delete=models.PROTECT, related_name="strategies"
    )
    status = models.CharField(
        _("status"), max_length=17, choices=StrategyStatus, default=StrategyStatus.DRAFT
    )
    lead = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("leading broker"), on_delete=models.PROTECT, related_name="+"
    )
    goal = models.TextField(_("goal"), max_length=2000)
    roles = models.TextField(_("division of roles"), max_length=2000, blank=True)
    funding = models.TextField(_("investment and funding sought"), max_length=2000, blank=True)
    risks = models.TextField(_("risks"), max_length=2000, blank=True)
    agreed_at = models.DateTimeField(_("agreed at"), null=True, blank=True)
    completed_at = models.DateTimeField(_("completed at"), null=True, blank=True)
    version = models.PositiveIntegerField(_("version"), default=1)

    objects = StrategyQuerySet.as_manager()

    class Meta:
        verbose_name = _("joint smart strategy")
        verbose_name_plural = _("joint smart strategies")

    def __str__(self) -> str:
        return self.title


class StrategyMember(models.Model):
    """A firm that takes part, and its signature under the exact words."""

    strategy = models.ForeignKey(
        JointStrategy, verbose_name=_("strategy"), on_delete=models.CASCADE, related_name="members"
    )
    company = models.ForeignKey(
        Company, verbose_name=_("company"), on_delete=models.PROTECT, related_name="strategies"
    )
    contribution = models.CharField(_("role"), max_length=300, blank=True)
    # A firm knows nothing of a draft before it was asked; firms that were not introduced to it read its name once it
    # said yes to that.
    asked_at = models.DateTimeField(_("asked at"), null=True, blank=True)
    named_at = models.DateTimeField(_("agreed to be named at"), null=True, blank=True)
    # The words under which it was asked last, and the clock of its answer; nothing wakes while nobody waits for it.
    asked_hash = models.CharField(_("hash of the words asked about"), max_length=64, blank=True)
    clock_started_at = models.DateTimeField(_("clock started at"), null=True, blank=True)
    wakes_at = models.DateTimeField(_("looked at again at"), null=True, blank=True)
    reminded_at = models.DateTimeField(_("reminded at"), null=True, blank=True)
    escalated_at = models.DateTimeField(_("escalated at"), null=True, blank=True)
    lapsed_at = models.DateTimeField(_("ended without an answer at"), null=True, blank=True)
    text_hash = models.CharField(_("hash of the words signed"), max_length=64, blank=True)
    signer = models.CharField(_("signed by"), max_length=120, blank=True)
    signed_at = models.DateTimeField(_("signed at"), null=True, blank=True)

    class Meta:
        verbose_name = _("member of a strategy")
        verbose_name_plural = _("members of strategies")
        indexes = [
            models.Index(
                fields=["wakes_at"], name="matching_strategymember_wakes", condition=~Q(wakes_at=None)
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["strategy", "company"],
                name="matching_strategymember_once",
                violation_error_message=_("This company takes part already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.strategy_id} {self.company_id}"


class StrategyActivity(models.Model):
    """One joint activity or milestone of a strategy."""

    strategy = models.ForeignKey(
        JointStrategy, verbose_name=_("strategy"), on_delete=models.CASCADE, related_name="activities"
    )
    what = models.CharField(_("activity"), max_length=300)
    responsible = models.ForeignKey(
        StrategyMember,
        verbose_name=_("responsible"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="activities",
    )
    due_date = models.DateField(_("due on"), null=True, blank=True)
    reminded_at = models.DateTimeField(_("reminded at"), null=True, blank=True)
    done_at = models.DateTimeField(_("done at"), null=True, blank=True)

    class Meta:
        verbose_name = _("activity of a strategy")
        verbose_name_plural = _("activities of strategies")

    def __str__(self) -> str:
        return self.what
