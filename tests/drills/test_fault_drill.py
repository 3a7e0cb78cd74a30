"""What is killed in mid-work loses nothing and doubles nothing: the fault drill, each fault once or twice."""

import json

import pytest

from tibs.drills.ledger import Entry
from tibs.drills.playing import SHORT, in_own_process

TIMES = {
    "none": 0,
    "child": SHORT.children,
    "worker": SHORT.workers,
    "valkey": SHORT.valkey,
    "postgres": SHORT.postgres,
}
CONTROLS = {
    "none, without leases": "doubled",
    "worker, without sweep": "lost",
    "valkey, without sweep": "lost",
    "postgres, without sweep": "lost",
    "postgres, without durability": "lost",
}


@pytest.mark.long
def test_each_fault_loses_and_doubles_nothing_and_each_control_shows_what_a_protection_prevents():
    """One drill on servers of its own, hence one test."""
    said = []

    exit_code = in_own_process(["--short", "--json"], SHORT, say=said.append)

    ledger = {entry["fault"]: entry for entry in json.loads(said[0])}
    for fault, times in TIMES.items():
        entry = ledger[fault]
        assert (entry["times"], entry["lost"], entry["doubled"], entry["faults"]) == (times, 0, 0, []), entry
        assert entry["finished"] == entry["enqueued"] > 0, entry
        assert entry["effects"] == ledger["none"]["effects"] > 0, entry
    for control, shown in CONTROLS.items():
        assert ledger[control][shown] > 0, ledger[control]
    assert exit_code == 0


def entry_with(**found):
    plain = dict.fromkeys(
        ("times", "enqueued", "started", "finished", "effects", "lost", "doubled", "seconds"), 0
    )
    return Entry(**{"fault": "worker"} | plain | found)


@pytest.mark.parametrize("column", ["lost", "doubled"])
def test_an_entry_that_lost_or_doubled_something_does_not_hold(column):
    assert entry_with().is_right
    assert not entry_with(**{column: 1}).is_right


@pytest.mark.parametrize("column", ["lost", "doubled"])
def test_a_control_is_right_only_when_it_shows_what_it_is_for(column):
    other = {"lost": "doubled", "doubled": "lost"}[column]

    assert entry_with(must_show=column, **{column: 1}).is_right
    assert not entry_with(must_show=column, **{other: 1}).is_right
