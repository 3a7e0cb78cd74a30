"""PostgreSQL and Valkey on one machine, as own child processes on Unix sockets.

The default of development, demonstration and tests: the same engines as production with nothing to
install. Where DATABASE_URL or REDIS_URL is set, that server is used and none is started.
"""

from tibs.embedded.manager import ensure_servers

__all__ = ["ensure_servers"]
