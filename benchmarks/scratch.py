"""A database of its own for a benchmark, on the servers of DATABASE_URL and REDIS_URL or on throw-away ones."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def scratch_database(folder: Path) -> Iterator[None]:
    """Django on an empty database, which is dropped at the end. Processes started meanwhile use the same one."""
    if not {"DATABASE_URL", "REDIS_URL"} <= os.environ.keys():
        from tibs.embedded import ensure_servers

        os.environ["TIBS_VAR"] = str(folder)
        ensure_servers(throw_away=True)
    os.environ["DJANGO_SETTINGS_MODULE"] = "tibs.settings"
    import django
    from django.db import connection

    django.setup()
    name = connection.settings_dict["NAME"]
    connection.settings_dict["TEST"]["NAME"] = f"{name}_drill"
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    before = os.environ["DATABASE_URL"]
    os.environ["DATABASE_URL"] = f"{before.rsplit('/', 1)[0]}/{name}_drill"
    try:
        yield
    finally:
        os.environ["DATABASE_URL"] = before
        connection.creation.destroy_test_db(name, verbosity=0)
