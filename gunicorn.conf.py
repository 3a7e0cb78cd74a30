"""The web server: some processes (WEB_CONCURRENCY) with a few threads each, behind a proxy that speaks TLS."""

from typing import Any

bind = "0.0.0.0:8000"
worker_class = "gthread"
# A typed request for partners travels in the address, where a letter with an accent takes six bytes.
limit_request_line = 8190
threads = 4
# Views, templates and languages are read once, before the processes are made: none of them, and none that follows one
# that ended, lets its first visitor wait, and they share the memory.
preload_app = True
# A page answers within two seconds; whatever takes longer belongs to a worker.
timeout = 30
# Less than the 40 seconds that the container gets for stopping: running requests end, none is cut.
graceful_timeout = 30
# Longer than the proxy keeps its connections, so that it never writes to one that was just closed.
keepalive = 75
# Memory that libraries do not give back goes with the process; the jitter keeps two from ending together.
max_requests = 5000
max_requests_jitter = 500
# The heartbeat file of a worker belongs into memory: a slow disk must not look like a dead worker.
worker_tmp_dir = "/dev/shm"  # noqa: S108  # memory, made for the container
control_socket_disable = True


def on_starting(server: Any) -> None:
    """Before anybody can connect."""
    from tibs.core.warming import load_pages

    load_pages()


def post_fork(server: Any, worker: Any) -> None:
    """The encoder is loaded in the process that uses it."""
    from matching.services.vectors import load_encoder

    load_encoder()
