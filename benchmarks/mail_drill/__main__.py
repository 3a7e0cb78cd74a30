"""Run the drill and write docs/results/notifications.md.

    OMP_NUM_THREADS=1 python -m benchmarks.mail_drill

It uses a database of its own, made and dropped here, on the servers of DATABASE_URL and REDIS_URL, or on throw-away
ones.
"""

import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.scratch import scratch_database

TARGET = Path(__file__).parent.parent.parent / "docs" / "results" / "notifications.md"
TOLD_AT = datetime(2026, 3, 3, 12, tzinfo=UTC)
WRITTEN_AT = datetime(2026, 3, 9, 12, tzinfo=UTC)
PEOPLE, NOTICES_EACH = 1_000, 10
ON_ONE_PAGE = 10_000

REPORT = """# Notices and letters under fire

Made by `python -m benchmarks.mail_drill` on {day}: real processes, killed by SIGKILL, and a mail server on the
loopback address that counts what it took. Letters are told apart by their Message-ID, which a second copy shares.

| what | letters | kills | never arrived | copies too many |
| --- | --- | --- | --- | --- |
| killed after the commit, before the nudge | {committed} |
| the same without the sweep (control) | {unswept} |
| killed between the mail server's yes and the mark | {handed} |
| killed at any moment while sending | {any} |
| two processes send the same letters | {two} |
| the same without the claim (control) | {unclaimed} |

**A crash costs at most one duplicate**: {worst} of the {kills} kills at the worst moment sent a letter twice, both
copies with one Message-ID; kills at any moment did so {any.extra} times in {any.kills}.

**Mail server away and back**: {away.owed} letters to some addresses were tried again in vain, then the server came
back. {away.missing} were lost, {away.out_of_order} came out of the order of their address, and the server took
{away.most_in_window} within any ten seconds at most (the pace is {pace} in ten seconds, counted from the first).
It took {away.seconds:.0f} s.

**Addresses that do not exist**: of {gone.owed} letters {gone.parked} were refused for good. Each was parked and its
account flagged ({gone.flagged}) after the first refusal (the server was asked {gone.asked} times); the other
{gone.arrived} arrived.

**Speed** on two busy cores: digests of {notices:,} notices for {people:,} people were written in {digest_seconds:.1f} s
({digests} letters), and a second look, which finds nothing to do, took {second_queries} queries and
{second_seconds:.2f} s. The inbox of one person with {page_items:,} notices answers in {page_milliseconds:.0f} ms with
{page_queries} queries, as many as with one notice ({page_queries_few}).
"""


def main() -> None:
    """All scenarios, each on empty tables."""
    with tempfile.TemporaryDirectory(prefix="tibs-drill-") as folder, scratch_database(Path(folder)):
        from benchmarks.mail_drill import scenarios, speed

        def tried(name: str, scenario: Callable[..., Any], *numbers: int, **how: bool) -> Any:
            empty()
            place = Path(folder) / name
            place.mkdir()
            with scenarios_office(place) as office:
                found = scenario(office, *numbers, **how)
            print(f"{name}: {found}", flush=True)  # noqa: T201  # a command
            return found

        found = {
            "committed": tried("committed", scenarios.killed_after_commit, 50),
            "unswept": tried("unswept", scenarios.killed_after_commit, 50, with_sweep=False),
            "handed": tried("handed", scenarios.killed_after_hand_over, 20),
            "any": tried("any", scenarios.killed_at_any_moment, 200, 30),
            "two": tried("two", scenarios.sent_by_two, 30, with_claim=True),
            "unclaimed": tried("unclaimed", scenarios.sent_by_two, 30, with_claim=False),
            "away": tried("away", scenarios.server_away, 20, 9),
            "gone": tried("gone", scenarios.addresses_gone, 60, 3),
        }
        empty()
        found |= speed.digests(PEOPLE, NOTICES_EACH, TOLD_AT, WRITTEN_AT)
        empty()
        found |= speed.inbox(ON_ONE_PAGE)
    from tibs.figures import LETTERS_SENT

    found |= {"worst": found["handed"].extra, "kills": found["handed"].kills, "pace": LETTERS_SENT}
    TARGET.write_text(REPORT.format(day=time.strftime("%Y-%m-%d"), **found), encoding="utf-8")


def empty() -> None:
    """Forget everything that the last scenario made."""
    from django.core.cache import cache

    from tibs.accounts.models import User
    from tibs.events.models import Letter

    User.objects.all().delete()
    Letter.objects.all().delete()
    cache.clear()


def scenarios_office(place: Path) -> Any:
    from benchmarks.mail_drill.post_office import post_office

    return post_office(place)


if __name__ == "__main__":
    main()
