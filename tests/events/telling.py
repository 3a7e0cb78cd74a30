"""Notices that only tests have, and short ways to tell them."""

from itertools import count

from tibs.events.models import NoticeKind
from tibs.events.notices import Notice
from tibs.events.services.inbox import notify

NEWS = Notice("tests.news", "%(company)s has news.", NoticeKind.MATCHES)
ASKED = Notice("tests.asked", "%(sender)s asks you until %(due_date)s.", NoticeKind.PROFILES, waits=True)
FROM = Notice("tests.from", "News from %(company)s.", NoticeKind.MATCHES)
_numbers = count(1)


def tell(person, notice=NEWS, **values):
    given = {"to": person, "url": "/work/", "key": f"test:{next(_numbers)}"}
    facts = {"company": "Kymen Saha", "sender": "Johanna", "due_date": "2026-03-05"}
    return notify(notice, **given | {"values": facts} | values)
