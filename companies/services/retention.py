"""What is kept no longer than it is needed: every night, each rule takes what is due by its time."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from django.db.models import F, Q, QuerySet
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import override

from brokers.models import IdempotencyKey
from companies import events
from companies.choices import InterestStatus, RegistrationStatus, Stage
from companies.models import (
    Assessment,
    Company,
    Disclosure,
    ExpressionOfInterest,
    Registration,
    SavedSearch,
)
from companies.services.erasure import erase_company
from tibs.accounts.actor import system
from tibs.core.leases import MOST_ATTEMPTS
from tibs.core.links import absolute
from tibs.core.months import months_after
from tibs.core.sweeps import take_each
from tibs.events.models import InboxItem, Letter
from tibs.events.recording import record
from tibs.events.services.letters import write_letter
from tibs.figures import (
    DISCLOSURE_MONTHS,
    DORMANT_COMPANY_MONTHS,
    IDEMPOTENCY_LIFE,
    LETTER_LIFE,
    NOTICE_BEFORE_ERASURE,
    REFUSED_COMPANY_MONTHS,
    UNCONFIRMED_SEARCH_LIFE,
)

RETENTION = system("retention")
UNCONFIRMED = (RegistrationStatus.DRAFT, RegistrationStatus.WAITING, RegistrationStatus.HELD)
AT_REST = (Stage.DORMANT, Stage.WITHDRAWN)


@dataclass(frozen=True)
class Rule:
    """`due` finds what one rule takes at a moment, `take` takes one row of it, once, in its own transaction."""

    code: str
    label: str
    due: Callable[[datetime], QuerySet[Any]]
    take: Callable[[Any, datetime], None]


@dataclass(frozen=True)
class Taken:
    """What one rule takes, or took: the keys of the rows."""

    rule: Rule
    keys: tuple[int, ...]


def due_by_rule(now: datetime) -> list[Taken]:
    """The dry run: what a run at `now` would take, and nothing else."""
    return [Taken(rule, tuple(rule.due(now).order_by("pk").values_list("pk", flat=True))) for rule in RULES]


def take_what_is_due(now: datetime) -> list[Taken]:
    """Take everything that is due, one row at a time, each asked again under a lock; what was taken."""
    return [
        Taken(due.rule, tuple(take_each(due.keys, partial(_take, due.rule, now), sweep=due.rule.code)))
        for due in due_by_rule(now)
    ]


def _take(rule: Rule, now: datetime, key: int) -> bool:
    row = rule.due(now).filter(pk=key).select_for_update(of=["self"]).first()
    if row is None:  # somebody worked on it meanwhile
        return False
    rule.take(row, now)
    return True


def _unconfirmed(now: datetime) -> QuerySet[Registration]:
    return Registration.objects.filter(status__in=UNCONFIRMED, company=None, expires_at__lte=now)


def _unconfirmed_interest(now: datetime) -> QuerySet[ExpressionOfInterest]:
    return ExpressionOfInterest.objects.filter(status=InterestStatus.WAITING, expires_at__lte=now)


def _unconfirmed_searches(now: datetime) -> QuerySet[SavedSearch]:
    return SavedSearch.objects.filter(
        owner=None, confirmed_at=None, created_at__lte=now - UNCONFIRMED_SEARCH_LIFE
    )


def _networks(now: datetime) -> QuerySet[Registration]:
    return Registration.objects.filter(created_at__lte=now - LETTER_LIFE).exclude(network="")


def _refused(now: datetime) -> QuerySet[Company]:
    since = months_after(now, -REFUSED_COMPANY_MONTHS)
    return _present().filter(stage=Stage.NOT_ELIGIBLE, stage_changed_at__lte=since)


def _at_rest(now: datetime) -> QuerySet[Company]:
    since = months_after(now, -DORMANT_COMPANY_MONTHS)
    return _present().filter(stage__in=AT_REST, stage_changed_at__lte=since)


def _to_be_told(now: datetime) -> QuerySet[Company]:
    """At rest for long enough, and not told since it came to rest."""
    return _at_rest(now).filter(
        Q(retention_notice_at=None) | Q(retention_notice_at__lt=F("stage_changed_at"))
    )


def _told(now: datetime) -> QuerySet[Company]:
    told = now - NOTICE_BEFORE_ERASURE
    return _at_rest(now).filter(retention_notice_at__lte=told, retention_notice_at__gte=F("stage_changed_at"))


def _present() -> QuerySet[Company]:
    """Entries that stand for themselves: what was merged goes with what it was merged into."""
    return Company.objects.filter(erased_at=None, merged_into=None)


def _unfinished(now: datetime) -> QuerySet[Assessment]:
    return Assessment.objects.drafts().filter(expires_at__lte=now)


def _old_disclosures(now: datetime) -> QuerySet[Disclosure]:
    return Disclosure.objects.filter(at__lte=months_after(now, -DISCLOSURE_MONTHS))


def _old_letters(now: datetime) -> QuerySet[Letter]:
    """Sent or given up, and still holding an address or words; one that waits for its worker is left alone."""
    over = Q(done_at__isnull=False) | Q(attempts__gte=MOST_ATTEMPTS)
    return Letter.objects.filter(over, created_at__lte=now - LETTER_LIFE).exclude(to_address="", context={})


def _old_notices(now: datetime) -> QuerySet[InboxItem]:
    """Read or settled; what nobody has read stays three times as long, and what somebody waits for until it is done."""
    over = Q(read_at__isnull=False) | Q(done_at__isnull=False)
    old, very_old = now - LETTER_LIFE, now - 3 * LETTER_LIFE
    kept = InboxItem.objects.exclude(waits=True, done_at=None)
    return kept.filter(Q(over, created_at__lte=old) | Q(created_at__lte=very_old))


def _old_keys(now: datetime) -> QuerySet[IdempotencyKey]:
    return IdempotencyKey.objects.filter(created_at__lte=now - IDEMPOTENCY_LIFE)


def _delete(row: Any, _now: datetime) -> None:
    row.delete()


def _forget_network(row: Registration, _now: datetime) -> None:
    row.network = ""
    row.save(update_fields=["network"])


def _forget_letter(row: Letter, _now: datetime) -> None:
    row.to_address, row.context, row.error, row.unsubscribe = "", {}, "", ""
    row.save(update_fields=["to_address", "context", "error", "unsubscribe"])


def _erase(company: Company, now: datetime) -> None:
    erase_company(company=company, by=RETENTION, reason="retention", now=now)


def _tell(company: Company, now: datetime) -> None:
    """Write to everybody at the firm who can be written to; without anybody the time runs all the same."""
    Company.objects.filter(pk=company.pk).update(retention_notice_at=now)
    for contact in company.contacts.order_by("pk"):
        write_letter(
            template="retention_notice",
            to=contact.email,
            language=contact.language,
            context={
                "name": contact.name,
                "company": company.name,
                "host": company.host.name,
                "day": _in_words(now + NOTICE_BEFORE_ERASURE, contact.language),
                "link": absolute(reverse("own_messages", args=[company.public_id])),
            },
            company_id=company.public_id,
            key=f"retention_notice:{company.public_id}:{contact.pk}:{now:%Y%m%d}",
        )
    record(events.RETENTION_NOTICE_SENT, about=company, by=RETENTION, company_id=company.public_id)


def _in_words(day: datetime, language: str) -> str:
    with override(language):
        return date_format(localtime(day), "DATE_FORMAT")


# Rows of a firm come before the firm, so that a run takes exactly what a dry run names.
RULES = (
    Rule("registration", "Registrations that nobody confirmed: deleted", _unconfirmed, _delete),
    Rule(
        "interest", "Expressions of interest that nobody confirmed: deleted", _unconfirmed_interest, _delete
    ),
    Rule("search", "Saved searches that nobody confirmed: deleted", _unconfirmed_searches, _delete),
    Rule("assessment", "Assessments that nobody finished: deleted", _unfinished, _delete),
    Rule("network", "Networks that registrations came from: blanked", _networks, _forget_network),
    Rule("disclosure", "Readings of contact data: deleted", _old_disclosures, _delete),
    Rule("letter", "Letters: address and words blanked", _old_letters, _forget_letter),
    Rule("notice", "Notices: deleted", _old_notices, _delete),
    Rule("idempotency", "Answers kept for repeated requests: deleted", _old_keys, _delete),
    Rule("refused", "Companies that were refused: erased", _refused, _erase),
    Rule("told", "Companies at rest that were told: erased", _told, _erase),
    Rule("at_rest", "Companies at rest: told that they will be erased", _to_be_told, _tell),
)
