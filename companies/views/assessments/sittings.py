"""Who sits at an assessment, as what, and under which addresses."""

from dataclasses import dataclass
from functools import cached_property

from django.urls import reverse
from django.utils.translation import get_language

from companies.assessments.changes import Gap, gaps
from companies.assessments.instrument import Instrument
from companies.assessments.sheets import Answer as GivenAnswer
from companies.assessments.versions import instrument
from companies.assessments.words import Words, words
from companies.choices import Rater
from companies.models import Answer, Assessment
from companies.services.assessments.coming_back import resume_link
from tibs.accounts.actor import Actor

FIRM_PART, QUICK_PART = "firm", "quick"


@dataclass(frozen=True)
class Sitting:
    """An assessment with the person who answers it.

    `token` is that of the link that brings a visitor without an account back; people who sign in have none.
    """

    assessment: Assessment
    rater: str
    actor: Actor
    token: str = ""

    @cached_property
    def instrument(self) -> Instrument:
        return instrument(self.assessment.instrument_version)

    @cached_property
    def words(self) -> Words:
        return words(self.instrument, get_language() or "en")

    @cached_property
    def answers(self) -> dict[tuple[str, str, str], Answer]:
        """Every answer of the assessment by rater, area and item; one query."""
        kept = self.assessment.answers.all()
        return {(one.rater, one.area, one.item): one for one in kept if one.is_given}

    @property
    def is_broker(self) -> bool:
        return self.rater == Rater.BROKER

    @property
    def is_public(self) -> bool:
        return bool(self.token)

    @property
    def resume_link(self) -> str:
        """The address that brings a visitor back."""
        return resume_link(self.token)

    @property
    def resume_path(self) -> str:
        """The same within this site."""
        return reverse("self_assessment_resume", args=[self.token])

    @property
    def density(self) -> str:
        """The class of the page: brokers work here daily, firms come once."""
        return "dense" if self.is_broker else ""

    @property
    def is_open(self) -> bool:
        return self.assessment.completed_at is None

    @property
    def parts(self) -> tuple[str, ...]:
        """The pages of the questionnaire: the firm, the quick scan, and for brokers each area in full."""
        return (FIRM_PART, QUICK_PART, *(self.instrument.area_codes if self.is_broker else ()))

    @property
    def key(self) -> str:
        """Whose answers a page holds: this assessment's, from this person. Devices keep them under this name.

        A visitor's link is all that tells whose answers they are: who signs in or out meanwhile goes on with them.
        """
        if self.is_public:
            return f"{self.assessment.public_id}:{self.rater}"
        return f"{self.assessment.public_id}:{self.rater}:{self.actor.id}"

    def url(self, name: str, *args: str) -> str:
        if self.is_public:
            return reverse(f"self_assessment_{name}", args=args)
        return reverse(f"assessment_{name}", args=[self.assessment.public_id, *args])

    @property
    def answer_url(self) -> str:
        return self.url("answer")

    @property
    def result_url(self) -> str:
        return self.url("result")

    def part_url(self, part: str) -> str:
        return self.url("part", part)

    def own(self, area: str, item: str) -> Answer | None:
        """What this rater answered."""
        return self.answers.get((self.rater, area, item))

    def given(self, rater: str) -> list[GivenAnswer]:
        """What one rater answered, as the scoring takes it."""
        return [one.as_given() for (by, _, _), one in self.answers.items() if by == rater]

    @cached_property
    def gaps(self) -> dict[tuple[str, str], Gap]:
        """What broker and firm answered too far apart, by area and item, for the broker, who talks about it."""
        if not self.is_broker:
            return {}
        found = gaps(self.given(Rater.SELF), self.given(Rater.BROKER), self.instrument)
        return {(gap.area, gap.item): gap for gap in found}

    def other(self, area: str, item: str) -> Answer | None:
        """What the firm answered, for its broker."""
        return self.answers.get((Rater.SELF, area, item)) if self.is_broker else None
