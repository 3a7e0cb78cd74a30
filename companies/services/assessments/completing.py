"""Completing an assessment: from then on it is final."""

from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from companies import events
from companies.assessments.coding import coded
from companies.assessments.results import Result, result_of
from companies.assessments.sheets import Answer
from companies.assessments.versions import instrument
from companies.choices import Rater
from companies.models import Assessment, Company
from companies.models.assessment import LONGEST_REASON
from companies.policies import can_assess, require
from companies.services.assessments.answering import open_assessment
from companies.services.files import author
from tibs.accounts.actor import Actor
from tibs.core.errors import BadInputError, WrongStateError
from tibs.events.recording import record


class ReasonMissingError(BadInputError):
    """Another area than the recommended one was chosen without saying why."""

    code = "reason_missing"


def result_for(assessment: Assessment, rater: str = Rater.BROKER) -> Result:
    """What one rater's answers say, by the instrument that they were given to."""
    return result_of(_given(assessment, rater), instrument(assessment.instrument_version))


@transaction.atomic
def complete_assessment(
    *,
    assessment: Assessment,
    by: Actor,
    chosen_area: str = "",
    reason: str = "",
    now: datetime | None = None,
) -> Assessment:
    """Complete with the recommended area, or with another one for a written reason; both are kept.

    WrongStateError as long as the broker's answers rank no area; ReasonMissingError without a reason for another.
    """
    now = now or timezone.now()
    found = open_assessment(assessment, by, Rater.BROKER)
    company = found.company
    if company is None:
        raise WrongStateError(_("Only the assessment of a company is completed."))
    require(can_assess(by, company))
    recommended = _recommended(found)
    chosen, reason = chosen_area or recommended, reason.strip()
    _refuse_choice(found, chosen, recommended, reason)
    found.recommended_area, found.chosen_area = recommended, chosen
    found.override_reason = reason if chosen != recommended else ""
    found.size_class = company.size_class
    found.answer_line = coded(_given(found, Rater.BROKER), instrument(found.instrument_version))
    found.completed_at, found.completed_by, found.resume_digest = now, author(by), ""
    found.version += 1
    found.save()
    Company.objects.filter(pk=company.pk, first_assessed_at=None).update(
        first_assessed_at=now, version=F("version") + 1
    )
    record(
        events.ASSESSMENT_COMPLETED,
        about=found,
        by=by,
        company_id=company.public_id,
        facts={"recommended": recommended, "chosen": chosen, "number": found.number},
    )
    return found


def _given(assessment: Assessment, rater: str) -> list[Answer]:
    return [answer.as_given() for answer in assessment.answers.all() if answer.rater == rater]


def _recommended(assessment: Assessment) -> str:
    result = result_for(assessment)
    if result.winner is None or result.winner.untapped is None:
        raise WrongStateError(
            _("There are too few answers to rank an area. Answer all blocks of at least one area."),
            code="too_few_answers",
        )
    return result.winner.code


def _refuse_choice(assessment: Assessment, chosen: str, recommended: str, reason: str) -> None:
    if chosen not in instrument(assessment.instrument_version).area_codes:
        raise BadInputError(_("This area is not one of the assessment."))
    if chosen != recommended and not reason:
        sentence = _("Say why another area than the recommended one is chosen.")
        raise ReasonMissingError(sentence, fields={"reason": sentence})
    if len(reason) > LONGEST_REASON:
        sentence = _("Please say it in at most 1,000 characters.")
        raise BadInputError(sentence, fields={"reason": sentence})
