"""A page of wiring for these tests: what happens elsewhere when something happened here."""

from celery import shared_task
from django.core.cache import cache

from tibs.events.vocabulary import Event

TOLD = Event("tests.told", "Something happened that a task is told about.")
REFUSED = Event("tests.refused", "Something happened that a task refuses.")
RULED = Event("tests.ruled", "Something happened that a rule knows.")
SILENT = Event("tests.silent", "Something happened that nobody waits for.")


@shared_task(queue="matching", time_limit=20)
def tell(*, pk, **_):
    cache.add(f"told:{pk}", 0, None)
    cache.incr(f"told:{pk}")


@shared_task(queue="events", time_limit=20)
def refuse(*, pk, **_):
    raise RuntimeError("not today")


RULES = {}
NUDGES = {TOLD: [tell], REFUSED: [refuse]}
PERIODIC = []
ZONES = {}
NAMES = {}


def ZONES_AT_WORK(users):
    return {user: ZONES[user] for user in users if user in ZONES}


def ZONES_AT_FIRMS(users):
    return {}


def COMPANY_NAMES(public_ids, reader):
    return {name: NAMES[name] for name in public_ids if name in NAMES}


def times_told(pk):
    return cache.get(f"told:{pk}", 0)
