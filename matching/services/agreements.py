"""Agreements: written, confirmed by both firms in their exact words, and validated by a third party."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from companies.choices import Purpose
from companies.models import Company, Consent
from companies.policies import can_decide_for_company, require
from companies.selectors import accounts_of
from companies.services.checks import refuse_misfits
from companies.services.conflicts import ChangedMeanwhileError
from companies.services.files import author
from matching import events, sides
from matching.agreement_words import WORDS, State, has_stated, state_of, stated_by, words_hash
from matching.choices import LONGEST_NOTE
from matching.cooperation_stages import Turn
from matching.handshake import Side
from matching.models import Agreement, AgreementStatement, Cooperation
from matching.models.cooperation import CONFIRM, CORRECT, VALIDATE
from matching.notices import cooperations as notices
from matching.policies import can_validate, can_work_on_cooperation
from matching.services import cooperations
from matching.services.cooperations import held, held_open
from matching.services.follow_ups import plan_follow_ups
from matching.services.introductions.identity import leaks_in
from matching.services.telling import record_for_both, settle_all, tell, tell_both
from matching.services.third_parties import ask_third_party, stop_asking
from tibs.accounts.actor import Actor
from tibs.accounts.models import User
from tibs.core.errors import BadInputError, WrongStateError

TEXTS = ("subject", "benefit", "public_text")


@transaction.atomic
def write_agreement(
    *,
    cooperation: Cooperation,
    values: Mapping[str, Any],
    version: int | None = None,
    by: Actor,
    now: datetime | None = None,
) -> Agreement:
    """Write down what was agreed (`values` by the names of WORDS), or correct it until it is validated.

    Other words than those that a firm has confirmed are to be confirmed anew, by both. ChangedMeanwhileError unless
    `version` is the one that was read, 0 where there was none; without it nobody has read another one.
    """
    now = now or timezone.now()
    cooperation = held_open(cooperation)
    require(can_work_on_cooperation(by, cooperation))
    agreement = Agreement.objects.filter(cooperation=cooperation).first() or Agreement(
        cooperation=cooperation
    )
    if version is not None and version != (agreement.version if agreement.pk else 0):
        raise ChangedMeanwhileError(agreement)
    for name in WORDS:
        if name in values:
            setattr(agreement, name, values[name])
    _refuse(agreement, cooperation, now)
    agreement.text_hash = words_hash(agreement)
    agreement.returned_note, agreement.returned_for = "", None
    agreement.version += agreement.pk is not None
    agreement.save()
    cooperations.turn(cooperation, Turn.AGREEMENT_WRITTEN)
    cooperations.save(cooperation, ["status"])
    record_for_both(events.AGREEMENT_WRITTEN, cooperation, by)
    ask_for_statements(agreement, by, now)
    return agreement


@transaction.atomic
def state_agreement(
    *,
    agreement: Agreement,
    company: Company,
    signer: str,
    shown_hash: str,
    by: Actor,
    now: datetime | None = None,
) -> AgreementStatement:
    """A firm confirms the exact words that it was shown; its broker may write down a yes given by phone."""
    now = now or timezone.now()
    agreement = held_agreement(agreement)
    require(company in sides.companies_of(agreement.cooperation) and can_decide_for_company(by, company))
    refuse_other_words(agreement, shown_hash)
    if not signer.strip():
        missing = _("Say who confirms this for the company.")
        raise BadInputError(missing, fields={"signer": missing})
    if has_stated(agreement, company):
        raise WrongStateError(_("This company has confirmed these words already."))
    statement = AgreementStatement(
        agreement=agreement,
        company=company,
        signer=signer.strip(),
        text_hash=shown_hash,
        at=now,
        is_noted_by_broker=company.pk not in by.companies,
        actor_id=by.id,
    )
    refuse_misfits(statement, exclude=["agreement", "company"])
    statement.save(force_insert=True)
    record_for_both(events.AGREEMENT_STATED, agreement.cooperation, by, facts={"company": company.public_id})
    settle_all(agreement.cooperation, now, key="to_state:", company=company)
    if statement.is_noted_by_broker:
        _tell_of_noted_yes(statement, agreement, by)
    if state_of(agreement) == State.TO_VALIDATE:
        ask_third_party(agreement, now)
        owner = agreement.cooperation.owner
        cooperations.wait_some_days_for(agreement.cooperation, VALIDATE, owner, now)
    return statement


@transaction.atomic
def validate_agreement(*, agreement: Agreement, by: Actor, now: datetime | None = None) -> Agreement:
    """A third party finds that the agreement is one: from now on it counts, and its follow-ups are planned."""
    now = now or timezone.now()
    agreement = held_agreement(agreement)
    cooperation = agreement.cooperation
    require(can_validate(by, cooperation))
    if state_of(agreement) != State.TO_VALIDATE or agreement.text_hash != words_hash(agreement):
        raise WrongStateError(_("Both companies confirm the agreement first, in the same words."))
    agreement.validated_by, agreement.validated_at = author(by), now
    agreement.save(update_fields=["validated_by", "validated_at", "updated_at"])
    cooperations.turn(cooperation, Turn.AGREEMENT_VALIDATED)
    cooperations.finish(cooperation, now, [])
    companies = sides.companies_of(cooperation)
    keys = [company.pk for company in companies]
    Company.objects.filter(pk__in=keys, first_agreement_at=None).update(first_agreement_at=now)
    plan_follow_ups(agreement)
    record_for_both(events.AGREEMENT_VALIDATED, cooperation, by)
    tell_both(notices.VALIDATED, cooperation, key="validated", by=by)
    return agreement


@transaction.atomic
def return_agreement(*, agreement: Agreement, note: str, by: Actor, now: datetime | None = None) -> Agreement:
    """A third party sends an agreement back with a question; both sides correct it and confirm it again."""
    now = now or timezone.now()
    agreement = held_agreement(agreement)
    require(can_validate(by, agreement.cooperation))
    if state_of(agreement) != State.TO_VALIDATE:
        raise WrongStateError(_("Both companies confirm the agreement first, in the same words."))
    send_back(agreement, note, agreement.cooperation.owner, now)
    record_for_both(events.AGREEMENT_RETURNED, agreement.cooperation, by)
    brokers = cooperations.brokers_of(agreement.cooperation)
    tell(
        notices.RETURNED,
        agreement.cooperation,
        key=f"returned:{agreement.version}",
        to=brokers,
        by=by,
        url=address_of(agreement),
    )
    return agreement


def send_back(
    agreement: Agreement, note: str, owner: User, now: datetime, *, company: Company | None = None
) -> None:
    """Put why the words of a held agreement do not hold into it, and let `owner` correct them; `company` is the firm
    that says so. Nobody is asked to confirm or to validate them any more."""
    if not note.strip() or len(note.strip()) > LONGEST_NOTE:
        missing = _("Say in at most 600 characters what is missing.")
        raise BadInputError(missing, fields={"note": missing})
    agreement.returned_note, agreement.returned_for = note.strip(), company
    agreement.version += 1
    agreement.save(update_fields=["returned_note", "returned_for", "version", "updated_at"])
    stop_asking(agreement, now)
    settle_all(agreement.cooperation, now, key="to_state:")
    cooperations.wait_some_days_for(agreement.cooperation, CORRECT, owner, now)


def held_agreement(agreement: Agreement) -> Agreement:
    """The agreement as it stands now, its cooperation locked; WrongStateError once it is validated."""
    cooperation = held(agreement.cooperation)
    agreement = Agreement.objects.select_related("evidence", "returned_for").get(pk=agreement.pk)
    agreement.cooperation = cooperation
    if agreement.validated_at:
        raise WrongStateError(_("This agreement is validated and does not change any more."))
    cooperations.require_open(cooperation)
    return agreement


def refuse_other_words(agreement: Agreement, shown_hash: str) -> None:
    """A firm answers to the words as they stand, not while they are corrected."""
    if shown_hash != agreement.text_hash:
        raise WrongStateError(
            _("The words have changed meanwhile. Please read them again."), code="text_changed"
        )
    if state_of(agreement) == State.RETURNED:
        raise WrongStateError(_("These words are being corrected. Then both firms are asked again."))


def ask_for_statements(agreement: Agreement, by: Actor, now: datetime) -> None:
    """Ask whoever has not confirmed the words as they stand; what waited for somebody before is settled.

    Words that came back as both had confirmed them go to the third party again.
    """
    cooperation = agreement.cooperation
    for before in ("to_state:", "returned:"):
        settle_all(cooperation, now, key=before)
    stop_asking(agreement, now)
    if state_of(agreement) == State.TO_VALIDATE:
        ask_third_party(agreement, now)
        cooperations.wait_some_days_for(cooperation, VALIDATE, cooperation.owner, now)
        return
    key, done = f"to_state:{agreement.version}:{agreement.text_hash[:16]}", stated_by(agreement)
    for side in (Side.SENDER, Side.RECEIVER):
        if sides.company_of(cooperation, side).pk not in done:
            to = sides.people_of(cooperation, side)
            tell(notices.TO_STATE, cooperation, key=key, to=to, by=by, url=address_of(agreement))
    cooperations.wait_some_days_for(cooperation, CONFIRM, cooperation.owner, now)


def address_of(agreement: Agreement) -> str:
    """The page of an agreement, for both sides."""
    return reverse("agreement", args=[agreement.public_id])


def _tell_of_noted_yes(statement: AgreementStatement, agreement: Agreement, by: Actor) -> None:
    """The people of the firm read which yes their broker wrote down for them."""
    people, key = accounts_of(statement.company), f"noted:{statement.pk}"
    tell(notices.NOTED, agreement.cooperation, key=key, to=people, by=by, url=address_of(agreement))


def lacks_story_consent(cooperation: Cooperation) -> list[Company]:
    """The firms that do not allow a story about them at this moment."""
    allowed = Consent.objects.in_force(Purpose.SUCCESS_STORY)
    keys = set(allowed.filter(company__in=sides.companies_of(cooperation)).values_list("company", flat=True))
    return [company for company in sides.companies_of(cooperation) if company.pk not in keys]


def _refuse(agreement: Agreement, cooperation: Cooperation, now: datetime) -> None:
    refuse_misfits(agreement, exclude=["cooperation", "evidence", "validated_by"])
    problems: dict[str, str | Promise] = dict(_leaks(agreement, cooperation))
    if agreement.signed_date > timezone.localdate(now):
        problems["signed_date"] = _("An agreement that is not signed yet cannot be written down.")
    if agreement.valid_until and agreement.valid_until < agreement.signed_date:
        problems["valid_until"] = _("An agreement ends after it was signed.")
    if agreement.is_publishable and lacks_story_consent(cooperation):
        problems["is_publishable"] = _("Both companies have to agree to a success story first.")
    if problems:
        raise BadInputError(next(iter(problems.values())), fields=problems)


def _leaks(agreement: Agreement, cooperation: Cooperation) -> Iterator[tuple[str, str]]:
    """Each text by which a broker of another organisation could find one of the two firms, and the telling words."""
    companies = sides.companies_of(cooperation)
    for name in TEXTS:
        named = [word for company in companies for word in leaks_in(getattr(agreement, name), company)]
        if named:
            words = {"words": ", ".join(dict.fromkeys(named))}
            yield name, _("This gives away who the company is: %(words)s.") % words
