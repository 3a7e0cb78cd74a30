"""What an event is. Each app names its own events once, in its `events.py`."""

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from django.utils.functional import Promise


class Audience(StrEnum):
    """Who may read the sentence of an event in a timeline."""

    OWNERS = "owners"  # the organisation that hosts the company, and the company
    STAFF = "staff"


@dataclass(frozen=True, eq=False)  # an event is itself; its words differ from language to language
class Event:
    """Something that happened, under one code for audit, timeline, mail and webhook.

    `code` never changes once records hold it. `sentence` may use `%(subject)s`.
    """

    code: str
    sentence: str | Promise
    audience: Audience = Audience.OWNERS
    known: ClassVar[dict[str, "Event"]] = {}

    def __post_init__(self) -> None:
        if Event.known.setdefault(self.code, self) is not self:
            raise ValueError(f"Two events are named {self.code}.")
