"""The web server: some processes (WEB_CONCURRENCY) with a few threads each, behind a proxy that speaks TLS."""

bind = "0.0.0.0:8000"
worker_class = "gthread"
# A typed request for partners travels in the address, where a letter with an accent takes six bytes.
limit_request_line = 8190
threads = 4
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
