"""Runs a management command, with embedded servers where none are set (never in production)."""

import os
import sys

NO = frozenset({"", "0", "f", "false", "n", "no", "off"})


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tibs.settings")
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

    from tibs.core.catalogues import compile_catalogues
    from tibs.embedded import ensure_servers

    compile_catalogues()
    if os.environ.get("TIBS_PRODUCTION", "").lower() in NO:
        ensure_servers()

    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
