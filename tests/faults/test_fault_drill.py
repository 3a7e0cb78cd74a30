"""The short fault drill, for real: its own servers, its own workers, and a ledger that must add up."""

import json
import os
import subprocess
import sys

import pytest

from tests.architecture.sources import ROOT

FAULTS = ["none", "child", "worker", "valkey", "postgres"]
CONTROLS = ["none, without leases", "postgres, without durability", "worker, without sweep"]


@pytest.fixture(scope="module")
def ledger():
    """What one short drill counted, by fault; it ends only what it started itself."""
    done = subprocess.run(
        [sys.executable, "manage.py", "fault_drill", "--short", "--json"],
        cwd=ROOT,
        env=os.environ,
        capture_output=True,
        text=True,
        timeout=900,
    )
    lines = [line for line in done.stdout.splitlines() if line.startswith("[")]
    assert lines, done.stdout + done.stderr
    return {entry["fault"]: entry for entry in json.loads(lines[0])}


@pytest.mark.parametrize("fault", FAULTS)
def test_nothing_is_lost_and_nothing_doubled(ledger, fault):
    entry = ledger[fault]

    assert (entry["lost"], entry["doubled"], entry["faults"]) == (0, 0, [])
    assert entry["finished"] == entry["enqueued"] > 0


@pytest.mark.parametrize("fault", FAULTS[1:])
def test_the_results_are_those_of_an_undisturbed_run(ledger, fault):
    assert ledger[fault]["effects"] == ledger["none"]["effects"] > 0


def test_killed_parts_are_started_once_more(ledger):
    assert ledger["worker"]["started"] > ledger["worker"]["enqueued"]


@pytest.mark.parametrize("fault", ["valkey", "postgres"])
def test_people_stay_signed_in_and_read_pages_or_an_honest_503(ledger, fault):
    notes = ledger[fault]["notes"]

    assert (notes["other failures"], notes["taken for strangers"]) == (0, 0)
    assert notes["last 503 after the return (s)"] <= 10
    assert notes["said to be kept"] > 0


@pytest.mark.parametrize("control", CONTROLS)
def test_without_its_protection_the_ledger_shows_the_loss(ledger, control):
    entry = ledger[control]

    assert entry["lost"] or entry["doubled"]
