"""Cooperation profiles."""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from companies.choices import (
    TAKES_PART,
    Area,
    Basis,
    Cooperation,
    Development,
    PartnerKind,
    ProfileStatus,
    ProfileType,
    Protection,
    Purpose,
)
from companies.models.assessment import Assessment
from companies.models.company import Company
from companies.models.consent import holds
from regions.models import S3Domain
from tibs.accounts.actor import Actor
from tibs.accounts.permissions import Permission
from tibs.core.languages import LANGUAGES
from tibs.core.models import TimestampedModel
from tibs.core.public_ids import PublicIdField


def country_codes(**options: Any) -> "ArrayField[list[str], list[str]]":
    """A list of ISO country codes, empty by default."""
    return ArrayField(models.CharField(max_length=2), default=list, blank=True, **options)


def of_companies_that_take_part(path: str = "company") -> Q:
    """Condition on profiles, or on whatever has a company under `path`: the company neither left, rests nor was
    refused, is not erased, and stands for itself."""
    there = {"stage__in": TAKES_PART, "erased_at": None, "merged_into": None}
    return Q(**{f"{path}__{name}": value for name, value in there.items()})


class ProfileQuerySet(models.QuerySet["CooperationProfile"]):
    def standing(self) -> "ProfileQuerySet":
        """Approved profiles that were published and neither taken back nor withdrawn since, even past their date,
        whose company takes part and consents now: talks that have begun go on with them."""
        return self.filter(
            of_companies_that_take_part(),
            holds(Purpose.PUBLISH_ANONYMOUS),
            basis=Basis.APPROVED,
            status__in=(ProfileStatus.PUBLISHED, ProfileStatus.EXPIRED),
        )

    def published(self) -> "ProfileQuerySet":
        """Standing profiles that are not past their date."""
        return self.standing().filter(status=ProfileStatus.PUBLISHED, expires_at__gt=timezone.now())

    def matchable(self) -> "ProfileQuerySet":
        """Published profiles that are open for interest, and public facts of companies that may be found."""
        public_facts = Q(basis=Basis.PUBLIC_SOURCE, status=ProfileStatus.PUBLISHED)
        approved = Q(pk__in=CooperationProfile.objects.published().values("pk"), open_for_interest=True)
        return self.filter(of_companies_that_take_part(), public_facts | approved)

    def visible_to(self, actor: Actor) -> "ProfileQuerySet":
        """Own organisation's profiles in every state, everybody else's only while they are matchable."""
        if not actor.may(Permission.READ_COMPANIES):
            return self.filter(company__in=actor.companies)
        if actor.may_everywhere(Permission.READ_COMPANIES):
            return self
        own = Q(company__host__in=actor.organisations) | Q(company__in=actor.companies)
        return self.filter(own | Q(pk__in=CooperationProfile.objects.matchable().values("pk")))


class CooperationProfile(TimestampedModel):
    """What one company offers and seeks in one value-chain area; shown without its name until an introduction.

    `basis` tells whether the company approved it, or whether it holds imported public facts, which only brokers
    may search and which never reach public pages.
    """

    public_id = PublicIdField(prefix="prf")
    company = models.ForeignKey(
        Company, verbose_name=_("company"), on_delete=models.CASCADE, related_name="profiles"
    )
    reference = models.CharField(_("reference"), max_length=24, unique=True, null=True, blank=True)
    type = models.CharField(_("type"), max_length=3, choices=ProfileType)
    area = models.CharField(_("value-chain area"), max_length=3, choices=Area, blank=True)
    domain = models.ForeignKey(
        S3Domain,
        verbose_name=_("domain"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="profiles",
    )
    cooperation_types = ArrayField(
        models.CharField(max_length=16, choices=Cooperation),
        verbose_name=_("cooperation types"),
        default=list,
        blank=True,
    )
    working_languages = ArrayField(
        models.CharField(max_length=2, choices=LANGUAGES),
        verbose_name=_("working languages"),
        default=list,
        blank=True,
    )
    wished_countries = country_codes(verbose_name=_("wished countries"))
    excluded_countries = country_codes(verbose_name=_("excluded countries"))
    partner_kinds = ArrayField(
        models.CharField(max_length=10, choices=PartnerKind),
        verbose_name=_("type and size of the partner"),
        default=list,
        blank=True,
    )
    development = models.CharField(_("stage of development"), max_length=13, choices=Development, blank=True)
    protection = models.CharField(
        _("protection of intellectual property"), max_length=7, choices=Protection, blank=True
    )
    keywords = ArrayField(
        models.CharField(max_length=60), verbose_name=_("keywords"), default=list, blank=True
    )
    goals = ArrayField(
        models.PositiveSmallIntegerField(),
        verbose_name=_("sustainable development goals"),
        default=list,
        blank=True,
    )
    een_reference = models.CharField(
        _("reference in the Enterprise Europe Network"), max_length=24, unique=True, null=True, blank=True
    )
    assessment = models.ForeignKey(
        Assessment,
        verbose_name=_("written from"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="profiles",
    )
    basis = models.CharField(_("basis"), max_length=14, choices=Basis)
    status = models.CharField(_("status"), max_length=20, choices=ProfileStatus, default=ProfileStatus.DRAFT)
    open_for_interest = models.BooleanField(_("open for interest"), default=True)
    published_at = models.DateTimeField(_("published at"), null=True, blank=True)
    expires_at = models.DateTimeField(_("expires at"), null=True, blank=True)
    renewed_at = models.DateTimeField(_("renewed at"), null=True, blank=True)
    # The monthly question whether the firm is still interested: when it was asked, and how often nobody answered.
    interest_asked_at = models.DateTimeField(_("asked for interest at"), null=True, blank=True)
    interest_confirmed_at = models.DateTimeField(_("interest confirmed at"), null=True, blank=True)
    silences = models.PositiveSmallIntegerField(_("questions without an answer"), default=0)
    # The clock of whoever is waited for: the company for its approval, its broker for other words.
    remind_at = models.DateTimeField(_("reminder due at"), null=True, blank=True)
    due_at = models.DateTimeField(_("due at"), null=True, blank=True)
    reminded_at = models.DateTimeField(_("reminded at"), null=True, blank=True)
    escalated_at = models.DateTimeField(_("escalated at"), null=True, blank=True)
    search_text = models.TextField(_("searchable text"), editable=False, default="")

    objects = ProfileQuerySet.as_manager()

    class Meta:
        verbose_name = _("cooperation profile")
        verbose_name_plural = _("cooperation profiles")
        indexes = [
            GinIndex(fields=["search_text"], opclasses=["gin_trgm_ops"], name="companies_profile_search"),
            models.Index(fields=["status", "basis", "-published_at", "-id"], name="companies_profile_newest"),
            models.Index(fields=["status", "basis", "updated_at", "id"], name="companies_profile_changed"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(status=ProfileStatus.PUBLISHED)
                | Q(published_at__isnull=False, expires_at__isnull=False, reference__isnull=False)
                | Q(basis=Basis.PUBLIC_SOURCE, published_at__isnull=False),
                name="companies_profile_published_is_dated",
                violation_error_message=_("A published profile needs a reference, a date and an end."),
            ),
            models.CheckConstraint(
                condition=Q(basis=Basis.PUBLIC_SOURCE) | ~Q(area=""),
                name="companies_profile_has_area",
                violation_error_message=_("A profile is written for one value-chain area."),
            ),
            models.UniqueConstraint(
                fields=["company"],
                condition=Q(basis=Basis.PUBLIC_SOURCE),
                name="companies_profile_public_facts_once",
                violation_error_message=_("The company has a profile from public facts already."),
            ),
        ]

    def __str__(self) -> str:
        return self.reference or self.public_id

    def get_absolute_url(self) -> str:
        return reverse("profile_matches", args=[self.public_id])
