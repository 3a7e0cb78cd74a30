"""Assessments and their answers."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from companies.assessments.instrument import FIRM
from companies.assessments.sheets import Answer as GivenAnswer
from companies.choices import Area, Evidence, Rater, SizeClass
from companies.models.company import Company
from tibs.accounts.actor import Actor
from tibs.accounts.permissions import Permission
from tibs.core.languages import LANGUAGES
from tibs.core.models import TimestampedModel
from tibs.core.public_ids import PublicIdField

LONGEST_REASON = 1000
NOT_GIVEN = "-"


class AssessmentQuerySet(models.QuerySet["Assessment"]):
    def visible_to(self, actor: Actor) -> "AssessmentQuerySet":
        """Assessments of the firms that the actor's organisations host, and of the actor's own firms.

        What a visitor answers belongs to nobody yet: it is found by its link alone.
        """
        present = self.filter(company__merged_into=None, company__erased_at=None)
        own = Q(company__in=actor.companies)
        if actor.may(Permission.READ_COMPANIES):
            own |= Q(company__host__in=actor.organisations)
        return present.filter(own)

    def drafts(self) -> "AssessmentQuerySet":
        return self.filter(completed_at=None)

    def completed(self) -> "AssessmentQuerySet":
        return self.exclude(completed_at=None)

    def newest_first(self) -> "AssessmentQuerySet":
        """The one that was completed last is first: after a merge, the numbers of two firms stand side by side."""
        return self.order_by("-completed_at", "-pk")

    def newest_of_each_company(self) -> "AssessmentQuerySet":
        """Of each company the one that is first by `newest_first`."""
        return self.order_by("company", "-completed_at", "-pk").distinct("company")


class Assessment(TimestampedModel):
    """One assessment of a firm: T0 when it joins, later ones show what changed.

    Answers are given to one version of the instrument. Once completed, nothing in it changes: the database refuses.
    Without a company it is a visitor's own, found by the link of which `resume_digest` is kept.
    """

    public_id = PublicIdField(prefix="asm")
    company = models.ForeignKey(
        Company,
        verbose_name=_("company"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="assessments",
    )
    instrument_version = models.PositiveSmallIntegerField(_("version of the instrument"))
    number = models.PositiveSmallIntegerField(_("number"), default=0)
    language = models.CharField(_("language"), max_length=2, choices=LANGUAGES, default="en")
    # The firm's own course abroad and its kind of business when it was assessed: like is compared with like.
    stage = models.CharField(_("stage of work abroad"), max_length=20, blank=True)
    sector = models.CharField(_("sector"), max_length=20, blank=True)
    # They are saved as they are chosen: like `Answer.sequence`, so that a late message takes nothing back.
    stage_sequence = models.BigIntegerField(_("sequence of the stage"), default=0)
    sector_sequence = models.BigIntegerField(_("sequence of the sector"), default=0)
    size_class = models.CharField(_("size class"), max_length=10, choices=SizeClass, blank=True)
    resume_digest = models.CharField(_("digest of the resume link"), max_length=64, blank=True)
    expires_at = models.DateTimeField(_("expires at"), null=True, blank=True)
    completed_at = models.DateTimeField(_("completed at"), null=True, blank=True)
    completed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("completed by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    recommended_area = models.CharField(_("recommended area"), max_length=3, choices=Area, blank=True)
    chosen_area = models.CharField(_("chosen area"), max_length=3, choices=Area, blank=True)
    override_reason = models.TextField(_("why another area"), max_length=LONGEST_REASON, blank=True)
    # What the broker answered, as `companies.assessments.coding` writes it on completion: statistics read thousands.
    answer_line = models.TextField(_("answers as one line"), blank=True, editable=False, default="")
    version = models.PositiveIntegerField(_("version"), default=1)

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("assessment")
        verbose_name_plural = _("assessments")
        indexes = [
            models.Index(fields=["company", "-id"], name="companies_assessment_latest"),
            models.Index(
                fields=["expires_at"], condition=Q(completed_at=None), name="companies_assessment_stale"
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["resume_digest"],
                condition=~Q(resume_digest=""),
                name="companies_assessment_resume_once",
                violation_error_message=_("This link belongs to another assessment."),
            ),
            models.CheckConstraint(
                condition=Q(completed_at=None) | Q(company__isnull=False),
                name="companies_assessment_completed_has_company",
                violation_error_message=_("Only the assessment of a company is completed."),
            ),
            models.CheckConstraint(
                condition=Q(completed_at__isnull=False) | Q(chosen_area="", recommended_area=""),
                name="companies_assessment_area_when_completed",
                violation_error_message=_("The area is chosen when the assessment is completed."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.company or self.public_id} T{self.number}"


class AnswerQuerySet(models.QuerySet["Answer"]):
    def given(self) -> "AnswerQuerySet":
        """Those that somebody gave, as `Answer.is_given` says it of one."""
        return self.exclude(applies=True, set_aside=NOT_GIVEN)


class Answer(models.Model):
    """One rater's answer to one item of one area; `area` is empty for the firm as a whole.

    `value` is 0 to 4; none means "I do not know", or "does not apply" where `applies` is false. `sequence` orders
    what one page sent, so that a late or repeated message never takes back a newer answer. `set_aside` is what stood
    here before the whole area was left out: 0 to 4, "dk", or "-" where the question had no answer; the last stays
    when the area is back, for an answer that nobody gave keeps its order only.
    """

    assessment = models.ForeignKey(
        Assessment, verbose_name=_("assessment"), on_delete=models.CASCADE, related_name="answers"
    )
    rater = models.CharField(_("rater"), max_length=6, choices=Rater)
    area = models.CharField(_("area"), max_length=3, choices=Area, blank=True, default=FIRM)
    item = models.CharField(_("item"), max_length=16)
    value = models.PositiveSmallIntegerField(_("answer"), null=True, blank=True)
    applies = models.BooleanField(_("applies"), default=True)
    set_aside = models.CharField(_("set aside"), max_length=2, blank=True, default="")
    evidence = models.CharField(_("evidence"), max_length=10, choices=Evidence, default=Evidence.CLAIMED)
    sequence = models.BigIntegerField(_("sequence"), default=0)
    answered_at = models.DateTimeField(_("answered at"))
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("answered by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    objects = AnswerQuerySet.as_manager()

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "rater", "area", "item"],
                name="companies_answer_once",
                violation_error_message=_("This question is answered already."),
            ),
            models.CheckConstraint(
                condition=Q(value=None) | Q(value__lte=4, applies=True),
                name="companies_answer_on_scale",
                violation_error_message=_("An answer lies between 0 and 4."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.area or '-'} {self.item}: {self.value}"

    @property
    def is_given(self) -> bool:
        """Whether somebody answered, be it that the question does not apply."""
        return not (self.applies and self.set_aside == NOT_GIVEN)

    def as_given(self) -> GivenAnswer:
        """The answer as the scoring takes it."""
        return GivenAnswer(self.area, self.item, self.value, applies=self.applies, evidence=self.evidence)
