"""A process that makes sure of the servers, says what it got as one line of JSON, and stays until stdin ends.

`--as USER` gives up root first, after everything is imported that the user could not read.
"""

import argparse
import encodings.idna  # noqa: F401  # imported late by the standard library
import json
import os
import pwd
import sys
import types

# The queue is not asked for here, and importing it would take most of the time of these tests.
sys.modules["tibs.celery"] = types.SimpleNamespace(app=None)

from tibs.embedded import ensure_servers, places  # noqa: E402


def become(name: str) -> None:
    entry = pwd.getpwnam(name)
    os.setgroups([])
    os.setgid(entry.pw_gid)
    os.setuid(entry.pw_uid)
    os.environ["HOME"] = "/"


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--as", dest="user")
    user = parser.parse_args().user
    if user:
        become(user)
    ensure_servers(throw_away=True)
    said = {
        "database": os.environ["DATABASE_URL"],
        "redis": os.environ["REDIS_URL"],
        "data": str(places.data_folder()),
        "programs": str(places.postgres_programs()),
    }
    print(json.dumps(said), flush=True)  # noqa: T201  # this is how it answers
    sys.stdin.read()


if __name__ == "__main__":
    main()
