"""Companies."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from brokers.models import HostOrganisation
from companies.choices import (
    CompanyKind,
    EarlierSupport,
    HeardFrom,
    Independence,
    MoneyBand,
    SizeClass,
    Stage,
)
from companies.querysets import CompanyQuerySet
from regions.models import Country, NaceCode, Region
from tibs.core.languages import LANGUAGES
from tibs.core.models import TimestampedModel
from tibs.core.public_ids import PublicIdField

MOST_BRANDS = 20


class Company(TimestampedModel):
    """A firm, research organisation or cluster that TIBS knows; only SMEs receive the service."""

    public_id = PublicIdField(prefix="cmp")
    name = models.CharField(_("legal name"), max_length=200)
    # By these somebody would find the firm, so the anonymous texts leave them out.
    brands = ArrayField(
        models.CharField(max_length=60),
        verbose_name=_("brands and trade names"),
        default=list,
        blank=True,
        size=MOST_BRANDS,
    )
    kind = models.CharField(_("kind"), max_length=10, choices=CompanyKind, default=CompanyKind.SME)
    country = models.ForeignKey(
        Country, verbose_name=_("country"), on_delete=models.PROTECT, related_name="companies"
    )
    region = models.ForeignKey(
        Region,
        verbose_name=_("region"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="companies",
    )
    city = models.CharField(_("town"), max_length=100, blank=True)
    street = models.CharField(_("street and number"), max_length=200, blank=True)
    postcode = models.CharField(_("postcode"), max_length=12, blank=True)
    vat_number = models.CharField(_("VAT number"), max_length=20, blank=True)
    founded_year = models.PositiveSmallIntegerField(_("year of foundation"), null=True, blank=True)
    staff_count = models.PositiveIntegerField(_("number of staff"), null=True, blank=True)
    turnover_band = models.CharField(_("yearly turnover"), max_length=10, choices=MoneyBand, blank=True)
    balance_band = models.CharField(_("balance sheet total"), max_length=10, choices=MoneyBand, blank=True)
    independence = models.CharField(_("independence"), max_length=10, choices=Independence, blank=True)
    secondary_nace = models.ManyToManyField(
        NaceCode, verbose_name=_("further activities"), blank=True, related_name="side_companies"
    )
    heard_from = models.CharField(_("heard of TIBS from"), max_length=20, choices=HeardFrom, blank=True)
    previous_support = ArrayField(
        models.CharField(max_length=20, choices=EarlierSupport),
        verbose_name=_("earlier support"),
        default=list,
        blank=True,
    )
    register_number = models.CharField(_("register number"), max_length=40, blank=True)
    website = models.URLField(_("website"), max_length=300, blank=True)
    nace = models.ForeignKey(
        NaceCode,
        verbose_name=_("main activity"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="companies",
    )
    size_class = models.CharField(_("size class"), max_length=10, choices=SizeClass, blank=True)
    language = models.CharField(_("language"), max_length=2, choices=LANGUAGES, default="en")
    stage = models.CharField(_("stage"), max_length=20, choices=Stage, default=Stage.LEAD)
    host = models.ForeignKey(
        HostOrganisation,
        verbose_name=_("host organisation"),
        on_delete=models.PROTECT,
        related_name="companies",
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("responsible broker"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="companies",
    )
    source = models.CharField(_("source"), max_length=60)
    external_id = models.CharField(_("id at the source"), max_length=100, blank=True)
    stage_changed_at = models.DateTimeField(_("in this stage since"), default=timezone.now)
    claimed_at = models.DateTimeField(_("claimed at"), null=True, blank=True)
    answer_due_at = models.DateTimeField(_("answer due at"), null=True, blank=True)
    proposed_owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("proposed broker"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="proposed_companies",
    )
    escalated_at = models.DateTimeField(_("coordinator told at"), null=True, blank=True)
    # Codes and numbers that say why that broker was proposed; pages put them into words.
    routing_facts = models.JSONField(_("reasons of the proposal"), default=list, blank=True)
    # The funnel counts companies by these: each is set once and never moved.
    first_assessed_at = models.DateTimeField(_("first assessed at"), null=True, blank=True)
    first_published_at = models.DateTimeField(_("first published at"), null=True, blank=True)
    first_introduced_at = models.DateTimeField(_("first introduced at"), null=True, blank=True)
    first_agreement_at = models.DateTimeField(_("first agreement at"), null=True, blank=True)
    merged_into = models.ForeignKey(
        "self",
        verbose_name=_("merged into"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="merged",
    )
    retention_notice_at = models.DateTimeField(_("told of the coming erasure at"), null=True, blank=True)
    erased_at = models.DateTimeField(_("erased at"), null=True, blank=True)
    version = models.PositiveIntegerField(_("version"), default=1)
    search_text = models.TextField(_("searchable text"), editable=False, default="")
    # What duplicates are found by: the name without accents and legal form, and the domain of website or mail.
    name_key = models.CharField(_("name for comparison"), max_length=200, editable=False, default="")
    web_domain = models.CharField(_("web domain"), max_length=253, editable=False, default="")

    objects = CompanyQuerySet.as_manager()

    class Meta:
        verbose_name = _("company")
        verbose_name_plural = _("companies")
        indexes = [
            GinIndex(fields=["search_text"], opclasses=["gin_trgm_ops"], name="companies_company_search"),
            GinIndex(fields=["name_key"], opclasses=["gin_trgm_ops"], name="companies_company_name_key"),
            models.Index(
                fields=["web_domain"], condition=~Q(web_domain=""), name="companies_company_web_domain"
            ),
            models.Index(
                fields=["vat_number"], condition=~Q(vat_number=""), name="companies_company_vat_number"
            ),
            models.Index(
                fields=["answer_due_at"],
                condition=Q(stage=Stage.LEAD, owner=None),
                name="companies_company_unanswered",
            ),
            models.Index(fields=["name", "id"], name="companies_company_by_name"),
            models.Index(fields=["host", "name", "id"], name="companies_company_by_host"),
            models.Index(fields=["country", "name", "id"], name="companies_company_by_country"),
            models.Index(fields=["source", "host"], name="companies_company_by_source"),
            models.Index(fields=["host", "stage_changed_at", "id"], name="companies_company_waiting"),
            models.Index(fields=["stage_changed_at", "id"], name="companies_company_all_waiting"),
            models.Index(fields=["host", "-created_at", "-id"], name="companies_company_newest"),
            models.Index(fields=["-created_at", "-id"], name="companies_company_all_newest"),
            models.Index(fields=["host", "stage", "owner"], name="companies_company_by_stage"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["country", "register_number"],
                condition=~Q(register_number=""),
                name="companies_company_register_number_once",
                violation_error_message=_("A company with this register number exists in this country."),
            ),
            models.UniqueConstraint(
                fields=["source", "external_id"],
                condition=~Q(external_id=""),
                name="companies_company_external_id_once",
                violation_error_message=_("This source has a company with this id already."),
            ),
            models.CheckConstraint(
                condition=Q(stage=Stage.LEAD) | Q(owner__isnull=False),
                name="companies_company_has_owner_after_lead",
                violation_error_message=_("After the lead stage a company needs a responsible broker."),
            ),
            models.CheckConstraint(
                condition=Q(kind=CompanyKind.SME) | ~Q(stage__in=[Stage.ENROLLED, Stage.ACTIVE]),
                name="companies_company_served_is_sme",
                violation_error_message=_("Only small and medium-sized enterprises receive the service."),
            ),
            models.CheckConstraint(
                condition=Q(merged_into=None) | ~Q(merged_into=models.F("id")),
                name="companies_company_is_not_merged_into_itself",
                violation_error_message=_("A company cannot be merged into itself."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("company", args=[self.public_id])
