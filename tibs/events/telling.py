"""Notices in the words of their reader."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.translation import gettext

from tibs.accounts.actor import Actor
from tibs.core.links import absolute
from tibs.events.models import InboxItem
from tibs.events.notices import Notice
from tibs.events.readers import company_names

# "… of Stolarnia Sp. z o.o.." ends in the stop of a name and that of the sentence.
TWO_STOPS = re.compile(r"(?<!\.)\.\.(?!\.)")


@dataclass(frozen=True)
class Told:
    """One notice as a page or a letter shows it; `link` is the whole address, for letters."""

    public_id: str
    sentence: str
    url: str
    link: str
    at: datetime
    is_new: bool
    waits: bool
    company: str


@dataclass(frozen=True)
class Group:
    """Notices about one company; without a name they are about none, or about one that the reader does not see."""

    company: str
    items: list[Told]


def sentence_of(item: InboxItem) -> str:
    """The sentence of a notice in the active language; a general one if the notice is not known any more."""
    notice = Notice.known.get(item.notice)
    try:
        if notice:
            return TWO_STOPS.sub(".", str(notice.sentence) % in_words(item.values))
    except (KeyError, TypeError, ValueError):  # words of an older release, or a faulty translation
        pass
    return gettext("Something new in TIBS.")


def told(items: Iterable[InboxItem], reader: Actor) -> list[Told]:
    """In the same order; one query for the names of the companies."""
    items = list(items)
    names = company_names({item.company_id for item in items}, reader)
    return [
        Told(
            public_id=item.public_id,
            sentence=sentence_of(item),
            url=item.url,
            link=absolute(item.url),
            at=item.created_at,
            is_new=item.read_at is None and item.done_at is None,
            waits=item.waits and item.done_at is None,
            company=names.get(item.company_id, ""),
        )
        for item in items
    ]


def grouped(notices: Iterable[Told]) -> list[Group]:
    """By company, in the order of the first notice of each; those about no company come last."""
    groups: dict[str, list[Told]] = {}
    for notice in notices:
        groups.setdefault(notice.company, []).append(notice)
    nameless = groups.pop("", [])
    found = [Group(company, items) for company, items in groups.items()]
    return [*found, Group("", nameless)] if nameless else found


def in_words(values: dict[str, Any]) -> dict[str, Any]:
    """Days, which are named `day` or `…_date` and stored in ISO form, as the reader writes them."""
    return {name: _day(value) if _is_day(name) else value for name, value in values.items()}


def _is_day(name: str) -> bool:
    return name == "day" or name.endswith("_date")


def _day(value: object) -> object:
    day = parse_date(value) if isinstance(value, str) else None
    return date_format(day) if day else value
