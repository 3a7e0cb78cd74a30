"""Settings by environment, loaded by a process of its own each time."""

import importlib.metadata
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
PRODUCTION = {
    "TIBS_PRODUCTION": "1",
    "SECRET_KEY": "k" * 30 + "0123456789abcdefghijklmnopqrstuvwxyz",
    "ALLOWED_HOSTS": "tibs.example.org",
    "DATABASE_URL": "postgresql://tibs:secret@database/tibs",
    "REDIS_URL": "redis://queue:6379",
    "MAIL_URL": "submission://user:secret@mail.example.org",
    "TIBS_PUBLIC_URL": "https://tibs.example.org",
}
SHOW = """
import json
from django.conf import settings
names = {names}
print(json.dumps({{name: getattr(settings, name) for name in names}}, default=str))
"""


def run(*arguments, **environment):
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=kept | {"DJANGO_SETTINGS_MODULE": "tibs.settings", "PYTHONWARNINGS": "error"} | environment,
        capture_output=True,
        text=True,
        timeout=60,
    )


def settings_of(*names, **environment):
    done = run("-c", SHOW.format(names=names), **environment)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_every_missing_variable_of_production_is_named_in_one_error():
    done = run("manage.py", "check", TIBS_PRODUCTION="1")

    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    for name in PRODUCTION.keys() - {"TIBS_PRODUCTION"}:
        assert done.stderr.count(f"  {name}: ") == 1


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("TIBS_PRODUCTION", "perhaps", "boolean"),
        ("SECRET_KEY", "short", "minimum length 50"),
        ("ALLOWED_HOSTS", "", "minimum length 1"),
        ("DATABASE_URL", "mysql://tibs@database/tibs", "postgresql:"),
        ("DATABASE_URL", "nonsense", "postgresql:"),
        ("REDIS_URL", "http://queue", "redis:"),
        ("QUEUE_URL", "kafka://queue", "amqp:"),
        ("MAIL_URL", "pigeon://post", "smtp:"),
        ("TIBS_PUBLIC_URL", "http://tibs.example.org", "URL"),
        ("LOG_LEVEL", "LOUD", "WARNING"),
    ],
)
def test_bad_variable_is_named_with_what_it_should_be(name, value, words):
    done = run("manage.py", "check", **PRODUCTION | {name: value})

    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    [line] = [line for line in done.stderr.splitlines() if line.startswith(f"  {name}: ")]
    assert words in line


def test_production_passes_the_deployment_checks():
    a_real_database = {"DATABASE_URL": os.environ["DATABASE_URL"]}

    done = run("manage.py", "check", "--deploy", "--fail-level", "WARNING", **PRODUCTION | a_real_database)

    assert done.returncode == 0, done.stderr


def test_production_is_strict():
    names = [
        "DEBUG",
        "SESSION_COOKIE_SECURE",
        "CSRF_COOKIE_SECURE",
        "SESSION_COOKIE_NAME",
        "SESSION_COOKIE_AGE",
    ]

    found = settings_of(*names, **PRODUCTION, TIBS_DEBUG="1", TIBS_DEMO="1")

    assert found == {
        "DEBUG": False,
        "SESSION_COOKIE_SECURE": True,
        "CSRF_COOKIE_SECURE": True,
        "SESSION_COOKIE_NAME": "__Host-tibs_session",
        "SESSION_COOKIE_AGE": 12 * 60 * 60,
    }


def test_cache_and_queue_are_separate_databases():
    found = settings_of("CACHES", "CELERY_BROKER_URL", **PRODUCTION)

    assert found["CACHES"]["default"]["LOCATION"] == "redis://queue:6379/2"
    assert found["CELERY_BROKER_URL"] == "redis://queue:6379/0"


def test_queue_can_be_another_server():
    found = settings_of("CELERY_BROKER_URL", **PRODUCTION, QUEUE_URL="redis://other:6379/4")

    assert found["CELERY_BROKER_URL"] == "redis://other:6379/4"


def test_production_never_starts_servers_of_its_own(tmp_path):
    without = {name: value for name, value in PRODUCTION.items() if name != "DATABASE_URL"}

    done = run("manage.py", "check", TIBS_VAR=str(tmp_path), **without)

    assert "DATABASE_URL" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_every_variable_is_described():
    described = (ROOT / "docs" / "settings.md").read_text()
    used = set(re.findall(r'env\.\w+\(\s*"(\w+)"', (ROOT / "tibs" / "settings.py").read_text()))

    assert used
    assert {name for name in used if f"`{name}`" not in described} == set()


def test_psycopg_3_is_absent():
    with pytest.raises(importlib.metadata.PackageNotFoundError):
        importlib.metadata.version("psycopg")
