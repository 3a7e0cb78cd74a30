"""Visitors who are interested in a published profile."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from companies.choices import InterestStatus
from companies.models.company import Company
from companies.models.profile import CooperationProfile
from regions.models import Country
from tibs.accounts.actor import Actor
from tibs.accounts.permissions import Permission
from tibs.core.languages import LANGUAGES
from tibs.core.models import TimestampedModel
from tibs.core.public_ids import PublicIdField

SHORTEST_STATEMENT, LONGEST_STATEMENT = 150, 600


class ExpressionQuerySet(models.QuerySet["ExpressionOfInterest"]):
    def waiting_for(self, companies: models.QuerySet[Company]) -> "ExpressionQuerySet":
        """Interest of these companies that their brokers have neither taken up nor closed."""
        return self.filter(status=InterestStatus.ROUTED, company__in=companies.values("pk"))

    def visible_to(self, actor: Actor) -> "ExpressionQuerySet":
        """Confirmed interest: for the organisation of the interested firm, and for the firm itself. The side whose
        profile it is learns of it by an introduction only."""
        sent = self.exclude(status=InterestStatus.WAITING)
        own = Q(company__in=actor.companies)
        if actor.may(Permission.READ_COMPANIES):
            own |= Q(company__host__in=actor.organisations)
        return sent.filter(own)


class ExpressionOfInterest(TimestampedModel):
    """A visitor's interest in a profile: confirmed by mail, then the business of the visitor's own broker.

    The three texts are those of the Enterprise Europe Network; the first two have 150 to 600 characters.
    """

    public_id = PublicIdField(prefix="eoi")
    profile = models.ForeignKey(
        CooperationProfile, verbose_name=_("profile"), on_delete=models.CASCADE, related_name="expressions"
    )
    status = models.CharField(
        _("status"), max_length=8, choices=InterestStatus, default=InterestStatus.WAITING
    )
    organisation_name = models.CharField(_("organisation"), max_length=200, blank=True)
    country = models.ForeignKey(
        Country, verbose_name=_("country"), on_delete=models.PROTECT, related_name="+"
    )
    postcode = models.CharField(_("postcode"), max_length=12, blank=True)
    name = models.CharField(_("name"), max_length=120, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    language = models.CharField(_("language"), max_length=2, choices=LANGUAGES)
    presentation = models.CharField(_("who you are"), max_length=LONGEST_STATEMENT, blank=True)
    interest = models.CharField(_("what interests you"), max_length=LONGEST_STATEMENT, blank=True)
    question = models.CharField(_("what you would like to know"), max_length=LONGEST_STATEMENT, blank=True)
    confirm_digest = models.CharField(_("digest of the link"), max_length=64, blank=True)
    form_token = models.CharField(_("token of the form"), max_length=64, unique=True)
    network = models.CharField(_("network"), max_length=50, blank=True)
    source = models.CharField(_("source"), max_length=60, blank=True)
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True)
    expires_at = models.DateTimeField(_("expires at"))
    company = models.ForeignKey(
        Company,
        verbose_name=_("interested company"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="expressions",
    )
    remind_at = models.DateTimeField(_("reminder due at"), null=True, blank=True)
    due_at = models.DateTimeField(_("answer due at"), null=True, blank=True)
    return_at = models.DateTimeField(_("visitor told at"), null=True, blank=True)
    reminded_at = models.DateTimeField(_("reminded at"), null=True, blank=True)
    escalated_at = models.DateTimeField(_("escalated at"), null=True, blank=True)
    # The broker of the firm whose profile it is read it in an introduction, which ended without a meeting.
    was_passed_on = models.BooleanField(_("was passed on"), default=False)
    close_reason = models.CharField(_("reason"), max_length=20, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("closed by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    objects = ExpressionQuerySet.as_manager()

    class Meta:
        verbose_name = _("expression of interest")
        verbose_name_plural = _("expressions of interest")
        indexes = [
            models.Index(fields=["company", "status"], name="companies_expression_of_firm"),
            models.Index(
                fields=["remind_at"], condition=Q(status="routed"), name="companies_expression_clock"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(status=InterestStatus.WAITING) | Q(company__isnull=False),
                name="companies_expression_confirmed_has_firm",
                violation_error_message=_("Confirmed interest belongs to a firm."),
            ),
        ]

    def __str__(self) -> str:
        return self.public_id
