"""Asks the web server of this machine whether it lives: `python -m tibs.core.probe`, for container health checks."""

import os
import sys
from urllib.error import URLError
from urllib.request import Request, urlopen


def lives(address: str = "http://127.0.0.1:8000", *, within: float = 4) -> bool:
    """Whether `/health/live` answers 200 in time, asked under a host name that the settings allow."""
    host = os.environ.get("ALLOWED_HOSTS", "localhost").split(",")[0].strip().lstrip(".")
    try:
        with urlopen(Request(f"{address}/health/live", headers={"Host": host}), timeout=within) as answer:  # noqa: S310  # our own address
            return bool(answer.status == 200)
    except (URLError, OSError):
        return False


if __name__ == "__main__":
    sys.exit(not lives())
