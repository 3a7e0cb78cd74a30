"""Giving and withdrawing consent: two entries of one ledger, as easy one as the other."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from companies import events
from companies.choices import Purpose
from companies.consent_texts import text_hash, words_of
from companies.models import Company, Consent, ConsentText
from companies.policies import can_decide_for_company, require
from companies.selectors import foreign_broker
from tibs.accounts.actor import Actor
from tibs.core.errors import BadInputError, WrongStateError
from tibs.core.languages import LANGUAGE_CODES
from tibs.core.months import months_after
from tibs.events.recording import record
from tibs.figures import CONSENT_LIFE_MONTHS

SEEN_IN_PUBLIC = frozenset({Purpose.PUBLISH_ANONYMOUS, Purpose.SYNDICATE})


def give_consent(
    *,
    company: Company,
    purpose: Purpose,
    language: str,
    by: Actor,
    recipient_id: str = "",
    shown_hash: str = "",
    now: datetime | None = None,
) -> Consent:
    """Record that the company agreed to the text for `purpose` as shown in `language`; it counts for two years.

    `recipient_id` is the public id of the foreign broker who is named, and belongs to that purpose alone. Where
    `shown_hash` says which words were on the page, other words are refused with WrongStateError.
    """
    if purpose == Purpose.SHARE_WITH_BROKER and not foreign_broker(company, recipient_id):
        reason = _("Choose a broker in another country.")
        raise BadInputError(reason, fields={"recipient": reason})
    if shown_hash and language in LANGUAGE_CODES and shown_hash != text_hash(purpose, language):
        raise WrongStateError(_("The text has changed meanwhile. Please read it again."), code="text_changed")
    return _enter(company, purpose, language, by, recipient_id, now, is_given=True)


def withdraw_consent(
    *,
    company: Company,
    purpose: Purpose,
    language: str,
    by: Actor,
    recipient_id: str = "",
    now: datetime | None = None,
) -> Consent:
    """Record the withdrawal. Lists, searches and running matchings leave the company out from the commit on."""
    return _enter(company, purpose, language, by, recipient_id, now, is_given=False)


@transaction.atomic
def _enter(
    company: Company,
    purpose: Purpose,
    language: str,
    by: Actor,
    recipient_id: str,
    now: datetime | None,
    *,
    is_given: bool,
) -> Consent:
    require(can_decide_for_company(by, company))
    company = _as_it_stands(company)
    now = now or timezone.now()
    if language not in LANGUAGE_CODES:
        reason = _("The text of this consent does not exist in that language.")
        raise BadInputError(reason, fields={"language": reason})
    if recipient_id and purpose != Purpose.SHARE_WITH_BROKER:
        reason = _("Only the sharing of a file names a broker.")
        raise BadInputError(reason, fields={"recipient": reason})
    consent = Consent.objects.create(
        company=company,
        purpose=purpose,
        is_given=is_given,
        text_hash=_kept_text(purpose, language, now),
        language=language,
        at=now,
        valid_until=months_after(now, CONSENT_LIFE_MONTHS) if is_given else None,
        recipient_id=recipient_id,
        is_noted_by_broker=company.pk not in by.companies,
        actor_id=by.id,
    )
    if purpose in SEEN_IN_PUBLIC:
        # Whoever keeps a copy of the published profiles asks for what changed.
        company.profiles.update(updated_at=consent.at)
    event = events.CONSENT_GIVEN if is_given else events.CONSENT_WITHDRAWN
    facts = {"purpose": purpose} | ({"recipient": recipient_id} if recipient_id else {})
    record(event, about=company, by=by, company_id=company.public_id, facts=facts)
    return consent


def _as_it_stands(company: Company) -> Company:
    """The company, locked; for an entry that was merged a moment ago the company to which it belongs now."""
    found = Company.objects.locked().get(pk=company.pk)
    return _as_it_stands(found.merged_into) if found.merged_into else found


def _kept_text(purpose: Purpose, language: str, now: datetime) -> str:
    """The hash of the words of today, which are kept from their first use on."""
    digest = text_hash(purpose, language)
    ConsentText.objects.get_or_create(
        hash=digest,
        defaults={
            "purpose": purpose,
            "language": language,
            "words": words_of(purpose, language),
            "first_used_at": now,
        },
    )
    return digest
