"""How people want to hear of notices by mail."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from tibs.events.models import MailWhen, NoticeKind, Preference

DEFAULT = MailWhen.AT_ONCE


@dataclass(frozen=True)
class Choice:
    """What somebody chose for one kind, and since when; nobody chose the default."""

    mail: MailWhen = DEFAULT
    since: datetime | None = None

    @property
    def is_at_once(self) -> bool:
        """Whether what waits for the person is mailed at once."""
        return self.mail in {MailWhen.AT_ONCE, MailWhen.WAITS}

    def rhythm(self, *, is_daily: bool) -> MailWhen | None:
        """DAILY, WEEKLY, or None for no digest; `is_daily` is the person's habit, which the default follows."""
        if self.mail in {MailWhen.DAILY, MailWhen.WEEKLY}:
            return self.mail
        if self.mail == MailWhen.AT_ONCE:
            return MailWhen.DAILY if is_daily else MailWhen.WEEKLY
        return None


type Choices = Mapping[NoticeKind, Choice]


def choices_of(users: Iterable[int]) -> dict[int, Choices]:
    """The choices of each person for every kind, by primary key; one query."""
    users = list(users)
    chosen: dict[int, dict[str, Choice]] = defaultdict(dict)
    for row in Preference.objects.filter(user__in=users):
        chosen[row.user_id][row.kind] = Choice(MailWhen(row.mail), row.updated_at)
    return {user: {kind: chosen[user].get(kind, Choice()) for kind in NoticeKind} for user in users}
