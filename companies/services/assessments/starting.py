"""Beginning an assessment: with a company, as a visitor, or anew from the last one."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from companies import events
from companies.assessments.instrument import FIRM
from companies.assessments.versions import LATEST, instrument
from companies.choices import Rater
from companies.models import Answer, Assessment, Company
from companies.policies import can_assess, can_rate_own_company, require
from companies.services.assessments.answering import answered_assessment, order_of
from companies.services.assessments.left_out import bring_back_answered_areas, told_apart
from tibs.accounts.actor import Actor
from tibs.core.errors import BadInputError, WrongStateError
from tibs.core.secrets import new_token
from tibs.events.recording import record
from tibs.figures import DRAFT_ASSESSMENT_LIFE


@transaction.atomic
def start_assessment(
    *, company: Company, by: Actor, language: str = "en", now: datetime | None = None
) -> Assessment:
    """Begin the next assessment of a company, with the newest instrument; the one that is open already, if any."""
    company = _open(company, by)
    if open_draft := company.assessments.drafts().order_by("-id").first():
        return open_draft
    made = Assessment.objects.create(
        company=company,
        instrument_version=LATEST,
        number=_next_number(company),
        language=language,
        size_class=company.size_class,
        expires_at=(now or timezone.now()) + DRAFT_ASSESSMENT_LIFE,
    )
    record(
        events.ASSESSMENT_STARTED,
        about=made,
        by=by,
        company_id=company.public_id,
        facts={"instrument": LATEST, "number": made.number},
    )
    return made


@transaction.atomic
def repeat_assessment(*, assessment: Assessment, by: Actor, now: datetime | None = None) -> Assessment:
    """Begin the next assessment with the answers of a completed one, for its broker to go through again.

    One that is open already takes what nobody answered in it yet. Answers to items that its instrument does not ask
    are left behind.
    """
    if assessment.completed_at is None or assessment.company is None:
        raise WrongStateError(_("Only a completed assessment can be repeated."))
    company = _open(assessment.company, by)
    # The answers come along in the broker's name, too.
    require(can_assess(by, company))
    made = start_assessment(company=company, by=by, language=assessment.language, now=now)
    made = answered_assessment(made, by, "", now or timezone.now())
    made.stage, made.sector = made.stage or assessment.stage, made.sector or assessment.sector
    made.save(update_fields=["stage", "sector", "updated_at"])
    asked = instrument(made.instrument_version)
    earlier = [one for one in assessment.answers.order_by("id") if asked.asks(one.area, one.item)]
    if taken := _missing_in(made, earlier):
        Answer.objects.bulk_create(_copy(one, made) for one in taken)
        _bring_back(made)
        record(
            events.ASSESSMENT_REPEATED,
            about=made,
            by=by,
            company_id=company.public_id,
            facts={"from": assessment.public_id},
        )
    made.refresh_from_db()
    return made


@transaction.atomic
def start_public_assessment(
    *, language: str, by: Actor, now: datetime | None = None
) -> tuple[Assessment, str]:
    """Begin a visitor's self-assessment; the token of its link is given once, only its digest is kept."""
    token, digest = new_token()
    made = Assessment.objects.create(
        instrument_version=LATEST,
        language=language,
        resume_digest=digest,
        expires_at=(now or timezone.now()) + DRAFT_ASSESSMENT_LIFE,
    )
    record(events.ASSESSMENT_STARTED, about=made, by=by, facts={"instrument": LATEST})
    return made, token


@transaction.atomic
def adopt_assessment(
    *, assessment: Assessment, company: Company, by: Actor, now: datetime | None = None
) -> Assessment:
    """Make a visitor's answers part of the company that registered with them; its link ends.

    Where the company has an open assessment, the visitor's answers, stage and sector go there unless the firm answered
    already. The time after which open answers are deleted begins anew.
    """
    expires_at = (now or timezone.now()) + DRAFT_ASSESSMENT_LIFE
    # The company first, as everything that changes a company does.
    company = Company.objects.locked().get(pk=company.pk)
    found = Assessment.objects.select_for_update(of=["self"]).get(pk=assessment.pk)
    if found.company_id is not None or found.completed_at is not None:
        raise WrongStateError(_("This self-assessment belongs to a company already."))
    open_draft = company.assessments.drafts().select_for_update(of=["self"]).order_by("-id").first()
    if open_draft is None:
        found.company, found.number = company, _next_number(company)
        found.size_class, found.resume_digest = company.size_class, ""
        found.expires_at = expires_at
        found.save(
            update_fields=["company", "number", "size_class", "resume_digest", "expires_at", "updated_at"]
        )
        kept = found
    else:
        _join_answers(found, open_draft)
        open_draft.stage = open_draft.stage or found.stage
        open_draft.sector = open_draft.sector or found.sector
        open_draft.expires_at = expires_at
        open_draft.save(update_fields=["stage", "sector", "expires_at", "updated_at"])
        found.delete()
        kept = open_draft
    record(events.ASSESSMENT_ADOPTED, about=kept, by=by, company_id=company.public_id)
    return kept


@transaction.atomic
def describe_firm(
    *,
    assessment: Assessment,
    by: Actor,
    stage: str | None = None,
    sector: str | None = None,
    sequence: int | None = None,
    now: datetime | None = None,
) -> Assessment:
    """Note the firm's course abroad and kind of business, by codes of the instrument; empty where unknown.

    What is not given stays. `sequence` is that of `answer_item`: an older message changes nothing.
    """
    now = now or timezone.now()
    found = answered_assessment(assessment, by, "", now)
    asked = instrument(found.instrument_version)
    if stage and stage not in asked.stages:
        raise BadInputError(
            _("This stage is not in the list."), fields={"stage": _("Choose one of the list.")}
        )
    if sector and sector not in asked.sectors:
        raise BadInputError(
            _("This sector is not in the list."), fields={"sector": _("Choose one of the list.")}
        )
    if stage is not None and (order := order_of(sequence, now, found.stage_sequence)) > found.stage_sequence:
        found.stage, found.stage_sequence = stage, order
    if (
        sector is not None
        and (order := order_of(sequence, now, found.sector_sequence)) > found.sector_sequence
    ):
        found.sector, found.sector_sequence = sector, order
    found.save(update_fields=["stage", "stage_sequence", "sector", "sector_sequence", "updated_at"])
    return found


def _open(company: Company, by: Actor) -> Company:
    found: Company = Company.objects.locked().get(pk=company.pk)
    require(can_assess(by, found) or can_rate_own_company(by, found))
    if found.merged_into_id or found.erased_at:
        raise WrongStateError(_("This company is not worked on any more."))
    return found


def _join_answers(visit: Assessment, draft: Assessment) -> None:
    """Let the firm's draft have what the visitor answered, but for what the firm answered already."""
    for answer in _missing_in(draft, visit.answers.order_by("id")):
        answer.assessment = draft
        answer.save(update_fields=["assessment"])
    _bring_back(draft)


def _missing_in(draft: Assessment, others: Iterable[Answer]) -> list[Answer]:
    """Those of other answers that nobody gave in a draft; what only keeps an order there makes room for them."""
    there = {(one.rater, one.area, one.item): one for one in draft.answers.all()}
    found = []
    for answer in others:
        kept = there.get((answer.rater, answer.area, answer.item))
        if kept is not None and (kept.is_given or not answer.is_given):
            continue
        if kept is not None:
            kept.delete()
        found.append(answer)
    return found


def _copy(answer: Answer, made: Assessment) -> Answer:
    """The same answer in another assessment, where any new one is newer."""
    return Answer(
        assessment=made,
        rater=answer.rater,
        area=answer.area,
        item=answer.item,
        value=answer.value,
        applies=answer.applies,
        set_aside=answer.set_aside,
        evidence=answer.evidence,
        answered_at=answer.answered_at,
        answered_by=answer.answered_by,
    )


def _bring_back(draft: Assessment) -> None:
    """An area that one of two joined sheets answers is there, though the other left it out."""
    asked = told_apart(instrument(draft.instrument_version))
    for rater in Rater.values:
        there = draft.answers.given().filter(rater=rater, applies=True, item__in=asked).exclude(area=FIRM)
        bring_back_answered_areas(draft, rater, there.values_list("area", flat=True))


def _next_number(company: Company) -> int:
    last = company.assessments.order_by("-number").values_list("number", flat=True).first()
    return 0 if last is None else last + 1
