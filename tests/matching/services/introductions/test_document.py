"""docs/introductions.md says what the code does."""

import re
from pathlib import Path

from matching.handshake import ENDED, OWNERS, State
from matching.services.introductions.clocks import CLOCKS
from tibs.figures import LONGEST_HOLD_DAYS

PAGE = (Path(__file__).parents[4] / "docs" / "introductions.md").read_text()
ROW = re.compile(r"^\| (`.+`) \| .+ \| (.+) \| (.+) \| (.+) \|$", re.MULTILINE)


def rows():
    return {
        state: (owner, days, side)
        for states, owner, days, side in ROW.findall(PAGE)
        for state in re.findall(r"`(\w+)`", states)
    }


def test_the_table_names_every_state():
    assert rows().keys() == {state.value for state in State}


def test_clocks_and_owners_are_those_of_the_code():
    for state, clock in CLOCKS.items():
        assert rows()[state] == (OWNERS[state].value, str(clock.days), clock.side.value)
    for state in ENDED:
        assert rows()[state] == (OWNERS[state].value, "-", "-")


def test_the_longest_pause_is_that_of_the_figures():
    assert f"at most {LONGEST_HOLD_DAYS} days" in PAGE
