"""Giving and withdrawing consent: two entries of one ledger, as easy one as the other."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from companies import events
from companies.choices import Purpose
from companies.consent_texts import text_hash
from companies.models import Company, Consent
from companies.policies import can_decide_for_company, require
from tibs.accounts.actor import Actor
from tibs.core.errors import BadInputError
from tibs.core.languages import LANGUAGE_CODES
from tibs.events.recording import record

SEEN_IN_PUBLIC = frozenset({Purpose.PUBLISH_ANONYMOUS, Purpose.SYNDICATE})


def give_consent(*, company: Company, purpose: Purpose, language: str, by: Actor) -> Consent:
    """Record that the company agreed to the text for `purpose` as shown in `language`."""
    return _enter(company, purpose, language, by, is_given=True)


def withdraw_consent(*, company: Company, purpose: Purpose, language: str, by: Actor) -> Consent:
    """Record the withdrawal. Lists, searches and running matchings leave the company out from the commit on."""
    return _enter(company, purpose, language, by, is_given=False)


@transaction.atomic
def _enter(company: Company, purpose: Purpose, language: str, by: Actor, *, is_given: bool) -> Consent:
    require(can_decide_for_company(by, company))
    if language not in LANGUAGE_CODES:
        reason = _("The text of this consent does not exist in that language.")
        raise BadInputError(reason, fields={"language": reason})
    consent = Consent.objects.create(
        company=company,
        purpose=purpose,
        is_given=is_given,
        text_hash=text_hash(purpose, language),
        language=language,
        at=timezone.now(),
        actor_id=by.id,
    )
    if purpose in SEEN_IN_PUBLIC:
        # Whoever keeps a copy of the published profiles asks for what changed.
        company.profiles.update(updated_at=consent.at)
    event = events.CONSENT_GIVEN if is_given else events.CONSENT_WITHDRAWN
    record(event, about=company, by=by, company_id=company.public_id, facts={"purpose": purpose})
    return consent
