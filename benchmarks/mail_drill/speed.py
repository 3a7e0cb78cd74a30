"""How long digests of many notices and a long inbox take."""

import time
from datetime import datetime

from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext

from benchmarks.mail_drill.scenarios import ASKED, person, unheard
from tibs.accounts.models import User
from tibs.events.models import InboxItem
from tibs.events.services.digests import write_digests

FEW = 1


def digests(people: int, notices_each: int, told_at: datetime, written_at: datetime) -> dict[str, float]:
    """Digests for that many people, all due at once, and a second run that finds nothing."""
    readers = User.objects.bulk_create(
        User(email=f"reader{number}@example.org", name=f"Reader {number}") for number in range(people)
    )
    InboxItem.objects.bulk_create(
        InboxItem(
            user=reader,
            key=f"drill:{number}",
            notice=ASKED.code,
            kind=ASKED.kind,
            values={"number": number},
            url="/",
            created_at=told_at,
        )
        for reader in readers
        for number in range(notices_each)
    )
    with unheard():
        began = time.perf_counter()
        written = write_digests(now=written_at)
        lasted = time.perf_counter() - began
        with CaptureQueriesContext(connection) as captured:
            began = time.perf_counter()
            write_digests(now=written_at)
    return {
        "people": people,
        "notices": people * notices_each,
        "digests": written,
        "digest_seconds": lasted,
        "second_queries": len(captured),
        "second_seconds": time.perf_counter() - began,
    }


def inbox(number: int) -> dict[str, float]:
    """The newest page of an inbox, with one notice and with that many."""
    reader, client = person("long"), Client()
    client.force_login(reader)
    queries_few, _ = _visit(client, reader, range(FEW))
    queries, seconds = _visit(client, reader, range(FEW, number))
    return {
        "page_items": number,
        "page_queries": queries,
        "page_queries_few": queries_few,
        "page_milliseconds": 1000 * seconds,
    }


def _visit(client: Client, reader: User, numbers: range) -> tuple[int, float]:
    InboxItem.objects.bulk_create(
        InboxItem(
            user=reader, key=f"d:{one}", notice=ASKED.code, kind=ASKED.kind, values={"number": one}, url="/"
        )
        for one in numbers
    )
    plain = {"default": {"BACKEND": "django.core.files.storage.FileSystemStorage"}} | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    with override_settings(STORAGES=plain, ALLOWED_HOSTS=["testserver"]):
        client.get("/inbox/")
        with CaptureQueriesContext(connection) as captured:
            began = time.perf_counter()
            client.get("/inbox/")
    return len(captured), time.perf_counter() - began
