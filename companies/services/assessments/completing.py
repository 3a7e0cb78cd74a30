"""Completing an assessment: from then on it is final."""

from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from companies import events
from companies.assessments.coding import coded
from companies.assessments.results import Gate, Result, result_of
from companies.assessments.sheets import Answer
from companies.assessments.versions import instrument
from companies.choices import Rater
from companies.models import Assessment, Company
from companies.models.assessment import LONGEST_REASON
from companies.services.assessments.answering import open_assessment
from companies.services.files import author, open_file
from tibs.accounts.actor import Actor
from tibs.core.errors import BadInputError, WrongStateError
from tibs.events.recording import record


class FirmUnknownError(WrongStateError):
    """Too few questions about the firm as a whole are answered to say what it is ready for."""

    code = "firm_unknown"


class RankingChangedError(WrongStateError):
    """Another area leads now than the one that its broker saw."""

    code = "ranking_changed"


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
    seen: str | None = None,
    now: datetime | None = None,
) -> Assessment:
    """Complete with the recommended area, or with another one for a written reason; both are kept.

    `seen` is the area that was recommended where its broker decided: RankingChangedError where another one leads now.
    WrongStateError as long as the broker's answers rank no area, FirmUnknownError as long as they do not say what the
    firm is ready for; ReasonMissingError without a reason for another area.
    """
    now = now or timezone.now()
    found, company = _locked(assessment, by)
    result, reason = result_for(found), reason.strip()
    recommended = _recommended(result)
    if seen is not None and seen != recommended:
        raise RankingChangedError(
            _(
                "The ranking has changed since you saw it. Look at it again before you complete the assessment."
            )
        )
    chosen = chosen_area or recommended
    _refuse_reason_alone(chosen_area, reason)
    _refuse_choice(result, chosen, recommended, reason)
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


def _locked(assessment: Assessment, by: Actor) -> tuple[Assessment, Company]:
    """Both as they stand. The company is locked first, so that no profile is published by the assessment before."""
    if assessment.company is None:
        raise WrongStateError(_("Only the assessment of a company is completed."))
    company = open_file(assessment.company, by)
    found = open_assessment(assessment, by, Rater.BROKER)
    if found.company_id != company.pk:
        raise WrongStateError(_("This company was merged into another one. Work there."), code="merged")
    return found, company


def _given(assessment: Assessment, rater: str) -> list[Answer]:
    """What the rater answered; a question whose answer was set aside while it had none is none."""
    kept = assessment.answers.all()
    return [answer.as_given() for answer in kept if answer.rater == rater and answer.is_given]


def _recommended(result: Result) -> str:
    if result.winner is None or result.winner.untapped is None:
        raise WrongStateError(
            _("There are too few answers to rank an area. Answer all blocks of at least one area."),
            code="too_few_answers",
        )
    if result.gate is Gate.UNKNOWN:
        raise FirmUnknownError(_("Answer the questions about the firm first."))
    return result.winner.code


def _refuse_reason_alone(chosen_area: str, reason: str) -> None:
    if reason and not chosen_area:
        sentence = _("Choose the area that this reason is for.")
        raise BadInputError(sentence, fields={"area": sentence})


def _refuse_choice(result: Result, chosen: str, recommended: str, reason: str) -> None:
    if chosen not in {area.code for area in result.areas}:
        raise BadInputError(_("This area is not one of the assessment."))
    if not result.area(chosen).can_be_chosen:
        sentence = _("Too few barriers of this area are answered to choose it.")
        raise BadInputError(sentence, fields={"area": sentence})
    if chosen != recommended and not reason:
        sentence = _("Say why another area than the recommended one is chosen.")
        raise ReasonMissingError(sentence, fields={"reason": sentence})
    if len(reason) > LONGEST_REASON:
        sentence = _("Please say it in at most 1,000 characters.")
        raise BadInputError(sentence, fields={"reason": sentence})
