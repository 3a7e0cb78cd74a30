"""Deciding by the table of criteria who gets the service."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from companies import events
from companies.choices import CompanyKind, Decision, SizeClass, Stage
from companies.models import Company, Contact, Screening
from companies.screening_criteria import CURRENT, REASONS, Verdict, judge, reason_for
from companies.services.checks import refuse_misfits
from companies.services.files import author, open_file
from companies.services.stages import move_stage
from tibs.accounts.actor import Actor
from tibs.core.errors import BadInputError, WrongStateError
from tibs.events.models import Letter
from tibs.events.recording import record
from tibs.events.services.letters import write_letter

TEMPLATE = "not_eligible"
LONGEST_WORDS = 1000
SCREENED_IN = frozenset({Stage.LEAD, Stage.SCREENING})


@dataclass(frozen=True)
class Answer:
    """What a company that is not eligible hears: a reason (without one, that of the points), the broker's own
    words, and whether it hears this by letter."""

    reason: str = ""
    words: str = ""
    is_sent: bool = True


@transaction.atomic
def decide_screening(
    *,
    company: Company,
    scores: Sequence[int],
    by: Actor,
    comment: str = "",
    answer: Answer = Answer(),
    now: datetime | None = None,
) -> Screening:
    """Decide by the points, 0 to 2 for each criterion in the order of the table; `comment` stays inside.

    Eligible: the company stands in screening and may be enrolled. Not eligible: it goes to that stage, and its
    contact gets a kind letter.
    """
    company = open_file(company, by)
    if company.stage not in SCREENED_IN:
        raise WrongStateError(
            _("Only a lead or a company in screening is screened. Move it to screening first.")
        )
    verdict = verdict_of(company, scores)
    screening = Screening(
        company=company,
        criteria_version=CURRENT.version,
        scores=list(scores),
        decision=Decision.ELIGIBLE if verdict.is_eligible else Decision.NOT_ELIGIBLE,
        reason="" if verdict.is_eligible else chosen_reason(scores, answer.reason),
        comment=comment.strip(),
        made_by=author(by),
    )
    refuse_misfits(screening, exclude=["company", "made_by"])
    company = move_stage(company=company, to=Stage.SCREENING, by=by, now=now)
    screening.save(force_insert=True)
    facts = {"decision": screening.decision, "reason": screening.reason, "points": verdict.total}
    record(events.SCREENED, about=screening, by=by, company_id=company.public_id, facts=facts)
    if not verdict.is_eligible:
        move_stage(company=company, to=Stage.NOT_ELIGIBLE, by=by, now=now)
        _write(company, screening, by, answer)
    return screening


def verdict_of(company: Company, scores: Sequence[int]) -> Verdict:
    """What the points come to. What is known to be no SME cannot be given points for being one."""
    try:
        verdict = judge(scores)
    except ValueError as error:
        raise BadInputError(_("Give 0, 1 or 2 points for each criterion.")) from error
    is_no_sme = company.kind != CompanyKind.SME or company.size_class == SizeClass.LARGE
    if is_no_sme and scores[0]:
        no_sme = _("By its facts this is no small or medium-sized enterprise. Correct the facts first.")
        raise BadInputError(no_sme, fields={CURRENT.criteria[0].code: no_sme})
    return verdict


def chosen_reason(scores: Sequence[int], reason: str) -> str:
    """The reason that a broker chose, else the one that the points give."""
    if reason and reason not in REASONS:
        unknown = _("There is no such reason.")
        raise BadInputError(unknown, fields={"reason": unknown})
    return reason or reason_for(scores)


def recipient(company: Company) -> Contact | None:
    """Whom letters to a company go to: the contact to be asked first, else the one known longest."""
    return company.contacts.exclude(email="").order_by("-is_primary", "id").first()


def refusal_letter(company: Company, to: Contact, reason: str, by: Actor, words: str = "") -> Letter:
    """The letter as it would be written now; not stored, for the preview and for writing it."""
    with override(to.language):
        context = {
            "name": to.name,
            "company": company.name,
            "reason": str(REASONS[reason].to_company),
            "referral": str(REASONS[reason].referral),
            "words": words.strip(),
            "broker": by.name,
            "host": company.host.name,
        }
    return Letter(template=TEMPLATE, to_address=to.email, language=to.language, context=context)


def _write(company: Company, screening: Screening, by: Actor, answer: Answer) -> None:
    if len(answer.words) > LONGEST_WORDS:
        too_long = _("Please say it in at most 1,000 characters.")
        raise BadInputError(too_long, fields={"words": too_long})
    to = recipient(company) if answer.is_sent else None
    if to is None:
        return
    letter = refusal_letter(company, to, screening.reason, by, answer.words)
    write_letter(
        template=letter.template,
        to=letter.to_address,
        language=letter.language,
        context=letter.context,
        company_id=company.public_id,
        key=f"{TEMPLATE}:{company.public_id}:{screening.pk}",
    )
