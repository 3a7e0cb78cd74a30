"""Work that failed too often and waits for a person: letters, deliveries, renewals of matches, the newest run."""

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.db.models import F, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from matching.models import MatchRun, Renewal, RunStatus
from matching.models.renewal import MOST_ATTEMPTS
from tibs.core.counting import CappedCount
from tibs.events.models import Letter, Outbox

SHOWN = 50
# The words of an error may hold an address or a name, so only the kind of it is told.
NAMED = re.compile(r"^\w+$|^(\w+)\(|\b(\w+(?:Error|Exception))\b")


class Kind(StrEnum):
    LETTER = "letter"
    DELIVERY = "delivery"
    RENEWAL = "renewal"
    RUN = "run"


LABELS: dict[Kind, Promise] = {
    Kind.LETTER: _("Letters"),
    Kind.DELIVERY: _("Deliveries after a change"),
    Kind.RENEWAL: _("Renewals of matches"),
    Kind.RUN: _("Matching runs"),
}


@dataclass(frozen=True)
class Parked:
    """One row: what it was to do, by a code; since when it waits, how often it was tried, and the kind of the error."""

    kind: Kind
    pk: int
    what: str
    since: datetime | None
    attempts: int
    error: str


@dataclass(frozen=True)
class Group:
    """The rows of one kind, the oldest first, and how many there are."""

    kind: Kind
    label: Promise
    rows: list[Parked]
    count: CappedCount

    @property
    def has_more(self) -> bool:
        return self.count.value > SHOWN


def letters() -> QuerySet[Letter]:
    return Letter.objects.parked().order_by("pk")


def deliveries() -> QuerySet[Outbox]:
    return Outbox.objects.parked().order_by("pk")


def renewals() -> QuerySet[Renewal]:
    given_up = Renewal.objects.filter(served__lt=F("asked"), attempts__gte=MOST_ATTEMPTS)
    return given_up.order_by("asked_at", "pk")


def shown(kind: Kind) -> list[int]:
    """The keys of the rows of that kind that stand on the page; a run is repeated alone."""
    found: dict[Kind, QuerySet[Any]] = {
        Kind.LETTER: letters(),
        Kind.DELIVERY: deliveries(),
        Kind.RENEWAL: renewals(),
    }
    return list(found[kind].values_list("pk", flat=True)[:SHOWN]) if kind in found else []


def failed_run() -> MatchRun | None:
    """The newest run, if it failed; a later one makes up for an earlier one."""
    newest = MatchRun.objects.defer("profile_ids", "means", "weights").order_by("-pk").first()
    return newest if newest and newest.status == RunStatus.FAILED else None


def groups() -> list[Group]:
    """Everything parked, by kind. One query for each kind."""
    run = failed_run()
    found = {
        Kind.LETTER: [
            Parked(Kind.LETTER, row.pk, row.template, row.created_at, row.attempts, kind_of(row.error))
            for row in letters()[: SHOWN + 1]
        ],
        Kind.DELIVERY: [
            Parked(Kind.DELIVERY, row.pk, row.consumer, row.record.at, row.attempts, kind_of(row.error))
            for row in deliveries().select_related("record")[: SHOWN + 1]
        ],
        Kind.RENEWAL: [
            Parked(
                Kind.RENEWAL, row.pk, row.profile.public_id, row.asked_at, row.attempts, kind_of(row.error)
            )
            for row in renewals().select_related("profile")[: SHOWN + 1]
        ],
        Kind.RUN: [Parked(Kind.RUN, run.pk, run.public_id, run.finished_at, 1, kind_of(run.error))]
        if run
        else [],
    }
    return [
        Group(kind, LABELS[kind], rows[:SHOWN], CappedCount(len(rows), SHOWN + 1))
        for kind, rows in found.items()
    ]


def kind_of(error: str) -> str:
    """The name of an exception in what was noted of it, '' where there is none."""
    found = NAMED.search(error)
    return next((name for name in (*found.groups(), found.group()) if name), "") if found else ""
