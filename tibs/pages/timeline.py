"""Everything that happened to a company, as one list: events, contacts, letters and messages."""

import base64
import binascii
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from heapq import nlargest
from itertools import groupby
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import CharField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Cast
from django.utils.dateparse import parse_datetime
from django.utils.formats import localize
from django.utils.timezone import localdate
from django.utils.translation import gettext, ngettext

from companies import events
from companies.models import Company, Interaction, Message
from companies.policies import can_read_company_file
from matching.services.meetings import LOG
from tibs.accounts.actor import Actor, Kind
from tibs.accounts.models import User
from tibs.core.leases import MOST_ATTEMPTS
from tibs.events.models import AuditRecord, Letter
from tibs.events.vocabulary import Audience, Event
from tibs.pages.telling import detail_of, people_of

ON_A_PAGE = 20
# What stands in the list as itself, with more to say than its event.
SHOWN_AS_THEMSELVES = frozenset({events.INTERACTION_LOGGED.code, events.MESSAGE_SENT.code})


@dataclass(frozen=True)
class Entry:
    """One thing that happened, or several times over: when, what, more about it, who did it, and where it can be
    corrected."""

    at: datetime
    sentence: str
    detail: str
    who: str
    kind: str = "event"
    text: str = ""
    entry_id: int | None = None


@dataclass(frozen=True, order=True)
class Key:
    """The place of an entry: its moment, its source, and its row there."""

    at: datetime
    source: int
    pk: int

    def written(self) -> str:
        plain = f"{self.at.isoformat()} {self.source} {self.pk}"
        return base64.urlsafe_b64encode(plain.encode()).decode().rstrip("=")


@dataclass(frozen=True)
class Timeline:
    """A page of it, the newest first; `older` is the cursor of the page after it, '' at the end."""

    entries: list[Entry]
    older: str


@dataclass(frozen=True)
class Source:
    """Rows of one kind, and the field that says when each happened."""

    rows: QuerySet[Any]
    moment: str


def key_of(cursor: str) -> Key | None:
    """The key that a cursor holds; None for what is none, so that a broken link shows the newest page."""
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        moment, source, pk = base64.b64decode(padded, altchars=b"-_", validate=True).decode().split(" ")
        at = parse_datetime(moment)
        key = Key(at, int(source), int(pk)) if at and at.tzinfo else None
    except (ValueError, binascii.Error):
        return None
    return key if key and 0 <= key.pk < 2**63 else None


def timeline_of(company: Company, reader: Actor, cursor: str = "", size: int = ON_A_PAGE) -> Timeline:
    """What the reader may know of what happened, the newest first, from `cursor` on.

    Contacts, letters and messages are for the organisation that hosts the company. One query for each source, one
    for merged entries unless they are annotated, and one for the people, however long the list.
    """
    after = key_of(cursor)
    found = [
        (Key(getattr(row, source.moment), number, row.pk), row)
        for number, source in enumerate(_sources(company, reader))
        for row in _rows(source, number, after, size)
    ]
    shown = nlargest(size + 1, found, key=lambda pair: pair[0])
    more, shown = len(shown) > size, shown[:size]
    people = people_of(row for _key, row in shown if isinstance(row, AuditRecord))
    is_inside = can_read_company_file(reader, company)
    entries = [
        _told(list(rows), people, is_inside=is_inside)
        for _same, rows in groupby((row for _key, row in shown), _sameness)
    ]
    return Timeline(entries, shown[-1][0].written() if more else "")


def _sources(company: Company, reader: Actor) -> Iterable[Source]:
    is_inside = can_read_company_file(reader, company)
    left_out = SHOWN_AS_THEMSELVES if is_inside else frozenset()
    known = [
        event.code
        for event in Event.known.values()
        if (event.audience == Audience.OWNERS or reader.sees_whole_network) and event.code not in left_out
    ]
    # What happened to entries that were merged into the company happened to the company.
    entries = [company.public_id, *_absorbed_by(company)]
    records = AuditRecord.objects.filter(company_id__in=entries, event__in=known)
    yield Source(records.select_related("detail"), "at")
    if is_inside:
        yield Source(_contacts(company), "at")
        yield Source(Letter.objects.filter(company_id__in=entries, cancelled_at=None), "created_at")
        yield Source(Message.objects.filter(company=company).select_related("author"), "sent_at")


def absorbed() -> ArraySubquery:
    """The public ids of entries that were merged into each company: an annotation named `absorbed`, so that they cost
    the timeline no query of their own."""
    merged = Company.objects.filter(merged_into=OuterRef("pk")).order_by("pk")
    return ArraySubquery(merged.values("public_id"))


def _absorbed_by(company: Company) -> Iterable[str]:
    known: list[str] | None = getattr(company, "absorbed", None)
    return company.merged.order_by("pk").values_list("public_id", flat=True) if known is None else known


def _contacts(company: Company) -> QuerySet[Interaction]:
    """With `noted_in`: who or what wrote the entry, by the audit trail."""
    entry = Cast(OuterRef("pk"), CharField())
    noted = AuditRecord.objects.filter(subject_id=entry, event=events.INTERACTION_LOGGED.code)
    rows = Interaction.objects.filter(company=company).select_related("made_by")
    return rows.annotate(noted_in=Subquery(noted.values("actor_id")[:1]))


def _rows(source: Source, number: int, after: Key | None, size: int) -> list[Any]:
    rows, moment = source.rows, source.moment
    if after:
        before = Q(**{f"{moment}__lt": after.at})
        if number == after.source:
            before |= Q(**{moment: after.at, "pk__lt": after.pk})
        elif number < after.source:
            before |= Q(**{moment: after.at})
        rows = rows.filter(before)
    return list(rows.order_by(f"-{moment}", "-pk")[: size + 1])


def _sameness(row: Any) -> tuple[object, ...]:
    """Equal for neighbours that say the same of the same thing on one day: they are told once."""
    if isinstance(row, AuditRecord) and not row.fields and not row.detail_hash:
        return row.event, row.subject_id, row.actor_id, str(row.facts), localdate(row.at)
    if isinstance(row, Letter) and not row.subject:  # which it has once it is sent
        return Letter, _said_of(row), localdate(row.created_at)
    return type(row), row.pk


def _told(rows: list[Any], people: dict[str, User], *, is_inside: bool) -> Entry:
    """The newest of rows that say the same, and how many they are."""
    row, number = rows[0], len(rows)
    tell: dict[type, Callable[[Any], Entry]] = {
        AuditRecord: lambda record: _event(record, people, is_inside=is_inside),
        Interaction: _interaction,
        Letter: _letter,
        Message: _message,
    }
    entry = tell[type(row)](row)
    if number == 1:
        return entry
    times = ngettext("%(number)s time", "%(number)s times", number) % {"number": number}
    return replace(entry, detail=" · ".join(filter(None, [entry.detail, times])))


def _event(record: AuditRecord, people: dict[str, User], *, is_inside: bool) -> Entry:
    return Entry(
        at=record.at,
        sentence=str(Event.known[record.event].sentence),
        detail=detail_of(record, people, is_inside=is_inside),
        who=_who(record, people),
    )


def _who(record: AuditRecord, people: dict[str, User]) -> str:
    if record.actor_kind == Kind.PERSON:
        person = people.get(record.actor_id)
        return person.name if person else gettext("A person who left")
    return "TIBS"


def _interaction(entry: Interaction) -> Entry:
    hours = gettext("%(hours)s h") % {"hours": localize(entry.hours.normalize())}
    parts = [str(entry.get_support_display()), hours, entry.people]
    return Entry(
        at=entry.at,
        sentence=str(entry.get_channel_display()),
        detail=" · ".join(filter(None, parts)),
        who=gettext("The other side") if _is_of_other_side(entry) else _name(entry.made_by),
        kind="contact",
        text=entry.content,
        entry_id=entry.pk,
    )


def _is_of_other_side(entry: Interaction) -> bool:
    """Whether it is the note of a meeting that the broker of the partner wrote down, whose file this is not."""
    return entry.made_by is None and getattr(entry, "noted_in", "") == LOG.id


def _letter(letter: Letter) -> Entry:
    return Entry(
        at=letter.created_at, sentence=_said_of(letter), detail=letter.subject, who="TIBS", kind="letter"
    )


def _said_of(letter: Letter) -> str:
    if letter.done_at:
        return gettext("A letter was sent.")
    if letter.error and letter.attempts >= MOST_ATTEMPTS:
        return gettext("A letter could not be sent.")
    return gettext("A letter is on its way.")


def _message(message: Message) -> Entry:
    told = gettext("The company wrote.") if message.from_company else gettext("We wrote to the company.")
    return Entry(
        at=message.sent_at,
        sentence=told,
        detail="",
        who=_name(message.author),
        kind="message",
        text=message.body,
    )


def _name(person: User | None) -> str:
    return person.name if person else gettext("A person who left")
