"""What people can be told. Each app names its notices once, in its `notices.py`."""

from dataclasses import dataclass
from typing import ClassVar

from django.utils.functional import Promise

from tibs.events.models.inbox import NoticeKind


@dataclass(frozen=True, eq=False)  # a notice is itself; its words differ from language to language
class Notice:
    """One sentence for an inbox, such as "%(sender)s proposes a partner for %(company)s.".

    `code` never changes once items hold it. With `waits`, somebody waits for the reader, who is mailed at once
    unless they chose otherwise; with `is_urgent`, nobody waits, and yet the news would be too late in a digest. That
    letter says the sentence; one that says more is named by `letter`: the words of `mail/<letter>_subject.txt` and
    `_message.txt`, filled by the values of the notice, with `name` and `link`.
    """

    code: str
    sentence: str | Promise
    kind: NoticeKind
    waits: bool = False
    letter: str = "notice"
    is_urgent: bool = False
    known: ClassVar[dict[str, "Notice"]] = {}

    def __post_init__(self) -> None:
        if Notice.known.setdefault(self.code, self) is not self:
            raise ValueError(f"Two notices are named {self.code}.")

    @property
    def is_mailed_at_once(self) -> bool:
        return self.waits or self.is_urgent
