"""A firm says that the words of an agreement are not what it agreed to."""

from datetime import datetime
from functools import partial

from django.db import transaction
from django.utils import timezone

from companies.models import Company
from companies.policies import can_decide_for_company, require
from matching import events, sides
from matching.models import Agreement
from matching.notices import cooperations as notices
from matching.services import cooperations
from matching.services.agreements import address_of, held_agreement, refuse_other_words, send_back
from matching.services.telling import record_for_both, tell
from tibs.accounts.actor import Actor


@transaction.atomic
def disagree(
    *,
    agreement: Agreement,
    company: Company,
    note: str,
    shown_hash: str,
    by: Actor,
    now: datetime | None = None,
) -> Agreement:
    """A firm, or its broker for it, finds that the words that it was shown are not what was agreed, and says why.

    They go back to the brokers: that of the firm corrects them, and both firms are asked anew. A yes that the firm has
    given, or that was written down for it, holds no more. Everybody else of the two sides is told.
    """
    now = now or timezone.now()
    agreement = held_agreement(agreement)
    cooperation = agreement.cooperation
    require(company in sides.companies_of(cooperation) and can_decide_for_company(by, company))
    refuse_other_words(agreement, shown_hash)
    here = cooperation.introduction.side_of(company)
    send_back(agreement, note, sides.broker_of(cooperation, here), now, company=company)
    agreement.statements.filter(company=company, text_hash=shown_hash).delete()
    record_for_both(events.AGREEMENT_DISPUTED, cooperation, by, facts={"company": company.public_id})
    _tell(agreement, company, by)
    return agreement


def _tell(agreement: Agreement, company: Company, by: Actor) -> None:
    """The two brokers are to correct it; the people of both firms read what comes next."""
    cooperation = agreement.cooperation
    brokers = cooperations.brokers_of(cooperation)
    say = partial(
        tell, cooperation=cooperation, by=by, url=address_of(agreement), values={"firm": company.name}
    )
    say(notices.DISPUTED, key=f"returned:{agreement.version}", to=brokers)
    for side, people in sides.people_of_both(cooperation).items():
        firm = [person for person in people if person not in brokers]
        say(notices.DISPUTED_FOR_FIRM, key=f"disputed:{agreement.version}", to=firm, side=side)
