"""The Celery application with parts that take a second, and a merge that holds its results before it commits.

Long enough to be killed in the middle of each.
"""

import time

import tibs.wsgi  # noqa: F401  # sets Django up
from matching.services import parts, results
from tibs.celery import app

SECONDS = {"part": 1.0, "uncommitted": 4.0}


def slow(do):
    def wrapped(part):
        store = do(part)
        time.sleep(SECONDS["part"])
        return store

    return wrapped


def held(write):
    def wrapped(*args):
        write(*args)
        time.sleep(SECONDS["uncommitted"])

    return wrapped


parts.DO = {kind: slow(do) for kind, do in parts.DO.items()}
results.write = held(results.write)
__all__ = ["app"]
