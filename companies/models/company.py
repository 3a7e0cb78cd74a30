"""Companies."""

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from brokers.models import HostOrganisation
from companies.choices import CompanyKind, SizeClass, Stage
from regions.models import Country, NaceCode, Region
from tibs.accounts.actor import Actor
from tibs.accounts.permissions import Permission
from tibs.accounts.roles import RoleCode
from tibs.core.languages import LANGUAGES
from tibs.core.models import TimestampedModel
from tibs.core.public_ids import PublicIdField
from tibs.core.search_text import fold

MOST_WORDS = 8


class CompanyQuerySet(models.QuerySet["Company"]):
    def visible_to(self, actor: Actor) -> "CompanyQuerySet":
        """Companies hosted by the actor's organisations, its own companies, or all for network-wide readers."""
        if not actor.may(Permission.READ_COMPANIES):
            return self.filter(pk__in=actor.companies)
        if actor.may_everywhere(Permission.READ_COMPANIES):
            return self
        return self.filter(Q(host__in=actor.organisations) | Q(pk__in=actor.companies))

    def in_care_of(self, actor: Actor) -> "CompanyQuerySet":
        """What waits for the actor: for coordinators all companies of their organisations, for brokers those
        they are responsible for and those that nobody is responsible for yet."""
        hosted = self.filter(host__in=actor.organisations)
        if RoleCode.COORDINATOR in actor.roles:
            return hosted
        return hosted.filter(Q(owner__public_id=actor.id) | Q(owner=None))

    def search(self, words: str) -> "CompanyQuerySet":
        """Companies whose name, town or number holds every word, whatever the accents; eight words are enough."""
        found = self
        for word in fold(words).split()[:MOST_WORDS]:
            found = found.filter(search_text__contains=word)
        return found


class Company(TimestampedModel):
    """A firm, research organisation or cluster that TIBS knows; only SMEs receive the service."""

    public_id = PublicIdField(prefix="cmp")
    name = models.CharField(_("legal name"), max_length=200)
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
    version = models.PositiveIntegerField(_("version"), default=1)
    search_text = models.TextField(_("searchable text"), editable=False, default="")

    objects = CompanyQuerySet.as_manager()

    class Meta:
        verbose_name = _("company")
        verbose_name_plural = _("companies")
        indexes = [
            GinIndex(fields=["search_text"], opclasses=["gin_trgm_ops"], name="companies_company_search"),
            models.Index(fields=["name", "id"], name="companies_company_by_name"),
            models.Index(fields=["host", "name", "id"], name="companies_company_by_host"),
            models.Index(fields=["country", "name", "id"], name="companies_company_by_country"),
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
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("company", args=[self.public_id])
