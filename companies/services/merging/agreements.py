"""Consents of two entries that become one company: the stricter of two decisions counts."""

from django.db.models import QuerySet
from django.utils import timezone

from companies import events
from companies.choices import Purpose
from companies.models import Company, Consent
from companies.services.consents import withdraw_consent
from tibs.accounts.actor import system
from tibs.events.recording import record

MERGING = system("companies.merging")

Subject = tuple[str, str]


def latest_decisions(company: Company) -> dict[Subject, Consent]:
    """The newest entry of the ledger for each purpose and named broker."""
    entries: QuerySet[Consent] = company.consents.order_by("purpose", "recipient_id", "-id")
    return {
        (entry.purpose, entry.recipient_id): entry for entry in entries.distinct("purpose", "recipient_id")
    }


def withdrawn_in_one(kept: Company, absorbed: Company) -> list[Subject]:
    """What one of the two entries withdrew, while the other holds the consent."""
    mine, theirs = latest_decisions(kept), latest_decisions(absorbed)
    return sorted(
        subject
        for subject in mine.keys() & theirs.keys()
        if mine[subject].is_given != theirs[subject].is_given
    )


def withdraw_where_one_did(company: Company, subjects: list[Subject]) -> list[dict[str, int]]:
    """End the consents that the other entry withdrew; called when both ledgers are one.

    Returns pairs of keys: the withdrawal that was entered, and the consent that it ended.
    """
    ended = []
    for subject in subjects:
        latest = latest_decisions(company)[subject]
        if latest.is_given:
            purpose, recipient = subject
            entry = withdraw_consent(
                company=company,
                purpose=Purpose(purpose),
                language=latest.language,
                by=MERGING,
                recipient_id=recipient,
            )
            ended.append({"withdrawal": entry.pk, "consent": latest.pk})
    return ended


def let_hold_again(company: Company, ended: list[dict[str, int]]) -> None:
    """Enter once more what the company had agreed to before a merge ended it, with the words and day of then.

    Where the company has decided something since, that counts.
    """
    for pair in ended:
        entry = Consent.objects.filter(pk=pair["consent"], company=company).first()
        if entry and latest_decisions(company)[entry.purpose, entry.recipient_id].pk == pair["withdrawal"]:
            entry.pk = None
            entry.actor_id = MERGING.id
            entry.save(force_insert=True)
            company.profiles.update(updated_at=timezone.now())
            record(
                events.CONSENT_GIVEN,
                about=company,
                by=MERGING,
                company_id=company.public_id,
                facts={"purpose": entry.purpose},
            )
